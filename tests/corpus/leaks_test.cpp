#include "corpus/leaks.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <string>

#include "corpus/base64.h"
#include "corpus/clue.h"
#include "corpus/session_file.h"
#include "corpus/session_redaction.h"
#include "tests/support/compressed.h"
#include "tests/support/source_path.h"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

corpus::LeakRules rules(const std::string& text) {
  auto parsed = corpus::LeakRules::parse(text, "r");
  if (!parsed) ADD_FAILURE() << to_string(parsed.error());
  return parsed ? *parsed : corpus::LeakRules();
}

std::string fault_of(const std::string& text) {
  const auto parsed = corpus::LeakRules::parse(text, "r");
  return parsed ? "" : to_string(parsed.error());
}

/// A session with one request, which has this body.
corpus::Session session_of(std::string body, corpus::Headers headers = {}, std::string target = "/") {
  corpus::Session session;
  session.path = "f";
  corpus::Exchange& exchange = session.exchanges.emplace_back();
  exchange.number = 1;
  exchange.request = {"POST", std::move(target), std::move(headers), std::move(body), {}};
  exchange.request_line = 2;
  return session;
}

std::vector<std::string> leaks(const corpus::Session& session, const corpus::LeakRules& more = {}) {
  std::vector<std::string> all;
  for (const corpus::Fault& fault : corpus::leaks_in(session, more)) all.push_back(to_string(fault));
  return all;
}

TEST(Leaks, AreToldWithLineAndPointer) {
  EXPECT_THAT(leaks(session_of(R"({"value":[{"user":{"displayName":"Ada Brook"}},{"a/b":{"access_token":"abc"}}]})")),
              ElementsAre("f:2: /request/json/value/0/user/displayName: what looks like a person (person-name)",
                          "f:2: /request/json/value/1/a~1b/access_token: what looks like a secret (secret-member)"));
  EXPECT_THAT(leaks(session_of("", {{"A", "b"}, {"Cookie", "s=secret"}}, "/x?code=abc")),
              ElementsAre("f:2: /request/target: what looks like a secret (secret-parameter)",
                          "f:2: /request/headers/1/1: what looks like a secret (secret-header)"));
}

TEST(Leaks, DoNotTellTheValue) {
  for (const std::string& leak : leaks(session_of(R"({"access_token":"very-secret","mail":"ada@contoso.com"})"))) {
    EXPECT_THAT(leak, Not(HasSubstr("very-secret")));
    EXPECT_THAT(leak, Not(HasSubstr("contoso")));
  }
}

TEST(Leaks, AreFoundInBrokenJsonAndUnderCodings) {
  EXPECT_THAT(leaks(session_of(R"({"user":{"displayName":"Ada Brook",},)")),
              ElementsAre("f:2: /request/text: what looks like a person (person-name)"));
  EXPECT_THAT(leaks(session_of(support::compressed(R"({"mail":"ada@contoso.com"})"), {{"Content-Encoding", "gzip"}})),
              ElementsAre("f:2: /request/base64/mail: what looks like a person (mail)"));
  EXPECT_THAT(
      leaks(session_of("{\"s\":\"" + corpus::to_base64(R"({"password":"very-secret"})", {true, false}) + "\"}")),
      ElementsAre("f:2: /request/json/s: what looks like a secret (secret-member)"));
}

TEST(Leaks, MayBeInABodyThatCannotBeDecoded) {
  const std::string body = support::compressed(R"({"mail":"ada@contoso.com"})");
  const corpus::Session cut = session_of(body.substr(0, body.size() - 4), {{"Content-Encoding", "gzip"}});
  EXPECT_THAT(leaks(cut), ElementsAre("f:2: /request/base64: a body that cannot be decoded (unreadable)"));
  EXPECT_THAT(leaks(cut, rules("allow rule unreadable\n")), IsEmpty());
  EXPECT_THAT(leaks(session_of(R"({"plain":"after all"})", {{"Content-Encoding", "br"}})), IsEmpty());
}

TEST(Leaks, AreFoundByWhatStandsElsewhere) {
  corpus::Session session = session_of("Hello Ada Brook");
  session.exchanges[0].outcome = corpus::Response{200, {}, R"({"user":{"displayName":"Ada Brook"}})", {}};
  session.exchanges[0].outcome_line = 3;
  EXPECT_THAT(leaks(session),
              ElementsAre("f:2: /request/text: what looks like a person (known-person)",
                          "f:3: /response/json/user/displayName: what looks like a person (person-name)"));
}

TEST(Leaks, AreNoneInWhatIsNobodys) {
  EXPECT_THAT(leaks(session_of(R"({"a":"127.0.0.1 192.0.2.1 ::1","guest":{"displayName":"program"},"messageId":"0"})",
                               {{"Authorization", "Bearer redacted-0123456789abcdef"}})),
              IsEmpty());
}

TEST(Leaks, AreGoneOnceAllIsRedacted) {
  const std::string user = "0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840";
  corpus::Session session = session_of(
      R"({"user":{"id":")" + user + R"(","displayName":"Ada Brook","tenantId":"6d2f7b1e90c44a578c391f5be0a7d311"},)" +
          R"("phone":{"id":"+15551234567"},"mail":"ada@contoso.com","ip":"10.1.2.3 2603:1020::45:ab","apiKey":")" +
          user + R"(","threadId":"19:meeting_abc@thread.v2","joinMeetingId":"234567890123","mri":"8:live:ada.brook"})",
      {{"Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJuYW1lIjoiQWRhIEJyb29rIn0.c2ln"}},
      "/meet/234567890123?p=AbCdEf12345");
  EXPECT_THAT(leaks(session), Not(IsEmpty()));
  corpus::Redactor redactor(corpus::Redactor::Key{}, corpus::Redactor::Scope::people);
  corpus::learn(session, redactor);
  corpus::redact(session, redactor);
  EXPECT_THAT(leaks(session), IsEmpty()) << session.exchanges[0].request.body;
}

