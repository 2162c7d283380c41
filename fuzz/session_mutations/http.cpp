// How deliveries are put into HTTP.
#include <algorithm>

#include "corpus/manner.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

using corpus::Manner;
using corpus::Sending;

bool pick_delivery(SessionBench& bench, std::size_t& at, std::size_t least_body) {
  std::vector<std::size_t> places;
  for (const std::size_t place : bench.draft.notifications()) {
    if (bench.exchange(place).request.body.size() >= least_body) places.push_back(place);
  }
  if (places.empty()) return false;
  at = bench.pick(places);
  return true;
}

template <typename Change>
void change_manner(corpus::Request& request, Change change) {
  Manner manner = corpus::manner_of(request.extra).value_or(Manner{});
  change(manner);
  corpus::set_manner(request.extra, manner);
}

Sending& sending_of(Manner& manner) {
  return manner.sending ? *manner.sending : manner.sending.emplace();
}

// What a bot may refuse: what follows does not wait for what it would have done.
bool done(SessionBench& bench, std::size_t at, const std::string& how, bool refusable) {
  bench.what = bench.name(at) + " " + how;
  if (refusable) bench.draft.loosen(at);
  return true;
}

// Up to sixteen cuts anywhere, or a byte at a time at the begin.
std::vector<std::int64_t> some_pieces(Random& random, std::size_t size) {
  std::vector<std::int64_t> pieces;
  const bool bytes = random.one_in(4);
  const std::size_t cuts = 1 + random.below(16);
  for (std::size_t at = 0; at + 1 < size && pieces.size() < cuts;) {
    const std::size_t piece = bytes ? 1 : 1 + random.below(size - at - 1);
    pieces.push_back(static_cast<std::int64_t>(piece));
    at += piece;
  }
  return pieces;
}

bool chunks(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 2)) return false;
  corpus::Request& request = bench.exchange(at).request;
  change_manner(request,
                [&](Manner& manner) { sending_of(manner).pieces = some_pieces(bench.random, request.body.size()); });
  return done(bench, at, "comes in chunks", false);
}

bool pauses(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 2) || bench.longest_stall <= 0) return false;
  corpus::Request& request = bench.exchange(at).request;
  change_manner(request, [&](Manner& manner) {
    Sending& sending = sending_of(manner);
    sending.pieces = some_pieces(bench.random, request.body.size());
    const auto pauses = static_cast<corpus::Micros>(sending.pieces.size());
    sending.pause = std::min<corpus::Micros>(bench.longest_stall / pauses, 1000 * (1 + bench.random.below(5)));
  });
  return done(bench, at, "comes in chunks with pauses", false);
}

bool wrong_content_type(SessionBench& bench) {
  static constexpr std::string_view kTypes[] = {"text/plain",
                                                "application/xml",
                                                "application/json; charset=utf-16",
                                                "application/x-www-form-urlencoded",
                                                "multipart/form-data; boundary=x",
                                                "application/octet-stream",
                                                "application",
                                                ""};
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 0)) return false;
  const std::string type(bench.random.pick(kTypes));
  set_field(bench.exchange(at).request.headers, "Content-Type", type);
  return done(bench, at, "has the Content-Type \"" + type + "\"", true);
}

bool no_content_type(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 0)) return false;
  if (!remove_field(bench.exchange(at).request.headers, "Content-Type")) return false;
  return done(bench, at, "has no Content-Type", true);
}

bool byte_order_mark(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 1)) return false;
  corpus::Request& request = bench.exchange(at).request;
  set_body(request, "\xEF\xBB\xBF" + request.body);
  return done(bench, at, "begins with a byte order mark", true);
}

bool gzip(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 1)) return false;
  corpus::Request& request = bench.exchange(at).request;
  if (find_field(request.headers, "Content-Encoding") != nullptr) return false;
  change_manner(request, [](Manner& manner) { sending_of(manner).gzip = true; });
  return done(bench, at, "comes under gzip", true);
}

bool empty_body(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 1)) return false;
  set_body(bench.exchange(at).request, "");
  return done(bench, at, "has an empty body", true);
}

// JSON with a member more, which is long: servers have limits, and Graph's payloads none that is documented.
bool large_body(SessionBench& bench) {
  static constexpr std::size_t kSizes[] = {70'000, 300'000, 1'100'000};
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 2)) return false;
  corpus::Request& request = bench.exchange(at).request;
  const std::size_t brace = request.body.find_last_of('}');
  if (brace == std::string::npos) return false;
  const std::size_t size = bench.random.pick(kSizes);
  std::string body = request.body;
  body.insert(brace, R"(,"rollcallPadding":")" + std::string(size, 'x') + "\"");
  set_body(request, std::move(body));
  return done(bench, at, "has " + std::to_string(size) + " bytes more in its body", true);
}

// Names of fields have no case (RFC 9110, 5.1); lower is what HTTP/2 front ends hand on.
bool header_case(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 0)) return false;
  const std::uint32_t style = bench.random.below(3);
  for (corpus::Header& header : bench.exchange(at).request.headers) {
    for (char& c : header.name) {
      const bool small = c >= 'a' && c <= 'z';
      const bool capital = c >= 'A' && c <= 'Z';
      const bool want_small = style == 0 || (style == 2 && bench.random.one_in(2));
      if (small && !want_small) c = static_cast<char>(c - 32);
      if (capital && want_small) c = static_cast<char>(c + 32);
    }
  }
  static constexpr std::string_view kStyles[] = {"lower", "upper", "mixed"};
  return done(bench, at, "has the names of its fields in " + std::string(kStyles[style]) + " case", false);
}

bool two_tokens(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_delivery(bench, at, 0)) return false;
  change_manner(bench.exchange(at).request, [](Manner& manner) { manner.token = corpus::TokenFlaw::two; });
  return done(bench, at, "has two tokens", true);
}

constexpr SessionMutationRow kHttpRows[] = {
    {{"chunks", SessionGroup::http, 4, true, false, "a body comes in chunks"}, chunks},
    {{"pauses", SessionGroup::http, 2, true, false, "a body comes in chunks with pauses of some milliseconds"}, pauses},
    {{"wrong_content_type", SessionGroup::http, 3, false, false, "the Content-Type is not that of JSON"},
     wrong_content_type},
    {{"no_content_type", SessionGroup::http, 2, false, false, "there is no Content-Type"}, no_content_type},
    {{"byte_order_mark", SessionGroup::http, 2, false, false, "a body begins with a byte order mark"}, byte_order_mark},
    {{"gzip", SessionGroup::http, 2, false, false, "a body comes under gzip"}, gzip},
    {{"empty_body", SessionGroup::http, 3, false, false, "a body is empty"}, empty_body},
    {{"large_body", SessionGroup::http, 1, false, false, "a body is up to a megabyte longer"}, large_body},
    {{"header_case", SessionGroup::http, 3, true, false, "names of header fields in another case"}, header_case},
    {{"two_tokens", SessionGroup::http, 2, false, false, "two Authorization fields, one good and one broken"},
     two_tokens},
};

}  // namespace

std::span<const SessionMutationRow> http_mutations() {
  return kHttpRows;
}

}  // namespace fuzz
