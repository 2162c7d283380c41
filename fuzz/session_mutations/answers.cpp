// What Graph answers the bot.
#include <algorithm>

#include "corpus/manner.h"
#include "fuzz/names.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

using corpus::Micros;

// A request of the bot that was answered; one time in two an invite, if there is one, and else what is not polling.
bool pick_answer(SessionBench& bench, std::size_t& at) {
  std::vector<std::size_t> all;
  std::vector<std::size_t> invites;
  for (std::size_t place = 0; place < bench.draft.size(); ++place) {
    const DraftItem& item = bench.draft[place];
    if (item.role != SessionRole::request || item.exchange.response() == nullptr) continue;
    all.push_back(place);
    if (item.exchange.request.target.find("invite") != std::string::npos) invites.push_back(place);
  }
  if (all.empty()) return false;
  at = bench.pick(!invites.empty() && bench.random.one_in(2) ? invites : all);
  return true;
}

corpus::Response& answer_of(SessionBench& bench, std::size_t at) {
  return std::get<corpus::Response>(bench.exchange(at).outcome);
}

// What the request brought about then comes all the same, or does not come, or nothing more is told about the call, one
// time in three each: what a bot does by itself shows best where nothing else could have led to it. Then nothing more
// is expected of the bot about that call either, or a replay would wait for it. What follows does not wait for requests
// that the bot may not send.
void spoil(SessionBench& bench, std::size_t at) {
  SessionDraft& draft = bench.draft;
  const std::int64_t number = draft[at].exchange.number;
  draft.loosen(at);
  const std::uint32_t how = bench.random.below(3);
  if (how == 0) bench.what += "; what it brought about is told all the same";
  if (how == 1) bench.what += "; nothing more is told about the call";
  for (std::size_t later = draft.size(); how != 0 && later-- > at + 1;) {
    const bool told = std::ranges::any_of(
        draft[later].causes, [&](const DraftCause& cause) { return cause.by_id && cause.number == number; });
    const bool of_call = how == 1 && draft.share_call(at, later);
    const bool silenced = of_call && draft[later].role != SessionRole::polling;  // people too: a wish is news
    if ((told && draft[later].notification) || silenced) draft.remove(later);
  }
}

// Graph's shape of an error.
void fail_with(SessionBench& bench, std::size_t at, int status, std::string_view code) {
  bench.what = bench.name(at) + " is answered with " + std::to_string(status);
  corpus::Response& response = answer_of(bench, at);
  const std::string id = bench.fresh_guid();
  response.status = status;
  remove_field(response.headers, "Location");
  set_field(response.headers, "Content-Type", "application/json");
  set_field(response.headers, "Content-Length", "0");
  set_body(response, R"({"error":{"code":")" + std::string(code) +
                         R"(","message":"The request was refused.","innerError":{"request-id":")" + id + "\"}}}");
  spoil(bench, at);
}

struct Failing {
  int status;
  std::string_view code;
};

bool answer_4xx(SessionBench& bench) {
  static constexpr Failing kFailures[] = {{400, "BadRequest"},        {401, "InvalidAuthenticationToken"},
                                          {403, "Forbidden"},         {404, "NotFound"},
                                          {409, "Conflict"},          {410, "Gone"},
                                          {412, "PreconditionFailed"}};
  std::size_t at = 0;
  if (!pick_answer(bench, at)) return false;
  const Failing& failing = bench.random.pick(kFailures);
  fail_with(bench, at, failing.status, failing.code);
  return true;
}

bool answer_5xx(SessionBench& bench) {
  static constexpr Failing kFailures[] = {
      {500, "InternalServerError"}, {502, "BadGateway"}, {503, "ServiceUnavailable"}, {504, "GatewayTimeout"}};
  std::size_t at = 0;
  if (!pick_answer(bench, at)) return false;
  const Failing& failing = bench.random.pick(kFailures);
  fail_with(bench, at, failing.status, failing.code);
  return true;
}

bool answer_429(SessionBench& bench) {
  static constexpr std::string_view kAfter[] = {"0", "1", "5", "30", "86400", "-1", "soon"};
  std::size_t at = 0;
  if (!pick_answer(bench, at)) return false;
  const std::string after(bench.random.pick(kAfter));
  fail_with(bench, at, 429, "TooManyRequests");
  set_field(answer_of(bench, at).headers, "Retry-After", after);
  bench.what += ", Retry-After: " + after;
  return true;
}