TEST(LeakRules, NameMembersHeadersAndValues) {
  const corpus::Session session =
      session_of(R"({"badge":"B-17","note":"project \u0046alcon","n":7})", {{"X-Badge", "B-17"}});
  EXPECT_THAT(
      leaks(session, rules("# ours\n\nbadge member badge|n\n  pass header x-badge\nproject value project Falc.n\n")),
      ElementsAre("f:2: /request/headers/0/1: what looks like a leak (pass)",
                  "f:2: /request/json/badge: what looks like a leak (badge)",
                  "f:2: /request/json/note: what looks like a leak (project)",
                  "f:2: /request/json/n: what looks like a leak (badge)"));
}

TEST(LeakRules, AllowWhatIsKnownToBeHarmless) {
  const corpus::Session session =
      session_of(R"({"mail":"support@contoso.com","user":{"displayName":"Test User"},"ip":"10.0.0.4"})");
  EXPECT_EQ(leaks(session).size(), 3u);
  EXPECT_THAT(
      leaks(session, rules("allow value ^support@contoso\\.com$\nallow member displayName\nallow rule address\n")),
      IsEmpty());
}

TEST(LeakRules, AllowNothingElseInTheSameText) {
  const corpus::LeakRules allow = rules("allow value support@contoso\\.com\n");
  EXPECT_THAT(leaks(session_of("support@contoso.com, client_secret=very-secret"), allow),
              ElementsAre("f:2: /request/text: what looks like a secret (secret-parameter)"));
  EXPECT_THAT(leaks(session_of(R"({"note":"support@contoso.com or ada@fabrikam.com"})"), allow),
              ElementsAre("f:2: /request/json/note: what looks like a person (mail)"));
  EXPECT_THAT(leaks(session_of(R"({"note":"support@contoso.com or support@contoso.com"})"), allow), IsEmpty());
}

TEST(LeakRules, AllowWhatMatchesTheFindOrCoversIt) {
  const auto allowed = [](const std::string& pattern, const std::string& body) {
    return leaks(session_of(body), rules("allow value " + pattern + "\n")).empty();
  };
  // The word around a find says nothing about it.
  const std::string url = R"({"url":"https://api.contoso.com/x?client_secret=very-secret"})";
  EXPECT_FALSE(allowed("contoso", url));
  EXPECT_FALSE(allowed("^https://api\\.contoso\\.com/", url));
  EXPECT_TRUE(allowed("very", url));
  EXPECT_TRUE(allowed("^https://api\\.contoso\\.com/.*$", url));
  EXPECT_TRUE(allowed("client_secret=very-secret", url));
  EXPECT_FALSE(allowed("client_secret=very", url));
  // Of a mail address both halves are meant.
  const std::string mail = R"({"note":"ada@contoso.com,"})";
  EXPECT_TRUE(allowed("@contoso\\.com$", mail));
  EXPECT_TRUE(allowed("^ada@", mail));
  EXPECT_FALSE(allowed("@contoso\\.org$", mail));
  EXPECT_FALSE(allowed("@contoso\\.com$", R"({"note":"ada@contoso.com bob@fabrikam.com"})"));
  // Of what is known by what stands around it, users see more than is replaced.
  const std::string chat = R"({"threadId":"19:meeting_abcDEF0123@thread.v2"})";
  EXPECT_TRUE(allowed("^19:meeting_abcDEF0123@thread\\.v2$", chat));
  EXPECT_FALSE(allowed("^19:", chat));
  EXPECT_TRUE(allowed("^\\+49170[0-9]*$", R"({"to":"+491701234567"})"));
}

// Patterns may take time that grows with the square of a text.
TEST(LeakRules, LookNoFurtherThanAroundTheFind) {
  const std::string word(1'000'000, 'a');
  EXPECT_THAT(leaks(session_of(word + "?client_secret=0123456789" + word), rules("allow value a+b\n")),
              ElementsAre("f:2: /request/text: what looks like a secret (secret-parameter)"));
}

TEST(LeakRules, ThatAreWrongAreToldWithTheirLine) {
  EXPECT_EQ(fault_of("a member b\nc nothing d\n"), "r:2: expected member, header or value behind 'c', found 'nothing'");
  EXPECT_EQ(fault_of("a member"), "r:1: a pattern is missing");
  EXPECT_EQ(fault_of("a rule mail"), "r:1: only 'allow' takes the name of a rule");
  EXPECT_THAT(fault_of("a value ("), HasSubstr("r:1: '(' is no pattern: "));
}

TEST(LeakRules, AreListedOnThePageOnTrust) {
  std::ifstream file(support::source_path("corpus/TRUST.md"));
  const std::string page(std::istreambuf_iterator<char>(file), {});
  for (const corpus::ClueText& clue : corpus::clue_texts()) {
    EXPECT_THAT(page, HasSubstr("| `" + std::string(clue.rule) + "` | " + std::string(clue.what) + " |"));
  }
}

}  // namespace
