#include "corpus/operation.h"

#include <gmock/gmock.h>

namespace {

using testing::Eq;
using testing::HasSubstr;
using testing::Optional;

TEST(OperationParser, ReadsAnOperationOfTheSeedDocument) {
  corpus::OperationParser parser;
  const auto answer = parser.parse(R"({"id":"17e3b46c","status":"running","createdDateTime":"2018-09-06T15:58:41Z",)"
                                   R"("lastActionDateTime":"2018-09-06T15:58:42Z","clientContext":"d45324c1"})");
  ASSERT_TRUE(answer) << to_string(answer.error());
  const auto& operation = std::get<corpus::Operation>(*answer);
  EXPECT_EQ(operation.status.value, corpus::OperationStatus::running);
  EXPECT_THAT(operation.last_action, Optional(Eq("2018-09-06T15:58:42Z")));
  EXPECT_EQ(kind_of(operation), corpus::OperationKind::unknown);
}

TEST(OperationParser, ReadsMembersOfEveryKind) {
  corpus::OperationParser parser;
  const auto answer = parser.parse(
      R"({"@odata.type":"#microsoft.graph.recordOperation","id":null,"status":null,"recordResourceLocation":"l",)"
      R"("recordingAccessToken":"t","completionReason":"stopToneDetected","prompts":[{"mediaInfo":{"uri":"u"}}],)"
      R"("participants":[{"endpointType":null,"hidden":null,"identity":{"user":{"id":"u"}}}]})");
  ASSERT_TRUE(answer) << to_string(answer.error());
  const auto& operation = std::get<corpus::Operation>(*answer);
  EXPECT_EQ(kind_of(operation), corpus::OperationKind::record);
  EXPECT_THAT(operation.recording_location, Optional(Eq("l")));
  EXPECT_THAT(operation.prompts[0].media_info->uri, Optional(Eq("u")));
  EXPECT_THAT(operation.participants[0].identity->user->id, Optional(Eq("u")));
}

TEST(OperationParser, ReadsGraphsErrorShape) {
  corpus::OperationParser parser;
  const auto answer = parser.parse(
      R"({"error":{"code":"8522","message":"Call not found.","innerError":{"date":"d","request-id":"r","client-request-id":"c"}}})");
  ASSERT_TRUE(answer) << to_string(answer.error());
  const auto& error = std::get<corpus::GraphError>(*answer);
  EXPECT_THAT(error.code, Optional(Eq("8522")));
  EXPECT_THAT(error.inner_error->client_request_id, Optional(Eq("c")));
}

TEST(OperationParser, RefusesWhatIsSomethingElse) {
  corpus::OperationParser parser;
  const auto call = parser.parse(R"({"@odata.type":"#microsoft.graph.call","state":"established"})");
  ASSERT_FALSE(call);
  EXPECT_THAT(to_string(call.error()), Eq("@odata.type: expected an operation, found #microsoft.graph.call, byte 15"));
  for (const char* body : {"{}", "[]", "null", R"({"value":[]})", R"({"error":"invalid_client"})", R"({"id":null})"}) {
    EXPECT_FALSE(parser.parse(body)) << body;
  }
}

TEST(WriteOperation, GivesBackWhatWasRead) {
  for (const char* body :
       {R"({"id":"1"})", R"({"id":7})", R"({"error":{"code":1.5,"innererror":{"date":"d"}}})", R"({"error":{}})",
        R"({"status":"Failed","resultInfo":{"code":"0","subCode":"x"},"prompts":[]})"}) {
    corpus::OperationParser parser;
    corpus::OperationParser second;
    const auto answer = parser.parse(body);
    ASSERT_TRUE(answer) << to_string(answer.error());
    const auto again = second.parse(write(*answer));
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(*again, *answer) << write(*answer);
  }
}

TEST(ResultInfo, KeepsALargeDoubleFromLookingLikeAWholeNumber) {
  corpus::OperationParser parser;
  const auto parsed = parser.parse(R"({"id":"1","resultInfo":{"code":123456789012345678.0,"subcode":0.5}})");
  ASSERT_TRUE(parsed);
  const corpus::ResultInfo& result = *std::get<corpus::Operation>(*parsed).result_info;
  EXPECT_FALSE(result.code.value);
  EXPECT_EQ(result.code.text, "1.2345678901234568e+17");
  EXPECT_EQ(result.subcode.text, "0.5");
  corpus::OperationParser again;
  EXPECT_EQ(*again.parse(write(*parsed)), *parsed);
}

}  // namespace
