// An example of a session mutation: what it makes of the sample of two calls.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/manner.h"
#include "tests/fuzz/session_samples.h"

namespace fuzz {

/// What the mutation makes of two_calls(): the first result, of some seeds, that `wanted` takes. Fails the test if
/// there is none.
corpus::Session made_by(
    const char* name,
    const std::function<bool(const corpus::Session&)>& wanted = [](const corpus::Session&) { return true; });

/// two_calls(), as it was.
const corpus::Session& original();

/// The position of a delivery among those of the session; their count if it is not there.
std::size_t place(const corpus::Session& session, std::int64_t number);

/// The explicit causes of an exchange; -1 alone if it has none.
std::vector<std::int64_t> after(const corpus::Session& session, std::int64_t number);

/// How a request is to be sent; fails the test if that cannot be read.
corpus::Manner manner(const corpus::Exchange& exchange);

/// How often the word stands in the text.
std::size_t count_of(const std::string& text, std::string_view word);

/// The first field of exactly that name in a request; "(none)" if there is none.
const std::string& header(const corpus::Exchange& exchange, const char* name);

}  // namespace fuzz
