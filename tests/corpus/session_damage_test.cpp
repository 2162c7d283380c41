#include <gmock/gmock.h>

#include "corpus/session_file.h"

using std::string_literals::operator""s;

namespace {

constexpr std::string_view kInfo = "{\"rollcall\":1,\"name\":\"n\"}\n";

/// A session with everything that the format has, as text.
const std::string kSession =
    std::string(kInfo) +
    R"({"x":1,"t":5,"leg":"webhook","request":{"method":"POST","target":"/a","headers":[["A","b"]],"json":{"v":[1,"é"]}}}
{"x":2,"t":6,"due":6,"leg":"graph","after":[1],"more":[],"request":{"method":"GET","target":{"base64":"6Q=="},"headers":[]}}
{"x":1,"t":7,"response":{"status":200,"headers":[["B","c"]],"text":"a\nb"}}
{"x":2,"t":8,"failure":"reset"}
{"x":3,"t":9,"leg":"graph","request":{"method":"PUT","target":"/c","headers":[],"base64":"/w=="}}
{"end":{"t":9,"messages":5}}
)";

corpus::Session read(const std::string& bytes) {
  auto session = corpus::parse_session(bytes, "f");
  EXPECT_TRUE(session.has_value()) << to_string(session.error());
  return session.value_or(corpus::Session{});
}

/// The reason why the second line of a session is damaged; the line after it must be kept.
std::string reason(const std::string& line) {
  const corpus::Session session =
      read(std::string(kInfo) + line + "\n" +
           R"({"x":99,"t":5,"leg":"graph","request":{"method":"GET","target":"/","headers":[]}})" + "\n");
  EXPECT_FALSE(session.exchanges.empty() || session.exchanges.back().number != 99) << line;
  EXPECT_LE(session.damage.size(), 1u);
  if (session.damage.empty()) return "";
  EXPECT_EQ(session.damage[0].error, corpus::Error::damaged);
  EXPECT_EQ(session.damage[0].where, "f:2");
  return session.damage[0].what;
}

std::string refused(const std::string& bytes) {
  const auto session = corpus::parse_session(bytes, "f");
  return session ? "read" : to_string(session.error());
}

std::string request_with(const std::string& members) {
  return R"({"x":1,"t":5,"leg":"graph","request":{"method":"GET","target":"/",)" + members + "}}";
}

/// Whether `part` is what `whole` begins with: the same exchanges, of which the last outcomes may still be missing.
bool is_prefix(const corpus::Session& part, const corpus::Session& whole) {
  for (const corpus::Exchange& exchange : part.exchanges) {
    const auto at = std::ranges::find(whole.exchanges, exchange.number, &corpus::Exchange::number);
    if (at == whole.exchanges.end()) return false;
    corpus::Exchange expected = *at;
    if (!exchange.ended_at_all()) expected.outcome = {};
    if (!same_apart_from_lines(exchange, expected)) return false;
  }
  return !part.end || part.end == whole.end;
}

TEST(DamagedLine, SaysWhatIsWrongWithItsMembers) {
  EXPECT_EQ(reason(R"({"x":"1","t":5,"failure":"reset"})"), R"("x" of the line must be an integer, not negative)");
  EXPECT_EQ(reason(R"({"x":-1,"t":5,"failure":"reset"})"), R"("x" of the line must be an integer, not negative)");
  EXPECT_EQ(reason(R"({"x":1,"t":-5,"failure":"reset"})"),
            R"("t" of the line must be an integer of microseconds, not negative)");
  EXPECT_EQ(reason(R"({"x":1,"t":5.0,"failure":"reset"})"),
            R"("t" of the line must be an integer of microseconds, not negative)");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"failure":7})"), R"("failure" of the line must be a string or {"base64":"…"})");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"leg":"both","request":{}})"), R"("leg" of the line must be "webhook" or "graph")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"request":[]})"), R"("request" of the line must be an object)");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"after":[-1],"failure":""})"),
            R"("after" of the line must be an array of exchange numbers)");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"response":{"status":1000,"headers":[]}})"),
            R"("status" of "response" must be an integer from 0 to 999)");
  EXPECT_EQ(reason(R"({"end":{"t":1,"messages":"2"}})"), R"("messages" of "end" must be an integer, not negative)");
  EXPECT_EQ(reason(R"({"end":3})"), R"("end" of the line must be an object)");
}

