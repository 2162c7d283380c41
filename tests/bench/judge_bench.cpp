// How long it takes to judge a session of many calls, and to hold it against Graph's promises.
//
//     judge_bench SESSION [MESSAGES [CALLS]]
//
// The session is a recorded call over and over, each time with ids of its own; CALLS of them overlap at any time. The
// live session is the same again under other ids, as a replay gives them. Best of three, in processor time, which
// neighbours on the machine disturb less than the clock on the wall; and beside reading the same session from a file,
// which they disturb as much.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>
#include <unordered_set>

#include "corpus/ids.h"
#include "corpus/mentions.h"
#include "corpus/promises.h"
#include "corpus/session_file.h"
#include "replay/verdict.h"

namespace {

using corpus::Exchange;
using corpus::Session;

/// The ids of people, applications and tenants: they are the same in every call.
std::unordered_set<std::string> fixed_ids(const Session& session) {
  std::unordered_set<std::string> fixed;
  corpus::MentionFinder finder;
  for (const Exchange& exchange : session.exchanges) {
    for (const corpus::Mention& mention : finder.in(exchange.request).all) {
      if (mention.kind == corpus::MentionKind::who) fixed.insert(mention.id);
    }
  }
  return fixed;
}

/// The text with every GUID but the fixed ones replaced by one that depends on it and on `salt`.
std::string renamed(const std::string& text, std::size_t salt, const std::unordered_set<std::string>& fixed) {
  std::string result;
  std::size_t done = 0;
  for (const corpus::Span& span : corpus::find_guids(text)) {
    const std::string id = corpus::canonical_id(span.of(text));
    if (fixed.contains(id)) continue;
    const std::size_t hash = std::hash<std::string>{}(id + std::to_string(salt));
    result.append(text, done, span.begin - done);
    result += corpus::spelled_like(fmt::format("{:016x}{:016x}", hash, hash * 0x9E3779B97F4A7C15), span.of(text));
    done = span.begin + span.length;
  }
  return result.append(text, done);
}

void rename(corpus::Headers& headers, std::size_t salt, const std::unordered_set<std::string>& fixed) {
  for (corpus::Header& header : headers) header.value = renamed(header.value, salt, fixed);
}

void rename(Exchange& exchange, std::size_t salt, const std::unordered_set<std::string>& fixed) {
  exchange.request.target = renamed(exchange.request.target, salt, fixed);
  exchange.request.body = renamed(exchange.request.body, salt, fixed);
  rename(exchange.request.headers, salt, fixed);
  if (auto* response = std::get_if<corpus::Response>(&exchange.outcome)) {
    response->body = renamed(response->body, salt, fixed);
    rename(response->headers, salt, fixed);
  }
}

/// The call so often that there are so many messages, `overlap` calls at any time.
Session many_calls(const Session& call, std::size_t messages, std::size_t overlap) {
  const auto fixed = fixed_ids(call);
  const corpus::Micros apart = std::max<corpus::Micros>(1, call.exchanges.back().ended / static_cast<long>(overlap));
  std::vector<Exchange> all;
  for (std::size_t salt = 0; all.size() * 2 < messages; ++salt) {
    for (const Exchange& exchange : call.exchanges) {
      Exchange& copy = all.emplace_back(exchange);
      rename(copy, salt, fixed);
      copy.sent += apart * static_cast<corpus::Micros>(salt);
      copy.ended += apart * static_cast<corpus::Micros>(salt);
    }
  }
  std::ranges::stable_sort(all, {}, &Exchange::sent);
  Session session;
  for (Exchange& exchange : all) {
    exchange.number = static_cast<std::int64_t>(session.exchanges.size()) + 1;
    exchange.request_line = session.exchanges.size() * 2 + 2;
    exchange.outcome_line = exchange.request_line + 1;
    session.exchanges.push_back(std::move(exchange));
  }
  return session;
}

/// Seconds of this process's processor time.
template <typename Task>
double best_of_three(Task task) {
  double best = 1e9;
  for (int run = 0; run < 3; ++run) {
    const std::clock_t start = std::clock();
    task();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

/// The time that reading the session back takes; 0 if it cannot be written.
double reading(const Session& session) {
  const std::string path =
      (std::filesystem::temp_directory_path() / fmt::format("judge_bench.{}.session.jsonl", std::random_device{}()))
          .string();
  auto writer = corpus::SessionWriter::create(path, session.info);
  if (!writer) return 0;
  for (const Exchange& exchange : session.exchanges) {
    writer->request(exchange);
    writer->outcome(exchange);
  }
  double took = 0;
  if (writer->finish(session.exchanges.back().ended)) {
    took = best_of_three([&] { (void)corpus::read_session(path); });
  }
  std::error_code ec;
  std::filesystem::remove(path, ec);
  return took;
}

}  // namespace

int main(int argc, char** argv) {
  const auto call =
      argc < 2 ? corpus::Result<Session>(std::unexpected(corpus::Fault{})) : corpus::read_session(argv[1]);
  if (!call || call->exchanges.empty()) {
    fmt::print(stderr, "usage: judge_bench SESSION [MESSAGES [CALLS]]\n");
    return 2;
  }
  const auto messages = static_cast<std::size_t>(argc > 2 ? std::atol(argv[2]) : 100'000);
  const auto overlap = static_cast<std::size_t>(argc > 3 ? std::max(1L, std::atol(argv[3])) : 10);
  const Session recorded = many_calls(*call, messages, overlap);
  Session live = recorded;
  const auto fixed = fixed_ids(*call);
  for (Exchange& exchange : live.exchanges) rename(exchange, messages, fixed);

  replay::Verdict verdict;
  replay::JudgeOptions options;
  options.deadline_factor = 3;  // as the command has it
  const double judged = best_of_three([&] { verdict = replay::judge(recorded, live, options); });
  std::size_t breaches = 0;
  const double checked = best_of_three([&] { breaches = corpus::broken_rules(recorded).size(); });
  fmt::print("{} messages, {} calls at a time\n", recorded.exchanges.size() * 2, overlap);
  fmt::print("judged in {:.3f} s: {} findings, {} of {} requests\n", judged, verdict.findings.size(),
             verdict.requests_met, verdict.requests);
  if (const double read = reading(live); read > 0) {
    fmt::print("read in {:.3f} s: judging takes {:.1f} times as long\n", read, judged / read);
  }
  fmt::print("held against Graph's promises in {:.3f} s: {} breaches\n", checked, breaches);
  return verdict.findings.empty() && breaches == 0 ? 0 : 1;
}
