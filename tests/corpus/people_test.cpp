// What is said about people goes, and what it said stays together.
#include <gmock/gmock.h>

#include <set>
#include <string>

#include "corpus/base64.h"
#include "corpus/ids.h"
#include "corpus/people_store.h"
#include "corpus/redaction.h"
#include "corpus/session_redaction.h"
#include "corpus/stand_in.h"

namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kUser = "0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840";
constexpr const char* kTenant = "6d2f7b1e-90c4-4a57-8c39-1f5be0a7d311";

corpus::Redactor people(int byte = 7) {
  corpus::Redactor::Key key;
  key.fill(static_cast<std::byte>(byte));
  return corpus::Redactor(key, corpus::Redactor::Scope::people);
}

std::string redacted(std::string text) {
  corpus::Redactor redactor = people();
  redactor.redact(text);
  return text;
}

std::string redacted_target(const std::string& target) {
  corpus::Redactor redactor = people();
  corpus::Request message{"GET", target, {}, {}, {}};
  redactor.redact(message);
  return message.target;
}

TEST(People, LoseNameAndIdsInIdentities) {
  const std::string body =
      redacted(std::string(R"({"user":{"id":")") + kUser + R"(","displayName":"Ada Brook","tenantId":")" + kTenant +
               R"("},"say":"Hello Ada Brook, and Ada Brooks"})");
  EXPECT_THAT(body, Not(HasSubstr(kUser)));
  EXPECT_THAT(body, Not(HasSubstr(kTenant)));
  EXPECT_THAT(body, ContainsRegex(R"("displayName":"Person-[0-9a-f]{8}")"));
  EXPECT_THAT(body, ContainsRegex(R"("say":"Hello Person-[0-9a-f]{8}, and Ada Brooks")"));
}

TEST(People, AreNoApplications) {
  const std::string body = std::string(R"({"application":{"id":")") + kUser +
                           R"(","displayName":"Rollcall Bot"},"id":"57da","guest":{"displayName":"program"}})";
  EXPECT_EQ(redacted(body), body);
}

TEST(People, KeepTheIdsOfCallsAndParticipants) {
  const std::string body = R"({"resource":"/app/calls/62093a17-bc4e-47ae-aaf4-7513de5579c8","resourceData":[)"
                           R"({"id":"c2fed582-6ba9-4aa6-bd05-0509f973d66e","isMuted":false}]})";
  EXPECT_EQ(redacted(body), body);
}

TEST(People, HaveTheSameStandInInEverySpelling) {
  const std::string bare = corpus::canonical_id(kUser);
  corpus::Redactor redactor = people();
  corpus::Request message{"GET", "/v1.0/users/" + std::string(kUser) + "/x?u=" + bare, {}, std::string(kUser), {}};
  redactor.redact(message);
  EXPECT_TRUE(corpus::is_guid_stand_in(corpus::canonical_id(message.body), corpus::GuidOf::person)) << message.body;
  EXPECT_EQ(message.target, "/v1.0/users/" + message.body + "/x?u=" + corpus::canonical_id(message.body));
}

TEST(People, AreCalledByNumbersOfTheSameForm) {
  EXPECT_THAT(redacted(R"({"phone":{"id":"+15551234567"}})"), ContainsRegex(R"("\+999[0-9]{8}")"));
  EXPECT_THAT(redacted("tel:+1-555-123-4567;x"), ContainsRegex(R"(tel:\+999[0-9]{8};x)"));
  EXPECT_THAT(redacted("call +1 (555) 123-4567."), ContainsRegex(R"(call \+999[0-9]{8}\.)"));
  for (const char* other : {"+1234567890123456", "2026-11-23T10:00:00+0100", "a+15551234567b", "+12345", "1+2"}) {
    EXPECT_EQ(redacted(other), other);
  }
}

