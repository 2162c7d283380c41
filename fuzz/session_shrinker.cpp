#include "fuzz/session_shrinker.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <utility>

#include "corpus/line_writer.h"
#include "fuzz/session_reductions.h"

namespace fuzz {
namespace {

corpus::Session finished(SessionDraft draft) {
  return draft.finish();
}

// FNV-1a: the same everywhere, and spread enough for some hundred candidates.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  return hash;
}

}  // namespace

std::uint64_t content_hash(const corpus::Session& session) {
  corpus::LineWriter writer;
  std::string lines;
  for (const corpus::Exchange& exchange : session.exchanges) {
    writer.request(lines, exchange);
    if (exchange.ended_at_all()) writer.outcome(lines, exchange);
  }
  return hash_of(lines);
}

std::string to_text(const ShrinkVerdicts& verdicts) {
  std::string text;
  for (const auto& [hash, shows] : verdicts) text += std::to_string(hash) + (shows ? " yes\n" : " no\n");
  return text;
}

corpus::Result<ShrinkVerdicts> parse_verdicts(std::string_view text) {
  ShrinkVerdicts verdicts;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view words = text.substr(0, end);
    std::uint64_t hash = 0;
    const auto [rest, error] = std::from_chars(words.data(), words.data() + words.size(), hash);
    const std::string_view word(rest, static_cast<std::size_t>(words.data() + words.size() - rest));
    if (error != std::errc() || end == text.npos || (word != " yes" && word != " no")) {
      return std::unexpected(corpus::Fault{corpus::Error::damaged, std::to_string(line),
                                           "not a verdict: expected a number, and yes or no"});
    }
    verdicts[hash] = word == " yes";
    text.remove_prefix(end + 1);
  }
  return verdicts;
}

SessionShrinker::SessionShrinker(corpus::Session session, const SessionCauses& causes, std::size_t budget,
                                 ShrinkVerdicts verdicts)
    : best_draft_(session, causes),
      best_(std::move(session)),
      draft_(best_draft_),
      verdicts_(std::move(verdicts)),
      budget_(budget),
      halving_(reductions().size(), kWholeExchanges) {}

std::string_view SessionShrinker::stage() const {
  return reductions()[halving_.reduction()].name;
}

// False: taking these units out changes nothing.
bool SessionShrinker::make_candidate(const Halving::Step& step) {
  draft_ = best_draft_;
  if (!reductions()[step.reduction].take_out(draft_, index_, step.begin, step.end)) return false;
  candidate_ = finished(draft_);
  hash_ = content_hash(candidate_);
  return true;
}

void SessionShrinker::adopt() {
  best_draft_ = std::move(draft_);
  best_ = std::move(candidate_);
  draft_ = best_draft_;
  halving_.adopted();
}

const corpus::Session* SessionShrinker::next() {
  assert(!waiting_);
  const auto count = [this](std::size_t reduction) { return reductions()[reduction].count(best_draft_, index_); };
  while (runs_ < budget_) {
    const auto step = halving_.next(count);
    if (!step) return nullptr;
    if (!make_candidate(*step)) continue;
    const auto known = verdicts_.find(hash_);
    if (known == verdicts_.end()) {
      ++runs_;
      waiting_ = true;
      return &candidate_;
    }
    if (known->second) adopt();
  }
  return nullptr;
}

void SessionShrinker::verdict(bool shows) {
  assert(waiting_);
  waiting_ = false;
  verdicts_[hash_] = shows;
  if (shows) adopt();
}

corpus::Session shrink(corpus::Session session, const SessionCauses& causes,
                       const std::function<bool(const corpus::Session&)>& shows, std::size_t budget) {
  SessionShrinker shrinker(std::move(session), causes, budget);
  while (const corpus::Session* const candidate = shrinker.next()) shrinker.verdict(shows(*candidate));
  return shrinker.best();
}

}  // namespace fuzz
