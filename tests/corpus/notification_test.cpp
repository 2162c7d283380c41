#include "corpus/notification.h"

#include <gmock/gmock.h>
#include <simdjson.h>

#include <filesystem>
#include <string>
#include <utility>

#include "corpus/seeds.h"
#include "corpus/session_file.h"
#include "tests/support/source_path.h"

namespace {

using corpus::ResourceKind;
using testing::ElementsAre;
using testing::Eq;
using testing::IsEmpty;
using testing::Optional;

/// Puts the data of a notification into its envelope.
std::string delivery_of(std::string_view data, std::string_view resource = "/app/calls/1") {
  return R"({"@odata.type":"#microsoft.graph.commsNotifications","value":[{"changeType":"updated","resource":")" +
         std::string(resource) + R"(","resourceData":)" + std::string(data) + "}]}";
}

/// Parses one delivery; the parser stays alive for the test.
class NotificationParser : public testing::Test {
 protected:
  const corpus::Notifications& parse(std::string_view body) {
    auto parsed = parser_.parse(body);
    EXPECT_TRUE(parsed) << to_string(parsed.error());
    delivery_ = parsed.value_or(corpus::Notifications{});
    return delivery_;
  }
  const corpus::ResourceData& data(std::string_view json, std::string_view resource = "/app/calls/1") {
    return parse(delivery_of(json, resource)).value[0].data;
  }
  std::vector<std::string> warnings() const {
    std::vector<std::string> lines;
    for (const corpus::Warning& warning : parser_.warnings().list) lines.push_back(to_string(warning));
    return lines;
  }

  corpus::NotificationParser parser_;
  corpus::Notifications delivery_;
};

TEST_F(NotificationParser, ReadsTheEnvelope) {
  const auto& delivery = parse(
      R"({"value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"created","resource":"/app/calls/1",)"
      R"("resourceUrl":"/communications/calls/1","callbackUri":"https://bot/cb"}],"@odata.type":"x"})");
  EXPECT_TRUE(delivery.enveloped);
  EXPECT_THAT(delivery.odata_type, Optional(Eq("x")));
  ASSERT_EQ(delivery.value.size(), 1u);
  const corpus::Notification& notification = delivery.value[0];
  EXPECT_EQ(notification.change_type.value, corpus::ChangeType::created);
  EXPECT_THAT(notification.resource, Optional(Eq("/app/calls/1")));
  EXPECT_THAT(notification.resource_url, Optional(Eq("/communications/calls/1")));
  EXPECT_THAT(notification.callback_uri, Optional(Eq("https://bot/cb")));
  EXPECT_EQ(notification.data.kind, ResourceKind::none);
  EXPECT_THAT(warnings(), IsEmpty());
}

TEST_F(NotificationParser, TakesNoneAndManyNotifications) {
  EXPECT_EQ(parse(R"({"value":[]})").value.size(), 0u);
  EXPECT_EQ(parse(R"({"value":[{"changeType":"deleted"},{"changeType":"updated"},{}]})").value.size(), 3u);
}

TEST_F(NotificationParser, ReadsCall) {
  const corpus::ResourceData& call = data(
      R"({"@odata.type":"#microsoft.graph.call","state":"terminated","resultInfo":{"code":200,"subcode":5002,"message":"m"},)"
      R"("chatInfo":{"threadId":"19:a@thread.v2"},"toneInfo":{"sequenceId":1,"tone":"tone5"},)"
      R"("requestedModalities":["audio","data"],"targets":[{"identity":{"phone":{"id":"+123"}}}]})");
  ASSERT_EQ(call.kind, ResourceKind::call);
  const corpus::Call& value = call.calls.front();
  EXPECT_EQ(value.state.value, corpus::CallState::terminated);
  EXPECT_THAT(value.result_info->subcode.value, Optional(5002));
  EXPECT_THAT(value.chat_info->thread_id, Optional(Eq("19:a@thread.v2")));
  EXPECT_EQ(value.tone_info->tone.value, corpus::Tone::tone5);
  EXPECT_EQ(value.requested_modalities[1].value, corpus::Modality::data);
  EXPECT_THAT(value.targets[0].identity->phone->id, Optional(Eq("+123")));
}