// All that comes behind the answer comes behind it still.
bool answer_slow(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_answer(bench, at)) return false;
  const Micros by = 500'000 * (1 + bench.random.below(20));
  bench.what = bench.name(at) + " is answered " + std::to_string(by) + " us later";
  const Micros ended = bench.exchange(at).ended;
  bench.draft.shift(ended, by);
  return true;
}

bool answer_broken(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_answer(bench, at) || answer_of(bench, at).body.size() < 2) return false;
  corpus::Response& response = answer_of(bench, at);
  corpus::Manner manner = corpus::manner_of(response.extra).value_or(corpus::Manner{});
  const std::size_t size = response.body.size();
  bench.what = bench.name(at) + " is answered with ";
  switch (bench.random.below(3)) {
    case 0:
      set_body(response, response.body.substr(0, 1 + bench.random.below(size - 1)));
      bench.what += "JSON that breaks off";
      break;
    case 1:
      (manner.sending ? *manner.sending : manner.sending.emplace()).length = static_cast<std::int64_t>(size * 2);
      bench.what += "a body that is shorter than its length says";
      break;
    default:
      (manner.sending ? *manner.sending : manner.sending.emplace()).length = static_cast<std::int64_t>(size / 2);
      bench.what += "a body that is longer than its length says";
  }
  corpus::set_manner(response.extra, manner);
  spoil(bench, at);
  return true;
}

// The operation is over before anybody was told that it runs.
bool answer_completed(SessionBench& bench) {
  std::vector<std::pair<std::size_t, Node>> found;
  for (std::size_t at = 0; at < bench.draft.size(); ++at) {
    const corpus::Response* const response = bench.draft[at].exchange.response();
    if (bench.draft[at].role != SessionRole::request || response == nullptr || response->body.empty()) continue;
    JsonIndex& index = bench.index;
    index.scan(response->body);
    if (!index.well_formed() || index[1].kind != Kind::object) continue;
    const std::uint32_t status = index.member(1, names::kStatus);
    if (status == 0 || index[status].kind != Kind::string) continue;
    const std::string_view word = index.value(index[status]);
    if (word.find("unning") != word.npos || word.find("otStarted") != word.npos) found.emplace_back(at, index[status]);
  }
  if (found.empty()) return false;
  const auto& [at, status] = bench.random.pick(found);
  corpus::Response& response = answer_of(bench, at);
  std::string body = response.body;
  body.replace(status.begin, status.end - status.begin, "\"completed\"");
  bench.what = bench.name(at) + " is answered as completed at once";
  set_body(response, std::move(body));
  spoil(bench, at);
  return true;
}

bool answer_reset(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_answer(bench, at)) return false;
  corpus::Response& response = answer_of(bench, at);
  const bool within = response.body.size() > 1 && bench.random.one_in(2);
  corpus::Manner manner = corpus::manner_of(response.extra).value_or(corpus::Manner{});
  (manner.sending ? *manner.sending : manner.sending.emplace()).breaks =
      within ? corpus::Breaking::within : corpus::Breaking::before;
  corpus::set_manner(response.extra, manner);
  bench.what = bench.name(at) + (within ? " has its connection reset within the answer" : " has its connection reset");
  spoil(bench, at);
  return true;
}

constexpr SessionMutationRow kAnswersRows[] = {
    {{"answer_4xx", SessionGroup::answers, 5, false, false, "Graph refuses a request"}, answer_4xx},
    {{"answer_5xx", SessionGroup::answers, 5, false, false, "Graph fails at a request"}, answer_5xx},
    {{"answer_429", SessionGroup::answers, 3, false, false, "Graph asks to be left alone for a while"}, answer_429},
    {{"answer_slow", SessionGroup::answers, 3, true, false, "Graph answers up to 10 s later"}, answer_slow},
    {{"answer_broken", SessionGroup::answers, 4, false, false, "Graph's answer is cut, too short or too long"},
     answer_broken},
    {{"answer_completed", SessionGroup::answers, 4, false, false, "an operation is answered as completed at once"},
     answer_completed},
    {{"answer_reset", SessionGroup::answers, 4, false, false, "the connection breaks instead of an answer"},
     answer_reset},
};

}  // namespace

std::span<const SessionMutationRow> answer_mutations() {
  return kAnswersRows;
}

}  // namespace fuzz
