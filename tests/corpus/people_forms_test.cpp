// The forms in which people are written down: each goes, a second redaction changes nothing, and nothing in what is
// left looks like a leak.
#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "corpus/base64.h"
#include "corpus/leaks.h"
#include "corpus/redaction.h"
#include "corpus/session_redaction.h"

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kUser = "0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840";

corpus::Redactor people(int byte) {
  corpus::Redactor::Key key;
  key.fill(static_cast<std::byte>(byte));
  return corpus::Redactor(key, corpus::Redactor::Scope::people);
}

/// What a session says about a person, and the part of it that must go.
struct Form {
  corpus::Request said;
  std::string gone;
};

Form body(std::string text, std::string gone) {
  return {{"POST", "/", {}, std::move(text), {}}, std::move(gone)};
}
Form target(std::string text, std::string gone) {
  return {{"GET", std::move(text), {}, {}, {}}, std::move(gone)};
}
Form headers(corpus::Headers all, std::string gone) {
  return {{"GET", "/", std::move(all), {}, {}}, std::move(gone)};
}

std::string text_of(const corpus::Request& request) {
  std::string text = request.target + "\n";
  for (const corpus::Header& header : request.headers) text += header.name + ": " + header.value + "\n";
  return text + request.body;
}

corpus::Session session_of(const corpus::Request& request) {
  corpus::Session session;
  corpus::Exchange& exchange = session.exchanges.emplace_back();
  exchange.number = 1;
  exchange.request = request;
  return session;
}

corpus::Request redacted(const corpus::Request& request, int key) {
  corpus::Session session = session_of(request);
  corpus::Redactor redactor = people(key);
  corpus::learn(session, redactor);
  corpus::redact(session, redactor);
  return session.exchanges[0].request;
}

std::string redacted(const std::string& text) {
  return redacted(corpus::Request{"POST", "/", {}, text, {}}, 7).body;
}

std::string in_base64(std::string_view text) {
  return corpus::to_base64(text, {false, false});
}

std::string claims_header() {
  const std::string name = R"({"typ":"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name","val":"Ada Brook"},)";
  return corpus::to_base64(R"({"auth_typ":"aad","claims":[)" + name + R"({"typ":"name","val":"Ada Brook"}]})",
                           {false, true});
}