TEST(People, LoseMailAndSipAddresses) {
  EXPECT_THAT(redacted("ada.brook@contoso.com, SIP:ada@10.1.2.3"),
              ContainsRegex("^person-[0-9a-f]{16}@redacted\\.example, SIP:person-[0-9a-f]{16}@[0-9.]+$"));
  EXPECT_THAT(redacted_target("/users?mail=ada%40contoso.com"),
              ContainsRegex("mail=person-[0-9a-f]{16}%40redacted\\.example$"));
  for (const char* other : {R"({"participants@odata.count":1,"@odata.type":"#a.b"})", "a@b", "x@2x.p"}) {
    EXPECT_EQ(redacted(other), other);
  }
}

TEST(People, OfManyAddressesHardlyAnyTwoBecomeOne) {
  std::set<std::string> stand_ins;
  for (int i = 0; i < 500; ++i)
    stand_ins.insert(redacted("10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250)));
  EXPECT_GE(stand_ins.size(), 495u);
  EXPECT_EQ(redacted(*stand_ins.begin()), *stand_ins.begin());
}

TEST(People, LoseAddressesOfTheirMachines) {
  EXPECT_THAT(redacted("from 10.20.30.40:5061"), ContainsRegex("^from 198\\.1[89]\\.[0-9]+\\.[0-9]+:5061$"));
  EXPECT_THAT(redacted("[2603:1020::45:ab]:443"), ContainsRegex(R"(^\[2001:db8::[0-9:]+\]:443$)"));
  for (const char* other :
       {"127.0.0.1", "192.0.2.7", "224.0.0.1", "Chrome/120.0.1.2", "v1.2.3.4", R"("version":"1.2.3.4")", "1.2.3.4.5",
        "300.1.1.1", "::1", "2001:db8::5", "10:00:00", "std::string", "a::b"}) {
    EXPECT_EQ(redacted(other), other);
  }
}

TEST(People, LoseChatsAndMeetingsInEverySpelling) {
  const std::string plain = redacted("19:meeting_b4f1d6c09a3e47d58e72c01f@thread.v2");
  EXPECT_THAT(plain, ContainsRegex("^19:meeting_redacted[0-9a-f]{16}@thread\\.v2$"));
  const std::string target =
      redacted_target("/l/meetup-join/19%3ameeting_b4f1d6c09a3e47d58e72c01f%40thread.v2/0?context=%7b%22Tid%22%3a%22" +
                      std::string(kTenant) + "%22%2c%22Oid%22%3a%22" + kUser + "%22%7d");
  EXPECT_THAT(target,
              HasSubstr("19%3a" + plain.substr(3, plain.find('@') - 3) + "%40thread.v2/0?context=%7b%22Tid%22%3a%22"));
  EXPECT_THAT(target, Not(HasSubstr(kTenant)));
  EXPECT_THAT(target, Not(HasSubstr(kUser)));
  EXPECT_THAT(redacted("https://teams.microsoft.com/meet/2345678901234"), ContainsRegex("/meet/900[0-9]{10}$"));
  EXPECT_THAT(redacted(R"({"joinMeetingId":"234567890123","messageId":"0"})"),
              ContainsRegex(R"(\{"joinMeetingId":"900[0-9]{9}","messageId":"0"\})"));
}

TEST(People, LoseAccountsInLongerTexts) {
  EXPECT_THAT(redacted(std::string("8:orgid:") + kUser), Not(HasSubstr(kUser)));
  EXPECT_THAT(redacted("8:live:ada.brook_7"), ContainsRegex("^8:live:person-[0-9a-f]{16}$"));
  EXPECT_EQ(redacted(std::string("28:") + kUser), std::string("28:") + kUser);
}

TEST(People, LoseThemselvesInTokensAlsoInThoseThatStandInForOthers) {
  const std::string claims = std::string(R"({"aud":"bot","exp":1,"oid":")") + kUser + R"(","name":"Ada Brook"})";
  const std::string token = corpus::to_base64(R"({"alg":"none"})", {true, false}) + "." +
                            corpus::to_base64(claims, {true, false}) + ".c2lnbmF0dXJl";
  corpus::Redactor::Key key{};
  corpus::Request message{"GET", "/", {{"Authorization", "Bearer " + token}}, {}, {}};
  corpus::Redactor(key).redact(message);
  EXPECT_THAT(corpus::token_claims(message.headers[0].value.substr(7)), HasSubstr("Ada Brook"));
  corpus::Redactor redactor = people();
  redactor.redact(message);
  const std::string stand_in = message.headers[0].value.substr(7);
  EXPECT_TRUE(corpus::is_stand_in(stand_in));
  EXPECT_THAT(corpus::token_claims(stand_in), HasSubstr(R"({"aud":"bot","exp":1,"oid":")"));
  EXPECT_THAT(corpus::token_claims(stand_in), Not(HasSubstr("Ada Brook")));
  EXPECT_THAT(corpus::token_claims(stand_in), Not(HasSubstr(kUser)));
}

/// A session whose last line tells whose name and whose secret stand in its first.
corpus::Session told_late() {
  corpus::Session session;
  session.info.name = "call of Ada Brook";
  session.info.extra = R"("note":"hunter2-hunter2")";
  for (int number = 1; number <= 2; ++number) {
    corpus::Exchange& exchange = session.exchanges.emplace_back();
    exchange.number = number;
    exchange.sent = number;
    exchange.request = {
        "POST", "/api/x/0b8e4f627d154c9a9e0352c1a7f6d840", {{"X-Odd", "hunter2-hunter2"}}, "Hello Ada Brook", {}};
  }
  session.exchanges.back().outcome = corpus::Response{
      200,
      {},
      std::string(R"({"user":{"id":")") + kUser + R"(","displayName":"Ada Brook"},"client_secret":"hunter2-hunter2"})",
      {}};
  session.exchanges.front().outcome = corpus::Failure{"hunter2-hunter2"};
  session.end = corpus::SessionEnd{9, 4, R"("died":{"output":["Ada Brook"]})", {}};
  return session;
}

std::string all_of(const corpus::Session& session) {
  std::string text = session.info.name + session.info.extra + session.end->extra;
  for (const corpus::Exchange& exchange : session.exchanges) {
    text += exchange.request.target + exchange.request.headers[0].value + exchange.request.body;
    if (exchange.response() != nullptr) text += exchange.response()->body;
    if (exchange.failure() != nullptr) text += exchange.failure()->reason;
  }
  return text;
}

TEST(SessionRedaction, ReplacesInTheFirstLineWhatTheLastOneTells) {
  corpus::Session session = told_late();
  corpus::Redactor redactor = people();
  corpus::learn(session, redactor);
  EXPECT_THAT(all_of(session), HasSubstr("Ada Brook")) << "learning changes nothing";
  corpus::redact(session, redactor);
  for (const char* gone : {"Ada", "hunter2", "0b8e4f62"}) EXPECT_THAT(all_of(session), Not(HasSubstr(gone)));
}

TEST(SessionRedaction, ChangesNothingTheSecondTime) {
  corpus::Session session = told_late();
  corpus::Redactor first = people();
  corpus::learn(session, first);
  corpus::redact(session, first);
  corpus::Session again = session;
  corpus::Redactor second = people(8);
  corpus::learn(again, second);
  corpus::redact(again, second);
  EXPECT_EQ(all_of(again), all_of(session));
}

TEST(SessionRedaction, GivesTheSameStandInsUnderTheSameKey) {
  const auto redacted_with = [](int key) {
    corpus::Session session = told_late();
    corpus::Redactor redactor = people(key);
    corpus::learn(session, redactor);
    corpus::redact(session, redactor);
    return all_of(session);
  };
  EXPECT_EQ(redacted_with(1), redacted_with(1));
  EXPECT_NE(redacted_with(1), redacted_with(2));
}

}  // namespace
