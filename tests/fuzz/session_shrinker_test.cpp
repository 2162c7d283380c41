#include "fuzz/session_shrinker.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>
#include <set>

#include "corpus/session_file.h"
#include "fuzz/call_starts.h"
#include "fuzz/random.h"
#include "tests/fuzz/session_samples.h"

namespace {

using corpus::Session;
using fuzz::SeedSession;
using fuzz::SessionShrinker;
using testing::ElementsAre;
using testing::ElementsAreArray;

// Whether these deliveries come, in this order.
bool has_in_order(const Session& session, const std::vector<std::string>& marks) {
  std::size_t next = 0;
  for (const corpus::Exchange& exchange : session.exchanges) {
    if (next < marks.size() && exchange.request.body.find(marks[next]) != std::string::npos) ++next;
  }
  return next == marks.size();
}

// Ten calls of twenty exchanges, woven together; each exchange has a mark in its body. The deliveries of a call wait
// for each other, and every third mentions the id that the call's first one brought.
SeedSession long_session() {
  SeedSession seed;
  for (std::size_t at = 0; at < 200; ++at) {
    corpus::Exchange& exchange = seed.session.exchanges.emplace_back();
    exchange.number = static_cast<std::int64_t>(at + 1);
    exchange.sent = static_cast<corpus::Micros>(10'000 * (at + 1));
    exchange.ended = exchange.sent + 500;
    exchange.request = {
        "POST", "/api/calls", {}, R"({"mark":"m)" + std::to_string(at + 1) + R"(","more":{"a":[1,2]}})", {}};
    exchange.outcome = corpus::Response{.status = 202, .headers = {}, .body = {}, .extra = {}};
    fuzz::ExchangeCauses& causes = seed.causes.emplace_back();
    causes.calls = {"call" + std::to_string(at % 10)};
    if (at >= 10) causes.causes.push_back({at - 10, true, false});
    if (at >= 10 && at % 3 == 0) causes.causes.push_back({at % 10, true, true});
  }
  return seed;
}

TEST(SessionShrinker, FindsThePlantedTriggerOfALongSession) {
  fuzz::Random random(7);
  std::size_t most_runs = 0;
  for (int trigger = 0; trigger < 30; ++trigger) {
    const SeedSession seed = long_session();
    std::vector<std::size_t> places;
    while (places.size() < 1 + static_cast<std::size_t>(trigger % 3)) places.push_back(random.below(200));
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<std::string> marks;
    for (const std::size_t place : places) marks.push_back("\"m" + std::to_string(place + 1) + "\"");
    SessionShrinker shrinker(seed.session, seed.causes, 300);
    while (const Session* const candidate = shrinker.next()) shrinker.verdict(has_in_order(*candidate, marks));
    most_runs = std::max(most_runs, shrinker.runs());
    EXPECT_TRUE(has_in_order(shrinker.best(), marks));
    EXPECT_LE(shrinker.runs(), 300u);
    // Two messages an exchange; a delivery that mentions an id may keep the one that brought it.
    EXPECT_LE(corpus::message_count(shrinker.best()), 10) << trigger;
    EXPECT_LE(shrinker.best().exchanges.size(), 2 * places.size());
  }
  RecordProperty("most_runs", static_cast<int>(most_runs));
  EXPECT_LE(most_runs, 300u);
}

TEST(SessionShrinker, TakesACallOutWithWhatItCameOf) {
  const SeedSession seed = fuzz::two_calls();
  const fuzz::SessionDraft draft(seed.session, seed.causes);
  EXPECT_THAT(fuzz::call_starts(draft), ElementsAre(0, draft.size()))
      << "one was asked for, to the other the bot was called";
  SessionShrinker shrinker(seed.session, seed.causes, 300);
  std::vector<std::vector<std::int64_t>> tried;
  while (const Session* const candidate = shrinker.next()) {
    tried.emplace_back();
    for (const corpus::Exchange& exchange : candidate->exchanges) tried.back().push_back(exchange.number);
    shrinker.verdict(false);
  }
  EXPECT_THAT(tried, testing::Contains(std::vector<std::int64_t>{4, 5, 8})) << "what is about the other one alone";
}

// Whole exchanges are gone through until none of them goes any more; only then is there anything else to try.
TEST(Halving, GoesThroughTheFirstReductionsUntilTheyYieldNoMore) {
  std::vector<std::size_t> units{2, 2, 1};
  fuzz::Halving halving(units.size(), 2);
  std::vector<std::size_t> order;
  while (const auto step = halving.next([&](std::size_t reduction) { return units[reduction]; })) {
    order.push_back(step->reduction);
    const bool goes = step->reduction != 1 && order.size() < 3;
    if (!goes) continue;
    --units[step->reduction];
    halving.adopted();
  }
  // Both units of the first go, so both are begun anew before the last one has its turn; then once more in vain.
  const auto last = std::ranges::find(order, 2u);
  EXPECT_THAT(std::vector(order.begin(), last), ElementsAre(0, 0, 1, 1, 1, 1));
  EXPECT_TRUE(halving.finished());
}

// Of a session that tells of a difference: a delivery can only go with what the bot did about it, and what stands
// between the two has to stay.
TEST(SessionShrinker, TakesADeliveryOutWithWhatItLedTo) {
  SeedSession seed;
  for (const bool asked : {false, false, true, true, false}) {
    corpus::Exchange& exchange = seed.session.exchanges.emplace_back();
    exchange.number = static_cast<std::int64_t>(seed.session.exchanges.size());
    exchange.leg = asked ? corpus::Leg::graph : corpus::Leg::webhook;
    exchange.sent = 10'000 * exchange.number;
    exchange.ended = exchange.sent + 500;
    exchange.outcome = corpus::Response{.status = 202, .headers = {}, .body = {}, .extra = {}};
    fuzz::ExchangeCauses& causes = seed.causes.emplace_back();
    causes.role = asked ? fuzz::SessionRole::request : fuzz::SessionRole::delivery;
    causes.calls = {exchange.number % 2 == 1 ? "a" : "b"};
  }
  const Session small = fuzz::shrink(seed.session, seed.causes, [](const Session& session) {
    std::set<std::int64_t> has;
    for (const corpus::Exchange& exchange : session.exchanges) has.insert(exchange.number);
    return has.contains(1) == has.contains(3) && has.contains(2) && has.contains(4) && has.contains(5);
  });
  std::vector<std::int64_t> numbers;
  for (const corpus::Exchange& exchange : small.exchanges) numbers.push_back(exchange.number);
  EXPECT_THAT(numbers, ElementsAre(2, 4, 5));
}

TEST(SessionShrinker, KeepsWhatADeliveryMentions) {
  const SeedSession seed = fuzz::two_calls();
  const Session small = fuzz::shrink(seed.session, seed.causes,
                                     [](const Session& session) { return has_in_order(session, {"operations"}); });
  // The invite, and the creation of its call, are what the end of the operation is about.
  EXPECT_THAT(fuzz::delivery_order(small), ElementsAre(9));
  std::vector<std::int64_t> numbers;
  for (const corpus::Exchange& exchange : small.exchanges) numbers.push_back(exchange.number);
  EXPECT_THAT(numbers, ElementsAre(2, 7, 9));
  EXPECT_EQ(fuzz::exchange_of(small, 9).after, (std::vector<std::int64_t>{2, 7}));
}

TEST(SessionShrinker, TakesOutMembersOfBatchesAndBodies) {
  const SeedSession seed = fuzz::two_calls();
  const Session small = fuzz::shrink(
      seed.session, seed.causes, [](const Session& session) { return has_in_order(session, {R"("@odata.etag":"2")"}); },
      1000);
  ASSERT_FALSE(small.exchanges.empty());
  const corpus::Exchange& last = small.exchanges.back();
  EXPECT_EQ(last.request.body, R"({"value":[{"resourceData":[{"@odata.etag":"2"}]}]})");
  const auto length = std::ranges::find(last.request.headers, "Content-Length", &corpus::Header::name);
  ASSERT_NE(length, last.request.headers.end());
  EXPECT_EQ(length->value, std::to_string(last.request.body.size()));
}

TEST(SessionShrinker, LeavesWhatTheBotSaidAsItIs) {
  const SeedSession seed = fuzz::two_calls();
  const auto of_bot = [](const Session& session, std::int64_t number) -> std::string {
    for (const corpus::Exchange& exchange : session.exchanges) {
      if (exchange.number == number && exchange.leg == corpus::Leg::graph) return exchange.request.body;
    }
    return {};
  };
  const std::string said = of_bot(seed.session, 7);
  ASSERT_FALSE(said.empty());
  const Session small = fuzz::shrink(
      seed.session, seed.causes, [&](const Session& session) { return !of_bot(session, 7).empty(); }, 1000);
  EXPECT_LT(small.exchanges.size(), seed.session.exchanges.size());
  EXPECT_EQ(of_bot(small, 7), said);
}

TEST(SessionShrinker, ShortensGapsUnlessTheyMatter) {
  const SeedSession seed = fuzz::two_calls();
  const auto gap = [](const Session& session) -> std::optional<corpus::Micros> {
    const corpus::Exchange* first = nullptr;
    for (const corpus::Exchange& exchange : session.exchanges) {
      if (exchange.number == 3) first = &exchange;
      if (exchange.number == 9 && first != nullptr) return exchange.sent - first->sent;
    }
    return std::nullopt;
  };
  const Session quick = fuzz::shrink(
      seed.session, seed.causes, [&](const Session& session) { return gap(session).has_value(); }, 1000);
  EXPECT_LT(gap(quick).value(), 10'000);
  const Session slow = fuzz::shrink(
      seed.session, seed.causes, [&](const Session& session) { return gap(session).value_or(0) > 20'000; }, 1000);
  EXPECT_GT(gap(slow).value(), 20'000);
}

TEST(SessionShrinker, TakesOutMannersThatDoNotMatter) {
  SeedSession seed = fuzz::two_calls();
  seed.session.exchanges[2].request.extra = R"("sending":{"pieces":[3]})";
  seed.session.exchanges[3].request.extra = R"("token":"none")";
  const Session small = fuzz::shrink(seed.session, seed.causes, [](const Session& session) {
    bool flawed = false;
    bool established = false;
    for (const corpus::Exchange& exchange : session.exchanges) {
      flawed = flawed || exchange.request.extra.find("none") != std::string::npos;
      established = established || exchange.number == 3;
    }
    return flawed && established;
  });
  EXPECT_EQ(fuzz::exchange_of(small, 3).request.extra, "");
  EXPECT_EQ(fuzz::exchange_of(small, 4).request.extra, R"("token":"none")");
}

TEST(SessionShrinker, NeverAsksTwiceForTheSame) {
  const SeedSession seed = long_session();
  SessionShrinker shrinker(seed.session, seed.causes, 300);
  fuzz::ShrinkVerdicts asked;
  while (const Session* const candidate = shrinker.next()) {
    EXPECT_TRUE(asked.emplace(fuzz::content_hash(*candidate), false).second);
    shrinker.verdict(has_in_order(*candidate, {"\"m40\"", "\"m77\""}));
  }
  EXPECT_EQ(asked.size(), shrinker.runs());
}

TEST(SessionShrinker, StopsAtItsBudget) {
  const SeedSession seed = long_session();
  SessionShrinker shrinker(seed.session, seed.causes, 5);
  while (const Session* const candidate = shrinker.next()) {
    shrinker.verdict(has_in_order(*candidate, {"\"m40\"", "\"m77\""}));
  }
  EXPECT_EQ(shrinker.runs(), 5u);
  EXPECT_FALSE(shrinker.minimal());
  EXPECT_LT(shrinker.best().exchanges.size(), 200u);
}

// What an oracle does not repeat is not lost: with its verdicts, the same session asks for nothing that is known.
TEST(SessionShrinker, GoesOnWhereItWasInterrupted) {
  const SeedSession seed = long_session();
  const auto shows = [](const Session& session) { return has_in_order(session, {"\"m40\"", "\"m77\""}); };
  SessionShrinker whole(seed.session, seed.causes, 300);
  while (const Session* const candidate = whole.next()) whole.verdict(shows(*candidate));
  SessionShrinker first(seed.session, seed.causes, 17);
  while (const Session* const candidate = first.next()) first.verdict(shows(*candidate));
  const auto verdicts = fuzz::parse_verdicts(fuzz::to_text(first.verdicts()));
  ASSERT_TRUE(verdicts.has_value());
  SessionShrinker second(seed.session, seed.causes, 300, *verdicts);
  while (const Session* const candidate = second.next()) second.verdict(shows(*candidate));
  EXPECT_EQ(first.runs() + second.runs(), whole.runs());
  EXPECT_EQ(fuzz::file_of(second.best()), fuzz::file_of(whole.best()));
  EXPECT_TRUE(second.minimal());
}

TEST(SessionShrinker, LeavesAloneWhatCannotShrink) {
  const SeedSession seed = fuzz::independent_deliveries(1);
  const Session small = fuzz::shrink(seed.session, seed.causes, [](const Session&) { return false; });
  EXPECT_TRUE(same_apart_from_lines(small.exchanges.at(0), seed.session.exchanges.at(0)));
}

TEST(ShrinkVerdicts, RefuseOtherText) {
  EXPECT_EQ(fuzz::parse_verdicts("").value(), fuzz::ShrinkVerdicts{});
  EXPECT_EQ(fuzz::parse_verdicts("12 yes\n3 no\n").value(), (fuzz::ShrinkVerdicts{{3, false}, {12, true}}));
  for (const char* const text : {"12 yes", "x yes\n", "12 maybe\n", "12\n", "99999999999999999999 no\n", "\n"}) {
    EXPECT_FALSE(fuzz::parse_verdicts(text).has_value()) << text;
  }
  EXPECT_EQ(fuzz::parse_verdicts("1 yes\n2 so\n").error().where, "2");
}

}  // namespace