const std::vector<Form>& forms() {
  static const std::vector<Form> kForms = {
      // Guests, and mailboxes of more than ASCII letters.
      body("from ada.brook_fabrikam.com#EXT#@contoso.onmicrosoft.com", "ada.brook"),
      target("/v1.0/users/ada_fabrikam.com%23EXT%23%40contoso.onmicrosoft.com", "ada_fabrikam"),
      body("write to o'brook@contoso.com", "o'"),
      body("write to j\xc3\xb6rg.brook@contoso.com", "j\xc3"),
      // Numbers of telephones.
      body(R"({"phone":{"id":"004917012345678"}})", "12345678"),
      body(R"({"mobilePhone":"0049 170 12345678"})", "12345678"),
      body(R"({"mobilePhone":"0170/12345678"})", "12345678"),
      body(R"({"mobilePhone":"491701234567x12"})", "1701234567"),
      body(R"({"phone":{"id":"+491701234567x12"}})", "1701234567"),
      body("Call +491701234567 2026-11-23", "1701234567"),
      body("Call +491701234567 2026-11-23T10:00:00Z", "1701234567"),
      body("Call +491701234567 1234567", "1701234567"),
      body("Call +491701234567 12times", "1701234567"),
      body("tel:4917012345678", "12345678"),
      // Names with an address beside them.
      body(R"j({"user":{"displayName":"Ada Brook (ada@contoso.com)"}})j", "Ada Brook"),
      body(R"({"displayName":"Ada Brook @ Contoso"})", "Ada Brook"),
      body(R"j({"mail":"Ada Brook (ada@contoso.com)"})j", "Ada Brook"),
      body(R"([{"displayName":"Ada @ Contoso"},{"tenantId":"}Ada @ Contoso"}])", "Ada"),
      body(R"([{"upn":"28:ada"},{"oid":"28:ada&x"}])", "ada"),
      headers({{"X-Forwarded-Email", "Ada Brook <ada@contoso.com>"}}, "Ada Brook"),
      // Addresses in sentences, logs and paths.
      body("from 2a00:1450:4001:81b::200e.", "4001:81b"),
      body("2a00:1450:4001:81b::200e: refused", "4001:81b"),
      body("ip:2a00:1450:4001:81b::200e", "4001:81b"),
      body("candidate udp/81.2.69.142", "81.2.69.142"),
      body("candidate UDP/81.2.69.142", "81.2.69.142"),
      target("/clients/81.2.69.142/x", "81.2.69.142"),
      target("/Clients/81.2.69.142/x", "81.2.69.142"),
      // Ids with an escape in them.
      body(R"({"user":{"id":"\u0030b8e4f62-7d15-4c9a-9e03-52c1a7f6d840"}})", "7d15-4c9a"),
      body(R"({"tenantId":"\u0030b8e4f62-7d15-4c9a-9e03-52c1a7f6d840"})", "7d15-4c9a"),
      // Members of other services than Graph's calls.
      body(R"({"from":{"id":"29:1abcDEF","name":"Ada Brook"}})", "Ada Brook"),
      body(R"({"recipient":{"name":"Ada Brook"}})", "Ada Brook"),
      body(std::string(R"({"channelData":{"tenant":{"id":")") + kUser + R"("}}})", kUser),
      body(R"({"emailAddress":{"name":"Ada Brook","address":"ada@contoso.com"}})", "Ada Brook"),
      body(std::string(R"({"id":")") + kUser + R"(","displayName":"x","@odata.type":"#microsoft.graph.identity"})",
           kUser),
      body(R"({"onprem_sid":"S-1-5-21-1004336348-1177238915"})", "1004336348"),
      body(R"({"claims":[{"typ":"preferred_username","val":"ada.brook"}]})", "ada.brook"),
      body(std::string(R"([{"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":")") + kUser +
               R"("}])",
           kUser),
      body(std::string(R"({"http://schemas.microsoft.com/identity/claims/objectidentifier":")") + kUser + R"("})",
           kUser),
      headers({{"X-MS-CLIENT-PRINCIPAL", claims_header()}, {"X-Odd", "Ada Brook"}}, "Ada Brook"),
      // Values that are a secret and a person, or two things about one.
      headers({{"Referer", "https://bob:hunter2hunter2@h.example/x"}}, "hunter2"),
      body(R"({"password":"ada-brook-1","x":"sip:ada-brook-1@contoso.com 8:live:ada-brook-1"})", "ada-brook"),
      headers({{"X-Forwarded-User", "ada-brook-77"}, {"X-Api-Key", "ada-brook-77"}}, "ada-brook"),
      headers({{"X-MS-Client-Principal-Name", "81.2.69.142"}}, "81.2.69.142"),
      body(R"({"user":{"id":"Ada Brook","displayName":"Ada Brook"},"say":"Ada Brook"})", "Ada Brook"),
      body(std::string(R"({"upn":")") + kUser + R"(","user":{"id":")" + kUser + R"("}})", kUser),
      body(R"({"messageId":"12345678","phone":{"id":"12345678"},"say":"call 12345678"})", "12345678"),
      {{"POST",
        "/",
        {{"X-Who", R"({"displayName":"Ada \"B Brook"})"}},
        R"(5% Ada "B Brook, "passcode": "73-aB-9x")",
        {}},
       "73-aB"},
      body(R"({"oid":")" + in_base64("2a00:1450:4001:81b::200e") + R"("})", in_base64("2a00:1450:4001:81b::200e")),
      body(R"({"oid":")" + in_base64(R"({"password":"hunter2"})") + R"("})", in_base64(R"({"password":"hunter2"})")),
      body(R"({"displayName":")" + in_base64(R"({"displayName":"Ada Brook"})") + R"("})",
           in_base64(R"({"displayName":"Ada Brook"})")),
      // Numbers without quotes.
      body(R"({"joinMeetingId":234567890123})", "567890123"),
      body(R"({"phoneNumber":491701234567})", "1701234567"),
      body(R"({"chatInfo":{"messageId":"1533758867081"},"at":1533758867081})", "1533758867081"),
  };
  return kForms;
}

TEST(PeopleForms, Go) {
  for (const Form& form : forms()) {
    ASSERT_THAT(text_of(form.said), HasSubstr(form.gone));
    EXPECT_THAT(text_of(redacted(form.said, 7)), Not(HasSubstr(form.gone))) << text_of(form.said);
  }
}

TEST(PeopleForms, AreChangedOnce) {
  for (const Form& form : forms()) {
    const corpus::Request once = redacted(form.said, 7);
    EXPECT_NE(once, form.said) << text_of(form.said);
    EXPECT_EQ(text_of(redacted(once, 8)), text_of(once)) << text_of(form.said);
  }
}