TEST(DamagedLine, SaysWhatIsWrongWithItsMessage) {
  const std::string headers = R"("headers" of "request" must be an array of ["name","value"])";
  EXPECT_EQ(reason(request_with(R"("headers":{})")), headers);
  EXPECT_EQ(reason(request_with(R"("headers":[["a"]])")), headers);
  EXPECT_EQ(reason(request_with(R"("headers":[["a","b","c"]])")), headers);
  EXPECT_EQ(reason(request_with(R"("headers":[["a",1]])")), headers);
  EXPECT_EQ(reason(request_with(R"("headers":[["a",{"base64":"x"}]])")), headers);
  EXPECT_EQ(reason(request_with(R"("headers":[["a",{"base64":"Zg==","b":1}]])")), headers);
  EXPECT_EQ(reason(request_with(R"("headers":[],"text":1)")), R"("text" of "request" must be a string)");
  EXPECT_EQ(reason(request_with(R"("headers":[],"base64":"?")")),
            R"("base64" of "request" must be a string of base64 with padding)");
  EXPECT_EQ(reason(request_with(R"("headers":[],"json":1,"text":"")")),
            R"(more than one of "json", "text", "base64" in "request")");
}

TEST(DamagedLine, SaysWhatIsMissing) {
  EXPECT_EQ(reason(R"({"t":5,"failure":"reset"})"), R"(no "x" in the line)");
  EXPECT_EQ(reason(R"({"x":5,"failure":"reset"})"), R"(no "t" in the line)");
  EXPECT_EQ(reason(R"({"x":5,"t":1})"), R"(none of "request", "response", "failure", "end")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"leg":"graph","request":{"method":"GET","headers":[]}})"),
            R"(no "target" in "request")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"leg":"graph","request":{"method":"GET","target":"/"}})"),
            R"(no "headers" in "request")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"response":{"headers":[]}})"), R"(no "status" in "response")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"request":{"method":"GET","target":"/","headers":[]}})"),
            R"(no "leg" beside "request")");
  EXPECT_EQ(reason(R"({"end":{"t":1}})"), R"(no "messages" in "end")");
}

TEST(DamagedLine, SaysWhatIsTooMuch) {
  EXPECT_EQ(reason(R"({"x":1,"x":1,"t":5,"failure":"reset"})"), R"("x" stands twice in the line)");
  EXPECT_EQ(reason(R"({"x":1,"\u0078":1,"t":5,"failure":"reset"})"), R"("x" stands twice in the line)");
  EXPECT_EQ(reason(request_with(R"("method":"GET","headers":[])")), R"("method" stands twice in "request")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"failure":"a","response":{"status":200,"headers":[]}})"),
            R"(more than one of "request", "response", "failure", "end")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"failure":"a","end":{"t":1,"messages":2}})"),
            R"(more than one of "request", "response", "failure", "end")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"leg":"graph","failure":"a"})"), R"("leg" belongs beside "request")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"due":4,"failure":"a"})"), R"("due" belongs beside "request")");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"after":[],"failure":"a"})"), R"("after" belongs beside "request")");
}

TEST(DamagedLine, SaysWhyItIsNoJson) {
  EXPECT_EQ(reason("[]"), "not a JSON object");
  EXPECT_EQ(reason("\xef\xbb\xbf{}"), "not a JSON object");
  EXPECT_THAT(reason(R"({"x":1,)"), testing::StartsWith("not valid JSON: "));
  EXPECT_THAT(reason("{\"x\":\"\xff\"}"), testing::StartsWith("not valid JSON: "));
  EXPECT_THAT(reason(std::string(5000, '{')), testing::StartsWith("not valid JSON: "));
  EXPECT_THAT(reason("\0\0\0"s), "not a JSON object");
}

