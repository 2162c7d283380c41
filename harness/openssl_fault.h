// What OpenSSL says went wrong.
#pragma once

#include <string>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// A fault with `what` and the reason of OpenSSL's latest error, if there is one; its other errors are forgotten.
corpus::Fault openssl_fault(std::string where, std::string_view what);

}  // namespace harness
