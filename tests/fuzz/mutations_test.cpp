// What single mutations do: each makes, from a small payload, what its row in fuzz/MUTATIONS.md promises.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/json_lexer.h"
#include "fuzz/mutator.h"
#include "tests/fuzz/payloads.h"

namespace fuzz {
namespace {

const std::string kCall =
    R"({"value":[{"changeType":"updated","resource":"/app/calls/6503df27b25d45239f3c7c366ba1278c",)"
    R"("resourceData":{"@odata.type":"#microsoft.graph.call","@odata.etag":"W/\"51\"",)"
    R"("id":"6503df27-b25d-4523-9f3c-7c366ba1278c","state":"established","code":200,"sourceId":"17"}}]})";

const std::string kRoster =
    R"({"value":[{"changeType":"updated","resourceData":[)"
    R"({"id":"24e6c4c6-97be-4bbd-8925-96f0eafe186b"},{"id":"8c298971-67d9-436d-92d2-b07f50010811"}]}]})";

const std::string kOperation =
    R"({"value":[{"changeType":"deleted","resourceData":{"status":"running","subcode":5002}}]})";

const std::string kTwo = R"({"value":[{"resource":"/a","resourceData":[1]},{"resource":"/b","resourceData":[2,3]}]})";

/// All that the mutation makes of the text with many seeds.
std::set<std::string> results(Mutation which, const std::string& text, std::uint32_t seeds = 3000) {
  static const Vocabulary vocabulary = vocabulary_of({});
  Mutator mutator(vocabulary);
  std::set<std::string> made;
  std::vector<std::uint8_t> buffer(16384);
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    std::copy(text.begin(), text.end(), buffer.begin());
    const std::size_t size = mutator.apply(buffer, text.size(), seed, which);
    if (size != 0) made.emplace(reinterpret_cast<const char*>(buffer.data()), size);
  }
  return made;
}

/// A mutation, what it is applied to, and a piece of text that one of its results must hold.
struct Example {
  Mutation which;
  std::string text;
  std::string piece;
};

void PrintTo(const Example& example, std::ostream* out) {
  *out << mutations()[static_cast<std::size_t>(example.which)].name;
}

const std::vector<Example>& examples() {
  using enum Mutation;
  static const std::string kHigh = "\xf0\x9f\x98\x80";
  static const std::vector<Example> kExamples = {
      {drop_value, R"([1,2,3])", R"([1,3])"},
      {repeat_value, R"([7])", "[7,7,7,7,7,7,7,7,7]"},
      {swap_siblings, R"({"a":1,"b":2})", R"({"b":2,"a":1})"},
      {shuffle_siblings, R"([1,2,3])", "[3,2,1]"},
      {copy_value, R"([{"a":1},{"a":2}])", R"([{"a":2},{"a":2}])"},
      {splice_value, R"({"identity":{}})", R"("identity":{"user":{"id":)"},
      {wrap_value, R"({"a":{"b":1}})", R"({"a":[{"b":1}]})"},
      {wrap_value, R"({"a":{"b":1}})", R"({"a":"{\"b\":1}"})"},
      {unwrap_value, R"({"a":[5]})", R"({"a":5})"},
      {empty_value, R"({"value":[1]})", R"({"value":[]})"},
      {grow_array, R"([])", "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]"},
      {nest_value, R"([1])", "[[[[[[[[[1]]]]]]]]]"},
      {move_member, R"({"a":{"region":"emea"},"b":{}})", R"({"a":{},"b":{"region":"emea"}})"},
      {insert_member, R"({"identity":{"user":{}}})", R"("phone":)"},
      {rename_key, R"({"a":1})", R"({"unknownMember":1})"},
      {known_value, R"({"state":"established"})", R"({"state":"transferAccepted"})"},
      {unknown_value, R"({"state":"established"})", R"({"state":"unknownFutureValue"})"},
      {recase_value, R"({"state":"established"})", R"({"state":"Established"})"},
      {swap_type, kCall, "inviteParticipantsOperation"},
      {respell_type, kCall, R"("microsoft.graph.call")"},
      {null_value, R"({"id":"x"})", R"({"id":null})"},
      {retype_value, R"({"sourceId":"17"})", R"({"sourceId":17})"},
      {retype_value, R"({"code":200})", R"({"code":"200"})"},
      {replace_kind, R"({"mediaStreams":[1]})", R"({"mediaStreams":{}})"},
      {respell_key, kOperation, R"("subCode":5002)"},
      {drop_required, R"({"changeType":"updated","other":1})", R"({"other":1})"},
      {respell_id, kCall, R"("id":"6503DF27B25D45239F3C7C366BA1278C")"},
      {respell_id_everywhere, kCall, "/app/calls/6503DF27-B25D-4523-9F3C-7C366BA1278C"},
      {equal_ids, kRoster, R"({"id":"8c298971-67d9-436d-92d2-b07f50010811"},{"id":"8c298971)"},
      {equal_ids_everywhere, kRoster, R"({"id":"24e6c4c6-97be-4bbd-8925-96f0eafe186b"},{"id":"24e6c4c6)"},
      {split_id, kCall, "/app/calls/6503df27b25d45239f3c7c366ba1278d"},
      {fresh_id_everywhere, kCall, R"("id":"7614e038-c36e-5634-a04d-8d477cb2389d")"},
      {equal_values, R"([{"sourceId":"1"},{"sourceId":"2"}])", R"([{"sourceId":"2"},{"sourceId":"2"}])"},
      {respell_path, kCall, "/beta/communications/calls/6503df27b25d45239f3c7c366ba1278c"},
      {respell_path, kCall, R"(/app/calls/6503df27b25d45239f3c7c366ba1278c/")"},
      {age_value, kCall, R"(W/\"50\")"},
      {respell_order, kCall, R"("@odata.etag":"W/\"\"")"},
      {order_edge, kCall, R"(W/\"2147483648\")"},
      {respell_text, R"(["ab"])", R"(["\u0061\u0062"])"},
      {escape_key, R"({"id":1})", R"({"\u0069d":1})"},
      {special_text, R"(["x"])", R"(["a\u0000b"])"},
      {insert_text, R"(["xy"])", R"(["x%s%s%ny"])"},
      {resize_text, R"(["x"])", "[\"x" + std::string(64, 'a') + "\"]"},
      {resize_text, R"([""])", "a" + kHigh + kHigh},
      {resize_key, R"({"k":1})", "{\"k" + std::string(64, 'a') + "\":1}"},
      {edit_text, R"(["x"])", R"(["y"])"},
      {date_text, R"(["2026-03-05T10:11:12Z"])", "2016-12-31T23:59:60Z"},
      {broken_escape, R"(["x"])", R"(\ud800)"},
      {broken_utf8, R"(["x"])", "\xed\xa0\x80"},
      {byte_order_mark, R"([1])", "\xef\xbb\xbf[1]"},
      {number_edge, R"({"code":200})", R"({"code":-2147483649})"},
      {number_edge, R"({"sourceId":"17"})", R"({"sourceId":"4294967296"})"},
      {nudge_number, R"([200])", "[201]"},
      {respell_number, R"([200])", "[200.0]"},
      {number_from_text, R"(["W/\"51\""])", "[51]"},
      {digit_run, R"(["51"])", std::string(100, '9')},
      {broken_number, R"([200])", "[1e400]"},
      {truncate, R"({"a":[1,2]})", R"({"a":[1)"},
      {stray_comma, R"({"a":1})", R"({"a":1,})"},
      {missing_comma, R"([1,2])", "[1 2]"},
      {comment, R"([1])", "[1/* c */]"},
      {second_document, R"([1])", "[1][1]"},
      {garbage_at_end, R"([1])", "[1]]"},
      {wrong_bracket, R"([1])", "[1}"},
      {repeat_member, R"({"a":1})", R"({"a":1,"a":1})"},
      {conflicting_member, R"({"state":"established"})", R"({"state":"established","state":"terminated"})"},
      {escaped_duplicate, R"({"id":1})", R"({"id":1,"\u0069d":1})"},
      {repeat_notification, R"({"value":[{"a":1}]})", R"({"value":[{"a":1},{"a":1}]})"},
      {repeat_with_fresh_ids, kRoster, R"({"id":"24e6c4c6-97be-4bbd-8925-96f0eafe0001"})"},
      {change_and_repeat, kCall, R"("state":"terminated")"},
      {older_after_newer, kCall, R"(W/\"50\")"},
      {delete_before, kCall, R"({"value":[{"changeType":"deleted")"},
      {delete_after, kCall, R"(},{"changeType":"deleted")"},
      {complete_twice, kOperation,
       R"("completed","subcode":5002}},{"changeType":"deleted","resourceData":{"status":"failed")"},
      {splice_notification, R"({"value":[]})", "recordOperation"},
      {continue_call, kCall, "/communications/calls/6503df27-b25d-4523-9f3c-7c366ba1278c/operations"},
      {split_notification, R"({"value":[{"resourceData":[1,2]}]})", R"([{"resourceData":[1]},{"resourceData":[2]}])"},
      {merge_notifications, kTwo, R"([{"resource":"/a","resourceData":[1,2,3]}])"},
      {exchange_members, kTwo, R"({"resource":"/b","resourceData":[1]},{"resource":"/a")"},
      {reorder_batch, kTwo, R"([{"resource":"/b","resourceData":[2,3]},{"resource":"/a")"},
      {drop_notification, kTwo, R"({"value":[{"resource":"/b")"},
      {space_tokens, R"([1,2])", "[ 1, 2]"},
      {slide_token, R"([1])", std::string(62, ' ') + "1"},
      {fill_to_edge, R"([1])", "[1]" + std::string(61, ' ')},
      {line_ends, R"([1,2])", "[\r\n1,\r\n2]"},
      {raw_bytes, R"([1])", "[2]"},
  };
  return kExamples;
}