TEST(DamagedLine, IsOneThatDoesNotFitTheOnesBefore) {
  const corpus::Session session = read(kSession + "{\"x\":1,\"t\":20,\"failure\":\"reset\"}\n{}\n");
  ASSERT_EQ(session.damage.size(), 2u);
  EXPECT_EQ(to_string(session.damage[0]), "f:8: stands after the end line");
  EXPECT_EQ(session.damage[1].where, "f:9");
  EXPECT_EQ(reason(R"({"x":1,"t":5,"failure":"reset"})"), "an outcome of exchange 1 before its request");
}

TEST(DamagedLine, IsASecondRequestOrOutcome) {
  const std::string request = R"({"x":1,"t":5,"leg":"graph","request":{"method":"GET","target":"/","headers":[]}})"
                              "\n";
  const std::string answer = R"({"x":1,"t":6,"response":{"status":200,"headers":[]}})"
                             "\n";
  const corpus::Session session = read(std::string(kInfo) + request + request + answer +
                                       R"({"x":1,"t":7,"failure":"late"})"
                                       "\n");
  ASSERT_EQ(session.damage.size(), 2u);
  EXPECT_EQ(to_string(session.damage[0]), "f:3: a second request of exchange 1");
  EXPECT_EQ(to_string(session.damage[1]), "f:5: a second outcome of exchange 1");
  EXPECT_EQ(session.exchanges.at(0).response()->status, 200);
}

TEST(LongSession, KeepsOrderAndPlaceOfEachLine) {
  // 20 MB, so that it is read in several batches: blank lines, a damaged line now and then, outcomes long after.
  constexpr int kExchanges = 20'000;
  const std::string body(1000, 'b');
  std::string bytes(kInfo);
  std::size_t line = 1;
  std::vector<std::string> damaged;
  for (int number = 1; number <= kExchanges; ++number) {
    const std::string x = std::to_string(number);
    bytes += R"({"x":)" + x + R"(,"t":)" + x + R"(,"leg":"graph","request":{"method":"GET","target":"/)" + x +
             R"(","headers":[],"text":")" + body + "\"}}\n";
    ++line;
    if (number % 1000 == 0) {
      bytes += "\r\n{\"x\":" + x + ",\"t\":1}\n";
      line += 2;
      damaged.push_back("f:" + std::to_string(line));
    }
  }
  const std::size_t last_request = line;
  for (int number = kExchanges; number >= 1; --number) {
    const std::string x = std::to_string(number);
    bytes += R"({"x":)" + x + R"(,"t":30000,"failure":")" + x + "\"}\n";
  }
  const corpus::Session session = read(bytes);
  ASSERT_EQ(session.exchanges.size(), static_cast<std::size_t>(kExchanges));
  for (int number = 1; number <= kExchanges; ++number) {
    const corpus::Exchange& exchange = session.exchanges[static_cast<std::size_t>(number - 1)];
    ASSERT_EQ(exchange.number, number);
    ASSERT_EQ(exchange.request.target, "/" + std::to_string(number));
    ASSERT_EQ(exchange.failure()->reason, std::to_string(number));
    ASSERT_EQ(exchange.outcome_line, last_request + static_cast<std::size_t>(kExchanges - number + 1));
  }
  std::vector<std::string> where;
  for (const corpus::Fault& fault : session.damage) where.push_back(fault.where);
  EXPECT_EQ(where, damaged);
}

TEST(SessionHeader, IsAskedFor) {
  EXPECT_EQ(refused(""), "f: the file is empty");
  EXPECT_EQ(refused("\n\r\n "), "f: the file is empty");
  EXPECT_EQ(refused("{}\n"), R"(f:1: not a session header: no "rollcall" in the first line)");
  EXPECT_EQ(refused("\n[1]"), "f:2: not a session header: not a JSON object");
  EXPECT_EQ(refused(R"({"rollcall":"1"})"),
            R"(f:1: not a session header: "rollcall" of the first line must be an integer from 1)");
  EXPECT_EQ(refused(R"({"rollcall":0})"),
            R"(f:1: not a session header: "rollcall" of the first line must be an integer from 1)");
  EXPECT_EQ(refused(R"({"rollcall":1,"name":1})"),
            R"(f:1: not a session header: "name" of the first line must be a string or {"base64":"…"})");
  EXPECT_EQ(refused(R"({"rollcall":1,"bot":"","bot":""})"),
            R"(f:1: not a session header: "bot" stands twice in the first line)");
  EXPECT_EQ(refused(R"({"rollcall":2,"name":7})"),
            "f:1: made by a later Rollcall: session format 2, this one reads up to 1");
  EXPECT_EQ(corpus::parse_session(R"({"rollcall":2})", "f").error().error, corpus::Error::version);
}

