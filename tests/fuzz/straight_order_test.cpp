#include "fuzz/straight_order.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "corpus/manner.h"
#include "corpus/session_file.h"
#include "fuzz/descent.h"
#include "fuzz/session_draft.h"
#include "tests/fuzz/session_examples.h"

namespace {

using corpus::Exchange;
using corpus::Session;
using fuzz::Descent;
using fuzz::SessionGroup;
using fuzz::straight_order;

// What is said to whom.
using Said = std::tuple<corpus::Leg, std::string, std::string>;

std::vector<Said> all_said(const Session& session) {
  std::vector<Said> said;
  for (const Exchange& exchange : session.exchanges) {
    said.emplace_back(exchange.leg, exchange.request.target, exchange.request.body);
  }
  return said;
}

TEST(StraightOrder, PutsEverythingOneBehindTheOther) {
  const Session straight = straight_order(fuzz::original());
  std::set<std::int64_t> numbers;
  std::size_t line = 1;
  corpus::Micros last = 0;
  for (const Exchange& exchange : straight.exchanges) {
    EXPECT_TRUE(numbers.insert(exchange.number).second);
    EXPECT_GT(exchange.sent, last);
    EXPECT_FALSE(exchange.after.has_value());
    EXPECT_EQ(exchange.request_line, ++line);
    last = exchange.sent;
    if (!exchange.ended_at_all()) continue;
    EXPECT_GT(exchange.ended, last);
    EXPECT_EQ(exchange.outcome_line, ++line);
    last = exchange.ended;
  }
  // The last delivery of the sample is a batch of two.
  EXPECT_EQ(straight.exchanges.size(), fuzz::original().exchanges.size() + 1);
  EXPECT_EQ(all_said(straight_order(straight)), all_said(straight));
  EXPECT_TRUE(corpus::parse_session(fuzz::file_of(straight), "")->damage.empty());
}

// Whatever Graph may do to order, number, time and batches: the way back leads to the same, as a multiset; and where
// nothing was merged, in the same order.
TEST(StraightOrder, UndoesWhatIsLegal) {
  const fuzz::SessionMutatorOptions options{
      .only = {SessionGroup::order, SessionGroup::number, SessionGroup::time, SessionGroup::batch}, .legal_only = true};
  fuzz::SessionMutator mutator({fuzz::two_calls()}, options);
  const std::vector<Said> recorded = all_said(straight_order(fuzz::original()));
  std::set<std::string> done;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const fuzz::MutatedSession made = mutator.mutate(seed);
    std::string how = std::to_string(seed);
    bool merged = false;
    bool copied = false;
    std::size_t splits = 0;
    for (const fuzz::AppliedMutation& one : made.applied) {
      how += "; " + one.what;
      merged = merged || one.name.starts_with("merge");
      copied = copied || one.group == SessionGroup::number;
      splits += one.name == "split" ? 1 : 0;
    }
    if (splits > 1 || (copied && (merged || splits > 0))) continue;  // see the header
    for (const fuzz::AppliedMutation& one : made.applied) done.insert(one.name);
    // As shrink gets it: from a file.
    const auto read = corpus::parse_session(fuzz::file_of(made.session), "");
    ASSERT_TRUE(read.has_value()) << how;
    std::vector<Said> said = all_said(straight_order(*read));
    std::vector<Said> expected = recorded;
    if (merged) {
      std::ranges::sort(said);
      std::ranges::sort(expected);
    }
    EXPECT_EQ(said, expected) << how;
  }
  EXPECT_GE(done.size(), 9u) << "most mutations of these groups came up";
}

TEST(StraightOrder, SendsWholeAndAtOnce) {
  Session session = fuzz::original();
  session.exchanges[2].request.extra = R"("sending":{"pieces":[3]},"token":"two")";
  session.exchanges[2].after = {1};
  session.exchanges[2].due = 7;
  std::get<corpus::Response>(session.exchanges[1].outcome).extra = R"("sending":{"hold":3})";
  const Session straight = straight_order(session);
  for (const Exchange& exchange : straight.exchanges) {
    EXPECT_EQ(fuzz::manner(exchange), corpus::Manner{});
    EXPECT_FALSE(exchange.after.has_value());
    EXPECT_FALSE(exchange.due.has_value());
    if (exchange.response() != nullptr) EXPECT_EQ(exchange.response()->extra, "");
  }
}