class MutationExample : public testing::TestWithParam<Example> {};

TEST_P(MutationExample, IsMade) {
  const std::set<std::string> made = results(GetParam().which, GetParam().text, 20000);
  const bool found = std::any_of(made.begin(), made.end(), [](const std::string& text) {
    return text.find(GetParam().piece) != std::string::npos;
  });
  std::string some;
  for (const std::string& text : made) {
    if (some.size() < 2000) some += text.substr(0, 300) + "\n";
  }
  EXPECT_TRUE(found) << made.size() << " results, such as\n" << some;
}

INSTANTIATE_TEST_SUITE_P(Mutations, MutationExample, testing::ValuesIn(examples()));

TEST(Mutations, HaveAnExampleEach) {
  std::set<Mutation> shown;
  for (const Example& example : examples()) shown.insert(example.which);
  EXPECT_EQ(shown.size(), mutations().size());
}

TEST(Mutations, CutNoCharacterInEscapedKeys) {
  for (const std::string& text : results(Mutation::escaped_duplicate, "{\"a\xf0\x9f\x98\x80\":1}")) {
    ASSERT_TRUE(is_json(text)) << text;
  }
}

TEST(Mutations, MakeNoNumbersThatReadersRefuse) {
  for (const Mutation which : {Mutation::retype_value, Mutation::order_edge, Mutation::age_value,
                               Mutation::older_after_newer, Mutation::respell_number, Mutation::digit_run}) {
    const std::string text =
        R"({"value":[{"etag":"99999999999999999999","eTag":"1e400","sequence":1.5e300,"version":1e308}]})";
    for (const std::string& made : results(which, text)) ASSERT_TRUE(is_json(made)) << made;
  }
}

TEST(Mutations, KeepPromisesOnEachOthersResults) {
  const std::vector<std::string> payloads = sample_payloads();
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Mutator mutator(vocabulary);
  Random random(1);
  std::vector<std::uint8_t> buffer(8192);
  std::string text = payloads[0];
  for (std::uint32_t seed = 0; seed < 30000; ++seed) {
    if (text.size() > 6000 || random.one_in(10)) text = random.pick(payloads);
    std::copy(text.begin(), text.end(), buffer.begin());
    const MutationInfo& which = random.pick(mutations());
    if (!which.keeps_json) continue;
    const std::size_t size = mutator.apply(buffer, text.size(), seed, which.id);
    if (size == 0) continue;
    const std::string made(reinterpret_cast<const char*>(buffer.data()), size);
    ASSERT_TRUE(is_json(made)) << which.name << ", seed " << seed << " of\n" << text << "\nmade\n" << made;
    text = made;
  }
}

}  // namespace
}  // namespace fuzz