TEST(CutSession, IsAPrefixWhereverItIsCut) {
  const corpus::Session whole = read(kSession);
  ASSERT_TRUE(whole.damage.empty()) << to_string(whole.damage[0]);
  ASSERT_EQ(whole.exchanges.size(), 3u);
  for (std::size_t size = kInfo.size() - 1; size < kSession.size(); ++size) {
    const corpus::Session cut = read(kSession.substr(0, size));
    EXPECT_TRUE(is_prefix(cut, whole)) << size;
    EXPECT_LE(cut.damage.size(), 1u);
    const std::size_t lines = std::ranges::count(kSession.substr(0, size), '\n');
    const bool between_lines = kSession[size - 1] == '\n' || kSession[size] == '\n';
    EXPECT_EQ(cut.damage.empty(), between_lines) << size;
    if (!between_lines) {
      EXPECT_EQ(to_string(cut.damage.at(0)),
                "f:" + std::to_string(lines + 1) + ": the file ends in the middle of this line");
    }
    EXPECT_EQ(cut.end.has_value(), size >= kSession.size() - 1);
  }
}

TEST(CutSession, HasNoHeaderYet) {
  for (std::size_t size = 0; size < kInfo.size() - 1; ++size) {
    EXPECT_FALSE(corpus::parse_session(kSession.substr(0, size), "f").has_value());
  }
}

/// Reads the session with one byte changed, and checks what must hold whatever the byte became.
void read_with(std::size_t place, char byte) {
  std::string bytes = kSession;
  bytes[place] = byte;
  const auto session = corpus::parse_session(bytes, "f");
  const auto line = static_cast<std::size_t>(std::count(kSession.begin(), kSession.begin() + place, '\n')) + 1;
  if (!session) {
    EXPECT_EQ(line, 1u) << to_string(session.error());
    return;
  }
  for (const corpus::Fault& fault : session->damage) {
    const std::size_t at = std::stoul(fault.where.substr(2));
    // A changed line may take others with it: an outcome whose request is gone, all lines behind a false end.
    EXPECT_GE(at, line) << to_string(fault);
  }
  static const corpus::Session whole = read(kSession);
  for (const corpus::Exchange& before : whole.exchanges) {
    if (before.request_line >= line) continue;
    const auto kept = std::ranges::find(session->exchanges, before.number, &corpus::Exchange::number);
    ASSERT_NE(kept, session->exchanges.end()) << "exchange " << before.number << ", byte " << place;
    EXPECT_EQ(kept->request, before.request);
    if (before.outcome_line < line) {
      EXPECT_EQ(kept->outcome, before.outcome);
    }
  }
}

TEST(FlippedByte, NeverHurtsTheLinesBefore) {
  for (std::size_t place = 0; place < kSession.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) read_with(place, static_cast<char>(kSession[place] ^ 1 << bit));
    for (char byte : {'\0', '\n', '\r', '"', '\\', '{', '}', '[', ']', ',', ':', '9', '\xff'}) read_with(place, byte);
  }
}

TEST(LostByte, NeverHurtsTheLinesBefore) {
  const corpus::Session whole = read(kSession);
  for (std::size_t place = kInfo.size(); place < kSession.size(); ++place) {
    std::string bytes = kSession;
    bytes.erase(place, 1);
    const corpus::Session session = read(bytes);
    const auto line = static_cast<std::size_t>(std::count(kSession.begin(), kSession.begin() + place, '\n')) + 1;
    for (const corpus::Exchange& exchange : whole.exchanges) {
      if (exchange.request_line >= line) continue;
      const auto at = std::ranges::find(session.exchanges, exchange.number, &corpus::Exchange::number);
      ASSERT_NE(at, session.exchanges.end());
      EXPECT_EQ(at->request, exchange.request);
    }
  }
}

}  // namespace
