#include "corpus/session_file.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <random>
#include <sstream>

#include "corpus/verify.h"
#include "tests/support/source_path.h"

using std::string_literals::operator""s;

namespace {

constexpr const char* kInfoLine =
    R"({"rollcall":1,"name":"n","started":"2026-11-23T10:00:00.000000Z","bot":"b","graph":"g","origin":"o"})";

/// A folder of its own for one test, gone afterwards.
class SessionFile : public testing::Test {
 protected:
  SessionFile() {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("rollcall-" + std::to_string(std::random_device{}()) + test.name());
    std::filesystem::create_directories(folder_);
  }
  ~SessionFile() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path(const std::string& name = "a.session.jsonl") const { return folder_ / name; }

  std::string text() const {
    std::ostringstream bytes;
    bytes << std::ifstream(path(), std::ios::binary).rdbuf();
    return bytes.str();
  }

  /// Writes the session and reads it back.
  corpus::Session again(const corpus::Session& session) {
    std::filesystem::remove(path());
    const auto written = corpus::write_session(path(), session);
    EXPECT_TRUE(written.has_value());
    auto read = corpus::read_session(path());
    EXPECT_TRUE(read.has_value()) << (read ? "" : to_string(read.error()));
    EXPECT_TRUE(!read || read->damage.empty()) << to_string(read->damage.front());
    return read.value_or(corpus::Session{});
  }

 private:
  std::filesystem::path folder_;
};

corpus::Exchange exchange(std::int64_t number, corpus::Micros sent, std::string body = {}) {
  corpus::Exchange made;
  made.number = number;
  made.sent = sent;
  made.request = {"POST", "/api/calls", {{"Content-Type", "application/json"}}, std::move(body), {}};
  return made;
}

void expect_same(const corpus::Session& a, const corpus::Session& b) {
  EXPECT_EQ(a.info, b.info);
  EXPECT_EQ(a.end, b.end);
  ASSERT_EQ(a.exchanges.size(), b.exchanges.size());
  for (std::size_t i = 0; i < a.exchanges.size(); ++i) {
    EXPECT_TRUE(same_apart_from_lines(a.exchanges[i], b.exchanges[i])) << "exchange " << a.exchanges[i].number;
  }
}

TEST_F(SessionFile, IsWrittenAsThePageSays) {
  auto writer = corpus::SessionWriter::create(path(), {"n", "2026-11-23T10:00:00.000000Z", "b", "g", "o", {}});
  ASSERT_TRUE(writer);
  corpus::Exchange first = exchange(1, 5, R"({"a": [1]})");
  writer->request(first);
  first.outcome = corpus::Response{202, {}, {}, {}};
  first.ended = 70;
  writer->outcome(first);
  corpus::Exchange second = exchange(2, 80, "a\nb");
  second.leg = corpus::Leg::graph;
  second.due = 79;
  second.after = {{1, 7}};
  second.outcome = corpus::Failure{"timeout"};
  second.ended = 90;
  writer->request(second);
  writer->outcome(second);
  ASSERT_TRUE(writer->finish(100));
  EXPECT_EQ(
      text(),
      std::string(kInfoLine) + "\n" +
          R"({"x":1,"t":5,"leg":"webhook","request":{"method":"POST","target":"/api/calls",)"
          R"("headers":[["Content-Type","application/json"]],"json":{"a": [1]}}})"
          "\n"
          R"({"x":1,"t":70,"response":{"status":202,"headers":[]}})"
          "\n"
          R"({"x":2,"t":80,"due":79,"leg":"graph","after":[1,7],"request":{"method":"POST","target":"/api/calls",)"
          R"("headers":[["Content-Type","application/json"]],"text":"a\nb"}})"
          "\n"
          R"({"x":2,"t":90,"failure":"timeout"})"
          "\n"
          R"({"end":{"t":100,"messages":4}})"
          "\n");
}

TEST_F(SessionFile, GivesBackEveryBodyByteForByte) {
  const auto deep = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes.push_back(static_cast<char>(byte));
  const std::vector<std::string> bodies = {"",
                                           "{}",
                                           "null",
                                           "-0",
                                           "1e400",
                                           "123456789012345678901234567890",
                                           "\"\\ud800\"",
                                           "\"\\u0041\"",
                                           "{\"a\":1,}",
                                           "{\n  \"pretty\": true\n}\n",
                                           "{\r\n\"a\":1\r\n}",
                                           "[1,\r2]",
                                           "\xef\xbb\xbf{}",
                                           "{\"a\":\"\xff\"}",
                                           "\xc3\x28",
                                           "\0"s,
                                           "{}\0"s,
                                           all_bytes,
                                           deep(255),
                                           deep(256),
                                           deep(257),
                                           deep(5000),
                                           " {}",
                                           "{} ",
                                           "\n",
                                           "\r",
                                           "\"",
                                           "\\",
                                           "{\"json\":{\"text\":\"}}\"}}",
                                           "a=b&c=%41",
                                           "\x1f\x8b\x08\x00gzip",
                                           "{\"a\":1,\"a\":2}",
                                           "\u2028",
                                           "[]]",
                                           "\"}}\"",
                                           "{\"base64\":\"Zg==\"}",
                                           std::string(10'000'000, 'x'),
                                           "[\"" + std::string(10'000'000, 'y') + "\"]",
                                           std::string(10'000'000, '\xfe')};
  corpus::Session session;
  for (const std::string& body : bodies) {
    corpus::Exchange& made = session.exchanges.emplace_back(exchange(session.exchanges.size() + 1, 0, body));
    made.outcome = corpus::Response{200, {}, body, {}};
  }
  const corpus::Session back = again(session);
  ASSERT_EQ(back.exchanges.size(), bodies.size());
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    EXPECT_TRUE(back.exchanges[i].request.body == bodies[i]) << i << ": " << bodies[i].substr(0, 40);
    EXPECT_TRUE(back.exchanges[i].response()->body == bodies[i]) << i << ": " << bodies[i].substr(0, 40);
  }
}