TEST_F(NotificationParser, ReadsRoster) {
  const corpus::ResourceData& roster =
      data(R"([{"@odata.type":"#microsoft.graph.participant","id":null,"info":{"identity":{"user":{"id":"u"}}},)"
           R"("mediaStreams":[{"mediaType":"audio","sourceId":"1","direction":"sendReceive","serverMuted":false}],)"
           R"("isMuted":true,"rosterSequenceNumber":9223372036854775807},{"id":"2"}])");
  ASSERT_EQ(roster.kind, ResourceKind::roster);
  EXPECT_TRUE(roster.array);
  ASSERT_EQ(roster.roster.size(), 2u);
  const corpus::Participant& first = roster.roster[0];
  EXPECT_EQ(first.id, std::nullopt);
  EXPECT_THAT(identity_of(*first.info->identity)->id, Optional(Eq("u")));
  EXPECT_EQ(first.media_streams[0].direction.value, corpus::MediaDirection::send_receive);
  EXPECT_THAT(first.media_streams[0].server_muted, Optional(false));
  EXPECT_THAT(first.is_muted, Optional(true));
  EXPECT_THAT(first.roster_sequence_number.value, Optional(INT64_MAX));
}

TEST_F(NotificationParser, ReadsDeltaRosterInAnArrayOrAlone) {
  const std::string delta =
      R"({"@odata.type":"#microsoft.graph.deltaParticipants","sequenceNumber":4,"participants":[{"removedState":{"reason":"r"}}]})";
  for (const std::string& json : {delta, "[" + delta + "]"}) {
    const corpus::ResourceData& deltas = data(json);
    ASSERT_EQ(deltas.kind, ResourceKind::delta) << json;
    EXPECT_THAT(deltas.deltas[0].sequence_number.value, Optional(4));
    EXPECT_THAT(deltas.deltas[0].participants[0].removed_state->reason, Optional(Eq("r")));
  }
}

