#include "corpus/invite.h"

#include <gmock/gmock.h>

namespace {

using testing::Eq;
using testing::Optional;

constexpr std::string_view kInvite =
    R"({"participants":[{"@odata.type":"#microsoft.graph.invitationParticipantInfo","endpointType":"default",)"
    R"("identity":{"user":{"id":"550fae72","tenantId":"72f988bf","displayName":"Heidi"}},"languageId":"en-US",)"
    R"("region":"westus","replacesCallId":"/app/calls/57DA","hidden":true}],"clientContext":"d45324c1"})";

TEST(InviteParser, ReadsARequest) {
  corpus::InviteParser parser;
  const auto request = parser.parse_request(kInvite);
  ASSERT_TRUE(request) << to_string(request.error());
  EXPECT_THAT(request->client_context, Optional(Eq("d45324c1")));
  ASSERT_EQ(request->participants.size(), 1u);
  const corpus::Invitee& invitee = request->participants[0];
  EXPECT_EQ(invitee.endpoint_type.value, corpus::EndpointType::default_);
  EXPECT_THAT(invitee.replaces_call_id, Optional(Eq("/app/calls/57DA")));
  EXPECT_THAT(invitee.identity->user->tenant_id, Optional(Eq("72f988bf")));
  EXPECT_THAT(invitee.hidden, Optional(true));
}

TEST(InviteParser, ReadsAnAnswer) {
  corpus::InviteParser parser;
  const auto answer = parser.parse_answer(
      R"({"@odata.context":"c","@odata.type":"#microsoft.graph.inviteParticipantsOperation","id":"38c4","status":"Running",)"
      R"("participants":[{"endpointType":null,"participantId":"b36a"}]})");
  ASSERT_TRUE(answer) << to_string(answer.error());
  const auto& operation = std::get<corpus::Operation>(*answer);
  EXPECT_EQ(kind_of(operation), corpus::OperationKind::invite_participants);
  EXPECT_THAT(operation.participants[0].participant_id, Optional(Eq("b36a")));
}

TEST(InviteParser, RefusesARequestWithoutParticipants) {
  corpus::InviteParser parser;
  for (const char* body :
       {"{}", R"({"participants":null})", R"({"participants":{}})", "[]", R"({"participants":[1]})"}) {
    EXPECT_FALSE(parser.parse_request(body)) << body;
  }
  EXPECT_TRUE(parser.parse_request(R"({"participants":[]})"));
}

TEST(WriteInvite, GivesBackWhatWasRead) {
  corpus::InviteParser parser;
  corpus::InviteParser second;
  const auto request = parser.parse_request(kInvite);
  ASSERT_TRUE(request);
  const auto again = second.parse_request(write(*request));
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(*again, *request);
}

}  // namespace