TEST_F(SessionFile, GivesBackAnyBytesInNamesAndValues) {
  corpus::Session session;
  session.info = {"caf\xe9", "\"", "\n", "\0x"s, "é", R"("later":[1, {"a":2}],"more" : null)"};
  corpus::Exchange& made = session.exchanges.emplace_back(exchange(7, 1));
  made.request = {"G\xffT",
                  "/\xe9?\"\\",
                  {{"", ""}, {"X-\xe9", "\xe9\x01"}, {"x", "{\"base64\":\"\"}"}, {"x", "2"}},
                  "b",
                  R"("r":{})"};
  made.outcome = corpus::Failure{"odd \xff"};
  made.request_extra = R"("note": "é","n":1e5)";
  made.outcome_extra = R"("why":[])";
  session.end = corpus::SessionEnd{9, 2, R"("e":1)", R"("f":2)"};
  expect_same(again(session), session);
}

TEST_F(SessionFile, WritesJsonOnlyForJson) {
  corpus::Session session;
  session.exchanges.push_back(exchange(1, 0, R"({"a":1})"));
  session.exchanges.push_back(exchange(2, 0, "{\"a\":1}\n"));
  session.exchanges.push_back(exchange(3, 0, "{\"a\":\"\xff\"}"));
  again(session);
  EXPECT_THAT(text(), testing::HasSubstr(R"("json":{"a":1}}})"));
  EXPECT_THAT(text(), testing::HasSubstr(R"("text":"{\"a\":1}\n"}})"));
  EXPECT_THAT(text(), testing::HasSubstr(R"("base64":"eyJhIjoi/yJ9"}})"));
}

TEST_F(SessionFile, StandsInOrderOfTimeWhateverTheOrderOfLines) {
  const auto session = corpus::parse_session(std::string(kInfoLine) + R"(
{"x":3,"t":30,"leg":"graph","request":{"method":"GET","target":"/c","headers":[]}}
{"x":1,"t":10,"leg":"graph","request":{"method":"GET","target":"/a","headers":[]}}
{"x":4,"t":30,"leg":"graph","request":{"method":"GET","target":"/d","headers":[]}}
{"x":3,"t":35,"failure":"reset"}
{"x":2,"t":20,"leg":"graph","request":{"method":"GET","target":"/b","headers":[]}}
{"x":9,"t":10,"leg":"graph","request":{"method":"GET","target":"/e","headers":[]}}
{"x":1,"t":15,"response":{"status":204,"headers":[]}}
)",
                                             "f");
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->damage.empty());
  std::string order;
  for (const corpus::Exchange& one : session->exchanges) order += one.request.target;
  EXPECT_EQ(order, "/a/e/b/c/d");
  EXPECT_EQ(session->exchanges[0].request_line, 3u);
  EXPECT_EQ(session->exchanges[0].outcome_line, 8u);
  EXPECT_EQ(session->exchanges[0].response()->status, 204);
  EXPECT_EQ(session->exchanges[3].failure()->reason, "reset");
}

TEST_F(SessionFile, IsReadAsEditorsLeaveIt) {
  const auto session = corpus::parse_session(
      "\xef\xbb\xbf{\"rollcall\":1}\r\n\r\n \t\n"
      "{\"x\":1,\"t\":5,\"failure\":\"reset\"}\r\n"
      "{\"end\":{\"messages\":1,\"t\":6}}",
      "f");
  ASSERT_TRUE(session) << to_string(session.error());
  ASSERT_EQ(session->damage.size(), 1u);
  EXPECT_EQ(to_string(session->damage[0]), "f:4: an outcome of exchange 1 before its request");
  EXPECT_EQ(session->end, (corpus::SessionEnd{6, 1, {}, {}}));
}