// Somebody may have taken out the secrets first.
TEST(PeopleForms, AreChangedOnceBehindSecrets) {
  for (const Form& form : forms()) {
    corpus::Session session = session_of(form.said);
    corpus::Redactor secrets(corpus::Redactor::Key{}, corpus::Redactor::Scope::secrets);
    corpus::learn(session, secrets);
    corpus::redact(session, secrets);
    const corpus::Request once = redacted(session.exchanges[0].request, 7);
    EXPECT_THAT(text_of(once), Not(HasSubstr(form.gone))) << text_of(form.said);
    EXPECT_EQ(text_of(redacted(once, 8)), text_of(once)) << text_of(form.said);
  }
}

TEST(PeopleForms, AreLeaksAndLeaveNone) {
  for (const Form& form : forms()) {
    EXPECT_THAT(corpus::leaks_in(session_of(form.said), {}), Not(IsEmpty())) << text_of(form.said);
    const corpus::Request left = redacted(form.said, 7);
    std::vector<std::string> leaks;
    for (const corpus::Fault& leak : corpus::leaks_in(session_of(left), {})) leaks.push_back(to_string(leak));
    EXPECT_THAT(leaks, IsEmpty()) << text_of(left);
  }
}

TEST(PeopleForms, KeepWhatStandsAroundThem) {
  EXPECT_THAT(redacted("Call +491701234567 2026-11-23"), testing::ContainsRegex(R"(^Call \+999[0-9]{9} 2026-11-23$)"));
  EXPECT_THAT(redacted("+491701234567x12"), testing::ContainsRegex(R"(^\+999[0-9]{9}x12$)"));
  EXPECT_THAT(redacted("\xe2\x80\x9c"
                       "ada@contoso.com\xe2\x80\x9d \xc2\xa0"
                       "ada@contoso.com"),
              testing::ContainsRegex("^\xe2\x80\x9cperson-.*\xe2\x80\x9d \xc2\xa0person-"));
  EXPECT_THAT(redacted("https://h/x#ada@contoso.com"), HasSubstr("https://h/x#person-"));
  EXPECT_THAT(redacted("ip:2a00:1450:4001:81b::200e."), testing::ContainsRegex("^ip:2001:db8::[0-9:]+\\.$"));
}

TEST(PeopleForms, LeaveJsonWhereTheyAreNumbers) {
  EXPECT_THAT(redacted(R"({"messageId":"1533758867081","at":1533758867081})"),
              testing::ContainsRegex(R"j(^\{"messageId":"900[0-9]{10}","at":900[0-9]{10}\}$)j"));
  EXPECT_THAT(redacted(R"({"joinMeetingId":90012345678})"), Not(HasSubstr("90012345678"))) << "its check digit is 1";
}

TEST(PeopleForms, AreNotWhatOnlyLooksLikeThem) {
  for (const char* other : {"Chrome/120.0.1.2", "(KHTML) Edg/120.0.2210.91", R"("v":"1.2.3.4")", "ip:10:00:00",
                            R"({"typ":"JWT","val":"Ada Brook"})", R"({"from":{"id":"28:app","name":"Rollcall Bot"}})",
                            R"({"name":"Ada Brook"})", "hotel:4917012345678",
                            R"({"application":{"name":"Rollcall Bot"}})", "+1234567890123456"}) {
    EXPECT_EQ(redacted(other), other);
  }
}

TEST(PeopleForms, LeaveTheWordsOfTheProtocolAlone) {
  for (const char* word : {"calls", "user", "participants"}) {
    const std::string id = std::string(R"({"user":{"id":")") + word + R"("},"x":")";
    const std::string rest = std::string("/v1.0/communications/") + word + R"("})";
    const std::string left = redacted(id + rest);
    EXPECT_THAT(left, testing::StartsWith(R"({"user":{"id":"person-)"));
    EXPECT_THAT(left, testing::EndsWith(rest));
  }
  EXPECT_THAT(redacted(R"({"upn":"ada.brook","x":"/users/ada.brook"})"), Not(HasSubstr("ada")));
}

TEST(PeopleForms, HaveOneStandInInWhateverOrderTheyCome) {
  const std::string id = R"({"user":{"id":"Ada Brook"}})";
  const std::string name = R"({"displayName":"Ada Brook"})";
  const std::string say = R"(,{"say":"Ada Brook"}])";
  const auto said_in = [](const std::string& text) { return text.substr(text.find("say")); };
  EXPECT_EQ(said_in(redacted("[" + id + "," + name + say)), said_in(redacted("[" + name + "," + id + say)));
  EXPECT_THAT(said_in(redacted("[" + id + "," + name + say)), HasSubstr("Person-"));
  const std::string two = redacted(R"({"upn":"Ada.Brook"}{"upn":"ada.brook"})");
  EXPECT_EQ(two.substr(0, two.size() / 2), two.substr(two.size() / 2));
}

}  // namespace
