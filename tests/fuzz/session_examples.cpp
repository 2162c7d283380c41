#include "tests/fuzz/session_examples.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fuzz/session_mutator.h"

namespace fuzz {

using corpus::Exchange;
using corpus::Session;

Session made_by(const char* name, const std::function<bool(const Session&)>& wanted) {
  std::vector<SeedSession> seeds;
  seeds.push_back(two_calls());
  SessionMutator mutator(std::move(seeds));
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto made = mutator.apply(name, 0, seed);
    if (made && wanted(made->session)) return std::move(made->session);
  }
  ADD_FAILURE() << name << " never makes what the test looks for";
  return {};
}

std::size_t place(const Session& session, std::int64_t number) {
  const auto order = delivery_order(session);
  return static_cast<std::size_t>(std::ranges::find(order, number) - order.begin());
}

std::vector<std::int64_t> after(const Session& session, std::int64_t number) {
  return exchange_of(session, number).after.value_or(std::vector<std::int64_t>{-1});
}

corpus::Manner manner(const Exchange& exchange) {
  const auto read = corpus::manner_of(exchange.request.extra);
  EXPECT_TRUE(read.has_value());
  return read.value_or(corpus::Manner{});
}

std::size_t count_of(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
  return count;
}

const std::string& header(const Exchange& exchange, const char* name) {
  static const std::string none = "(none)";
  const auto found = std::ranges::find(exchange.request.headers, name, &corpus::Header::name);
  return found == exchange.request.headers.end() ? none : found->value;
}

const Session& original() {
  static const Session session = two_calls().session;
  return session;
}

}  // namespace fuzz