TEST_F(SessionFile, KeepsSpacesAndOrderOfForeignMembers) {
  const auto session = corpus::parse_session(
      "{ \"rollcall\" : 1 , \"later\" : [ 1 ] }\n"
      R"( { "request" : { "json" : { "a" : [ 1 ] } , "headers" : [ [ "A" , "b" ] ] , "target" : "/" , "note" : "}" , "m\u0065thod" : "GET" } , "leg" : "webhook" , "t" : 5 , "x" : 2 , "why" : [ ] , "z":"\"" } )"
      "\r\n",
      "f");
  ASSERT_TRUE(session) << to_string(session.error());
  ASSERT_TRUE(session->damage.empty()) << to_string(session->damage.front());
  const corpus::Exchange& read = session->exchanges.at(0);
  EXPECT_EQ(session->info.extra, R"("later" : [ 1 ])");
  EXPECT_EQ(read.request.body, R"({ "a" : [ 1 ] })");
  EXPECT_EQ(read.request.extra, R"("note" : "}")");
  EXPECT_EQ(read.request.method, "GET");
  EXPECT_EQ(read.request_extra, R"("why" : [ ],"z":"\"")");
  EXPECT_EQ(read.request.headers, (corpus::Headers{{"A", "b"}}));
  expect_same(again(*session), *session);
}

TEST_F(SessionFile, MayLackTheLastLineFeed) {
  const auto session = corpus::parse_session(std::string(kInfoLine) + "\n" + R"({"end":{"t":1,"messages":0}})", "f");
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->end);
  EXPECT_TRUE(session->damage.empty());
}

TEST_F(SessionFile, IsNotOverwritten) {
  std::ofstream(path()) << "precious";
  const auto writer = corpus::SessionWriter::create(path(), {});
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error(), (corpus::Fault{corpus::Error::unreadable, path().string(), "File exists"}));
  EXPECT_EQ(text(), "precious");
}

TEST_F(SessionFile, HoldsWhatWasFlushed) {
  auto writer = corpus::SessionWriter::create(path(), {});
  ASSERT_TRUE(writer);
  writer->request(exchange(1, 0));
  ASSERT_TRUE(writer->flush());
  writer->request(exchange(2, 0));
  const auto session = corpus::read_session(path());
  ASSERT_TRUE(session);
  EXPECT_EQ(session->exchanges.size(), 1u);
  EXPECT_FALSE(session->end);
  EXPECT_TRUE(session->damage.empty());
}

TEST_F(SessionFile, ReportsAgainWhatCouldNotBeWritten) {
  auto writer = corpus::SessionWriter::create(path(), {});
  ASSERT_TRUE(writer);
  // A limit on the size of files stands in for a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  writer->request(exchange(1, 0, std::string(2000, 'x')));
  const corpus::Result<void> first = writer->flush();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error(), (corpus::Fault{corpus::Error::unreadable, path().string(), "File too large"}));
  EXPECT_EQ(writer->flush().error(), first.error());
  EXPECT_EQ(writer->finish(1).error(), first.error());
}

TEST_F(SessionFile, SaysWhyItCannotBeMade) {
  const auto writer = corpus::SessionWriter::create(path("no/such/folder.session.jsonl"), {});
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().what, "No such file or directory");
}

TEST_F(SessionFile, SaysWhyAFileCannotBeRead) {
  const auto reason = [](const auto& path) {
    const auto session = corpus::read_session(path);
    return session ? "read" : to_string(session.error());
  };
  EXPECT_EQ(reason(path("none")), path("none").string() + ": No such file or directory");
  EXPECT_EQ(reason(path().parent_path()), path().parent_path().string() + ": Is a directory");
}

/// The example of the format's page.
std::string example() {
  std::ifstream page(support::source_path("corpus/FORMAT.md"));
  std::string all;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("    {\"")) all += line.substr(4) + "\n";
  }
  return all;
}

TEST_F(SessionFile, IsWhatTheExampleOfThePageShows) {
  const auto session = corpus::parse_session(example(), "f");
  ASSERT_TRUE(session);
  EXPECT_EQ(session->exchanges.size(), 3u);
  // The invitation is still ringing when the example ends.
  EXPECT_EQ(corpus::summary_of(corpus::broken_promises(*session)), "the recording is incomplete (1)");
  ASSERT_TRUE(corpus::write_session(path(), *session));
  EXPECT_EQ(text(), example());
}

TEST_F(SessionFile, CountsItsMessages) {
  corpus::Session session;
  EXPECT_EQ(corpus::message_count(session), 0);
  session.exchanges.push_back(exchange(1, 0));
  session.exchanges.push_back(exchange(2, 0));
  session.exchanges.back().outcome = corpus::Failure{"reset"};
  EXPECT_EQ(corpus::message_count(session), 3);
}

}  // namespace
