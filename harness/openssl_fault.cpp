#include "harness/openssl_fault.h"

#include <fmt/format.h>
#include <openssl/err.h>

#include <utility>

namespace harness {

corpus::Fault openssl_fault(std::string where, std::string_view what) {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return {corpus::Error::invalid, std::move(where),
          fmt::format("{}{}{}", what, reason ? ": " : "", reason ? reason : "")};
}

}  // namespace harness