TEST_F(NotificationParser, ReadsOperationsOfEveryKind) {
  for (const auto& [name, kind] : {std::pair{"inviteParticipantsOperation", corpus::OperationKind::invite_participants},
                                   std::pair{"commsOperation", corpus::OperationKind::plain},
                                   std::pair{"recordOperation", corpus::OperationKind::record},
                                   std::pair{"brandNewOperation", corpus::OperationKind::unknown}}) {
    const corpus::ResourceData& operation =
        data(R"({"@odata.type":"#microsoft.graph.)" + std::string(name) + R"(","status":"completed"})");
    ASSERT_EQ(operation.kind, ResourceKind::operation) << name;
    EXPECT_EQ(kind_of(operation.operations.front()), kind) << name;
  }
}

TEST_F(NotificationParser, ReadsJoiningAndLeft) {
  EXPECT_EQ(data(R"({"@odata.type":"#microsoft.graph.participantJoiningNotification","call":{"state":"incoming"}})")
                .joining.front()
                .call->state.value,
            corpus::CallState::incoming);
  EXPECT_THAT(data(R"({"@odata.type":"#microsoft.graph.participantLeftNotification","participantId":"p"})")
                  .left.front()
                  .participant_id,
              Optional(Eq("p")));
}

TEST_F(NotificationParser, KeepsWhatItDoesNotKnowAsItStands) {
  const corpus::ResourceData& unknown = data(R"({ "@odata.type":"#microsoft.graph.new", "a":[1e2 ,"\u0041"]} )");
  EXPECT_EQ(unknown.kind, ResourceKind::unknown);
  EXPECT_THAT(unknown.type, Optional(Eq("#microsoft.graph.new")));
  EXPECT_EQ(unknown.raw, R"({ "@odata.type":"#microsoft.graph.new", "a":[1e2 ,"\u0041"]})");
}

TEST_F(NotificationParser, KeepsUnknownDataOfEachNotificationOfABatch) {
  const auto& delivery = parse(
      R"({"x":[1],"value":[{"resourceData":{"n":0}},{},{"a":1,"resourceData":[{"n":2}]}, {"resourceData":{"n":3}}]})");
  EXPECT_EQ(delivery.value[0].data.raw, R"({"n":0})");
  EXPECT_EQ(delivery.value[2].data.raw, R"([{"n":2}])");
  EXPECT_EQ(delivery.value[3].data.raw, R"({"n":3})");
}

TEST_F(NotificationParser, TakesTypesWithoutHashOrInAnotherCasing) {
  EXPECT_EQ(data(R"({"@odata.type":"microsoft.graph.call"})").kind, ResourceKind::call);
  EXPECT_EQ(data(R"({"@odata.type":"#Microsoft.Graph.Call"})").kind, ResourceKind::call);
  EXPECT_EQ(data(R"({"id":"1","@odata.type":"#microsoft.graph.call"})").kind, ResourceKind::call);
}

TEST_F(NotificationParser, ClassifiesByContentWithoutType) {
  EXPECT_EQ(data(R"({"state":"established"})").kind, ResourceKind::call);
  EXPECT_EQ(data(R"({"status":"completed","clientContext":"c"})").kind, ResourceKind::operation);
  EXPECT_EQ(data(R"([{"info":{}}])").kind, ResourceKind::roster);
  EXPECT_EQ(data(R"({"sequenceNumber":1,"participants":[]})").kind, ResourceKind::delta);
  EXPECT_EQ(data(R"({"call":{}})").kind, ResourceKind::joining);
  EXPECT_EQ(data(R"({"call":{},"participantId":"p"})").kind, ResourceKind::left);
  EXPECT_EQ(data(R"({"state":null,"state":"established"})").kind, ResourceKind::unknown);
}

TEST_F(NotificationParser, NeverClassifiesByThePathAlone) {
  EXPECT_EQ(data(R"({"@odata.type":"#microsoft.graph.inviteParticipantsOperation"})", "/app/calls/1/participants").kind,
            ResourceKind::operation);
  EXPECT_EQ(data("{}", "/app/calls/1/participants").kind, ResourceKind::unknown);
}

TEST_F(NotificationParser, TellsEmptyRosterByItsPath) {
  const corpus::ResourceData& nobody = data("[ ]", "/communications/calls/1/Participants");
  EXPECT_EQ(nobody.kind, ResourceKind::roster);
  EXPECT_TRUE(nobody.roster.present());
  EXPECT_EQ(data("[]", "/app/calls/1/contentsharingsessions").kind, ResourceKind::content_sharing);
  EXPECT_EQ(data("[]", "/app/calls/1").kind, ResourceKind::unknown);
}

TEST_F(NotificationParser, TakesANotificationWithoutEnvelope) {
  const auto& delivery = parse(R"({"changeType":"deleted","resourceData":{"@odata.type":"#microsoft.graph.call"}})");
  EXPECT_FALSE(delivery.enveloped);
  EXPECT_EQ(delivery.value[0].data.kind, ResourceKind::call);
  EXPECT_THAT(warnings(), ElementsAre("is a notification without an envelope"));
}

TEST_F(NotificationParser, TakesEnumsInAnyCasingAndKeepsUnknownOnes) {
  EXPECT_EQ(data(R"({"status":"Running"})").operations[0].status.value, corpus::OperationStatus::running);
  EXPECT_EQ(data(R"({"status":"running"})").operations[0].status.value, corpus::OperationStatus::running);
  const corpus::Word<corpus::OperationStatus> status = data(R"({"status":"resting"})").operations[0].status;
  EXPECT_EQ(status.value, corpus::OperationStatus::unknown);
  EXPECT_THAT(status.text, Optional(Eq("resting")));
  EXPECT_THAT(warnings(), IsEmpty());
}

TEST_F(NotificationParser, TakesNumbersInEverySpelling) {
  const auto code = [&](std::string_view json) {
    return data(R"({"status":"failed","resultInfo":{"subCode":)" + std::string(json) + "}}")
        .operations[0]
        .result_info->subcode;
  };
  for (const char* five : {"5001", "5001.0", "5.001e3", R"("5001")"})
    EXPECT_THAT(code(five).value, Optional(5001)) << five;
  EXPECT_THAT(code("-9223372036854775808").value, Optional(INT64_MIN));
  EXPECT_THAT(warnings(), IsEmpty());
  for (const char* odd : {"9223372036854775808", "0.5", "1e300", R"("transferring")", R"("")"}) {
    EXPECT_EQ(code(odd).value, std::nullopt) << odd;
    EXPECT_NE(code(odd).text, std::nullopt) << odd;
    EXPECT_EQ(warnings().size(), 1u) << odd;
  }
}

TEST_F(NotificationParser, TakesANumberWhereTextBelongs) {
  const auto& stream = data(R"([{"info":{},"mediaStreams":[{"sourceId":4294967295}]}])").roster[0].media_streams[0];
  EXPECT_THAT(stream.source_id, Optional(Eq("4294967295")));
  EXPECT_THAT(warnings(), ElementsAre("value/0/resourceData/0/mediaStreams/0/sourceId: is a number, taken as text"));
}

TEST_F(NotificationParser, FindsTheRegionInEachOfItsPlaces) {
  for (const char* info :
       {R"({"region":"r","identity":{"region":"no","user":{"region":"no"}}})",
        R"({"identity":{"region":"r","user":{"region":"no"}}})", R"({"identity":{"user":{"region":"r"}}})"}) {
    EXPECT_THAT(region_of(*data(R"([{"info":)" + std::string(info) + "}]").roster[0].info), Optional(Eq("r"))) << info;
  }
}

TEST_F(NotificationParser, TakesTheFirstOfTwoMembersAndSaysSo) {
  const auto& operation =
      data(R"({"status":"failed","st\u0061tus":["completed"],"resultInfo":{"subcode":1,"subCode":2}})").operations[0];
  EXPECT_EQ(operation.status.value, corpus::OperationStatus::failed);
  EXPECT_THAT(operation.result_info->subcode.value, Optional(1));
  EXPECT_THAT(warnings(), ElementsAre("value/0/resourceData/status: stands twice, the first one counts",
                                      "value/0/resourceData/resultInfo/subCode: stands twice, the first one counts"));
}

TEST_F(NotificationParser, KnowsEscapedKeys) {
  EXPECT_EQ(parse(R"({"v\u0061lue":[{"\u0063hangeType":"deleted"}]})").value[0].change_type.value,
            corpus::ChangeType::deleted);
}

TEST_F(NotificationParser, PassesOverNullElements) {
  EXPECT_EQ(data(R"([null,{"info":{}},null])").roster.size(), 1u);
  EXPECT_THAT(warnings(), ElementsAre("value/0/resourceData/0: is null, passed over",
                                      "value/0/resourceData/2: is null, passed over"));
}

TEST_F(NotificationParser, KeepsElementsOfDifferentTypesRaw) {
  const std::string mixed =
      R"([{"@odata.type":"#microsoft.graph.participant"},{"@odata.type":"#microsoft.graph.call"}])";
  EXPECT_EQ(data(mixed).kind, ResourceKind::unknown);
  EXPECT_EQ(delivery_.value[0].data.raw, mixed);
  EXPECT_THAT(warnings(), ElementsAre("value/0/resourceData: has elements of different types"));
}

TEST_F(NotificationParser, PassesOverAByteOrderMark) {
  EXPECT_EQ(parse("\xEF\xBB\xBF{\"value\":[]}").value.size(), 0u);
  EXPECT_THAT(warnings(), ElementsAre("begins with a byte order mark"));
}

TEST_F(NotificationParser, KeepsTextWithNul) {
  EXPECT_THAT(data(R"({"state":"a\u0000b"})").calls[0].state.text, Optional(Eq(std::string_view("a\0b", 3))));
}

TEST(ParseNotifications, OwnsWhatItReturns) {
  std::string body = delivery_of(R"({"state":"established"})");
  auto owned = corpus::parse_notifications(body);
  ASSERT_TRUE(owned);
  body.assign(body.size(), 'x');
  const corpus::OwnedNotifications moved = std::move(*owned);
  EXPECT_THAT(moved.delivery.value[0].data.calls[0].state.text, Optional(Eq("established")));
}

TEST(WriteNotifications, GivesBackWhatEverySampleSays) {
  corpus::NotificationParser parser;
  corpus::NotificationParser second;
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(support::source_path("corpus/sessions"))) {
    const auto session = corpus::read_session(file.path().string());
    ASSERT_TRUE(session);
    for (const corpus::Seed& seed : corpus::seeds_of(*session)) {
      if (seed.target != corpus::kNotificationSeeds || seed.bytes.find("\"value\"") == std::string::npos) continue;
      const auto delivery = parser.parse(seed.bytes);
      ASSERT_TRUE(delivery) << to_string(delivery.error());
      EXPECT_THAT(parser.warnings().list, IsEmpty()) << seed.bytes;
      const auto again = second.parse(write(*delivery));
      ASSERT_TRUE(again) << to_string(again.error());
      EXPECT_EQ(*again, *delivery) << seed.bytes;
      ++seen;
    }
  }
  EXPECT_GT(seen, 50u);
}

TEST_F(NotificationParser, ReadsAPaddedBodyWhereItLies) {
  for (const std::string_view mark : {"", "\xef\xbb\xbf"}) {
    const simdjson::padded_string body(std::string(mark) +
                                       delivery_of(R"({"@odata.type":"#microsoft.graph.call","id":"7"})"));
    corpus::NotificationParser other;
    const auto delivery = other.parse_in_place(body);
    ASSERT_TRUE(delivery);
    EXPECT_EQ(*delivery, parse(body));
    EXPECT_EQ(other.warnings().list, parser_.warnings().list);
    if (!mark.empty()) continue;  // what is unusual is read from a document, which holds its own strings
    const std::string_view resource = *delivery->value[0].resource;
    EXPECT_GE(resource.data(), body.data());
    EXPECT_LT(resource.data(), body.data() + body.size());
  }
}

TEST_F(NotificationParser, RefusesAPaddedBodyAsAnyOther) {
  corpus::NotificationParser small(corpus::ParseLimits{.bytes = 20});
  for (const std::string_view text : {"", "{", "[]", R"({"value":[{"changeType":1e999}]})"}) {
    const simdjson::padded_string body(text);
    EXPECT_EQ(parser_.parse_in_place(body).error(), parser_.parse(text).error()) << text;
    EXPECT_EQ(small.parse_in_place(body).error(), small.parse(text).error()) << text;
  }
}

// simdjson lets its user write into a padded string, and leaves nothing behind where one was moved from.
TEST_F(NotificationParser, TakesPaddingForWhatItIs) {
  simdjson::padded_string body(delivery_of(R"({"id":"7"})") + "9");
  const std::string_view whole = body;
  simdjson::padded_string shorter(whole.size() - 1);
  whole.copy(shorter.data(), whole.size());
  EXPECT_EQ(parser_.parse_in_place(shorter).value(),
            corpus::NotificationParser().parse(whole.substr(0, whole.size() - 1)));
  const simdjson::padded_string moved = std::move(body);
  EXPECT_EQ(parser_.parse_in_place(body).error(), corpus::NotificationParser().parse("").error());
}

}  // namespace