TEST(StraightOrder, SendsEachNotificationOfABatchAsAMessageOfItsOwn) {
  Session session = fuzz::original();
  Exchange& batch = session.exchanges.back();
  batch.request.headers = {{std::string("X-Microsoft-Skype-Message-ID"), "one"}, {"Content-Length", "0"}};
  const Session straight = straight_order(session);
  const Exchange& first = straight.exchanges[straight.exchanges.size() - 2];
  const Exchange& second = straight.exchanges.back();
  EXPECT_EQ(first.number, batch.number);
  EXPECT_GT(second.number, batch.number);
  EXPECT_EQ(fuzz::header(first, "X-Microsoft-Skype-Message-ID"), "one");
  EXPECT_NE(fuzz::header(second, "X-Microsoft-Skype-Message-ID"), "one");
  EXPECT_EQ(fuzz::header(second, "Content-Length"), std::to_string(second.request.body.size()));
  // A person's request is not one, whatever is in it.
  session.exchanges.front().request.body = R"({"value":[1,2]})";
  EXPECT_EQ(straight_order(session).exchanges.size(), straight.exchanges.size());
}

// Of two copies the original stays; if it has been taken out, a copy stands in its place.
TEST(StraightOrder, KeepsACopyWhoseOriginalHasGone) {
  const Session made = fuzz::made_by("duplicate");
  const auto copy = std::ranges::find_if(
      made.exchanges, [](const Exchange& exchange) { return fuzz::descent_of(exchange.request_extra).has_value(); });
  ASSERT_NE(copy, made.exchanges.end());
  const Descent from = *fuzz::descent_of(copy->request_extra);
  Session less = made;
  std::erase_if(less.exchanges, [&](const Exchange& exchange) { return exchange.number == from.made_of; });
  EXPECT_EQ(all_said(straight_order(less)), all_said(straight_order(fuzz::original())));
  std::erase_if(less.exchanges, [&](const Exchange& exchange) { return exchange.number == copy->number; });
  EXPECT_LT(straight_order(less).exchanges.size(), straight_order(fuzz::original()).exchanges.size());
}

TEST(Descent, StandsAmongTheUnknownMembers) {
  std::string extra = R"("note":"mine","more":[1,{"made":2}])";
  const std::string before = extra;
  EXPECT_EQ(fuzz::descent_of(extra), std::nullopt);
  fuzz::set_descent(extra, Descent{12, 1});
  EXPECT_EQ(extra, before + R"(,"made_of":12,"part":1)");
  EXPECT_EQ(fuzz::descent_of(extra), (Descent{12, 1}));
  fuzz::set_descent(extra, Descent{7});
  EXPECT_EQ(fuzz::descent_of(extra), Descent{7});
  fuzz::set_descent(extra, std::nullopt);
  EXPECT_EQ(extra, before);
  EXPECT_EQ(fuzz::descent_of(R"("made_of":"seven")"), std::nullopt);
  std::string unreadable = R"("made_of":"seven","note":1)";
  fuzz::set_descent(unreadable, Descent{7});
  EXPECT_EQ(unreadable, R"("note":1,"made_of":7)");
  EXPECT_EQ(fuzz::descent_of(R"("made_of":7,"made_of":8)"), std::nullopt);
}

TEST(Descent, OfAnotherRecordingCountsFromThere) {
  fuzz::SeedSession other = fuzz::two_calls();
  fuzz::set_descent(other.session.exchanges.back().request_extra, Descent{3});
  fuzz::SessionDraft draft(fuzz::two_calls().session, fuzz::two_calls().causes);
  const std::int64_t last = draft[draft.size() - 1].exchange.number;
  draft.weave(fuzz::SessionDraft(other.session, other.causes), draft.end() + 1);
  const Session woven = draft.finish();
  EXPECT_EQ(fuzz::descent_of(woven.exchanges.back().request_extra), Descent{last + 3});
  EXPECT_THAT(woven.exchanges.front().request_extra, testing::IsEmpty());
}

}  // namespace
