#include "tests/fuzz/session_samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "corpus/ids.h"
#include "corpus/session_file.h"

namespace fuzz {
namespace {

using corpus::Micros;

std::string guid(std::size_t number) {
  const std::string digits = std::to_string(1000 + number);
  return "00000000-0000-4000-a000-00000000" + digits;
}

std::string notice(const std::string& resource, const std::string& data) {
  return R"({"changeType":"updated","resourceUrl":")" + resource + R"(","resourceData":)" + data + "}";
}

std::string state(const std::string& call, const std::string& word) {
  return notice("/communications/calls/" + call, R"({"@odata.type":"#microsoft.graph.call","state":")" + word + "\"}");
}

std::string roster(const std::string& call, const std::string& etag) {
  const std::string resource = "/communications/calls/" + call + "/participants";
  return R"({"changeType":"updated","resource":")" + resource + R"(","resourceUrl":")" + resource +
         R"(","resourceData":[{"@odata.etag":")" + etag + R"(","id":")" + guid(7) + "\"}]}";
}

std::string envelope(const std::string& notices) {
  return R"({"@odata.type":"#microsoft.graph.commsNotifications","value":[)" + notices + "]}";
}

class Recording {
 public:
  void delivery(Micros sent, Micros ended, std::string body, std::vector<SessionCause> causes,
                std::vector<std::string> calls, std::string target = "/api/calls") {
    corpus::Exchange& exchange = add(corpus::Leg::webhook, sent, ended, "POST", std::move(target), std::move(body));
    exchange.request.headers.push_back({"Authorization", "Bearer redacted-0000000000000000"});
    exchange.request.headers.push_back({"X-Microsoft-Skype-Message-ID", guid(seed_.causes.size())});
    exchange.outcome = corpus::Response{.status = 202, .headers = {}, .body = {}, .extra = {}};
    seed_.causes.push_back({SessionRole::delivery, std::move(causes), std::move(calls)});
  }

  void request(Micros sent, Micros ended, std::string target, std::string body, std::string answer,
               std::vector<std::string> calls) {
    corpus::Exchange& exchange = add(corpus::Leg::graph, sent, ended, "POST", std::move(target), std::move(body));
    corpus::Response response{.status = 200, .headers = {}, .body = std::move(answer), .extra = {}};
    response.headers = {{"Content-Type", "application/json"}, {"Content-Length", std::to_string(response.body.size())}};
    exchange.outcome = std::move(response);
    seed_.causes.push_back({SessionRole::request, {}, std::move(calls)});
  }

  SeedSession take() { return std::move(seed_); }

 private:
  corpus::Exchange& add(corpus::Leg leg, Micros sent, Micros ended, std::string method, std::string target,
                        std::string body) {
    corpus::Exchange& exchange = seed_.session.exchanges.emplace_back();
    exchange.number = static_cast<std::int64_t>(seed_.session.exchanges.size());
    exchange.leg = leg;
    exchange.sent = sent;
    exchange.ended = ended;
    exchange.request.method = std::move(method);
    exchange.request.target = std::move(target);
    exchange.request.headers = {{"Content-Type", "application/json"}, {"Content-Length", std::to_string(body.size())}};
    exchange.request.body = std::move(body);
    return exchange;
  }

  SeedSession seed_;
};

}  // namespace

SeedSession two_calls() {
  const std::string a = corpus::canonical_id(kCallA);
  const std::string b = corpus::canonical_id(kCallB);
  const std::string path = "/v1.0/communications/calls";
  const std::string operation = guid(5);
  const auto ended = [](std::size_t exchange, bool by_id = false) { return SessionCause{exchange - 1, true, by_id}; };
  Recording made;
  made.delivery(1000, 1100, R"({"users":[]})", {}, {}, "/api/call");
  made.request(2000, 2900, path, R"({"callbackUri":"http://b/"})", R"({"id":")" + std::string(kCallA) + "\"}", {a});
  made.delivery(10'000, 10'100, envelope(state(kCallA, "establishing")), {ended(2, true)}, {a});
  made.delivery(12'000, 12'100, envelope(state(kCallB, "incoming")), {}, {b});
  made.request(13'000, 13'900, path + "/" + kCallB + "/answer", "{}", "", {b});
  made.delivery(20'000, 20'100, envelope(state(kCallA, "established")), {ended(2, true), ended(3)}, {a});
  made.request(21'000, 22'900, path + "/" + kCallA + "/participants/invite", R"({"clientContext":"c"})",
               R"({"id":")" + operation + R"(","status":"running","clientContext":"c"})", {a});
  made.delivery(30'000, 30'100, envelope(state(kCallB, "established")), {ended(4), ended(5)}, {b});
  made.delivery(40'000, 40'100,
                envelope(notice("/communications/calls/" + std::string(kCallA) + "/operations/" + operation,
                                R"({"status":"completed","clientContext":"c"})")),
                {ended(2, true), ended(6), ended(7, true)}, {a});
  made.delivery(50'000, 50'100, envelope(roster(kCallA, "1")), {ended(2, true), ended(9)}, {a});
  made.request(51'000, 51'900, path + "/" + kCallA + "/participants/" + guid(7) + "/mute", "{}",
               R"({"status":"completed"})", {a});
  made.delivery(60'000, 60'100, envelope(roster(kCallA, "2") + "," + roster(kCallB, "1")),
                {ended(2, true), ended(8), ended(10), ended(11)}, {a, b});
  return made.take();
}

SeedSession independent_deliveries(std::size_t count) {
  Recording made;
  for (std::size_t call = 0; call < count; ++call) {
    const auto time = static_cast<Micros>(1000 * (call + 1));
    const std::string id = guid(100 + call);
    made.delivery(time, time + 100, envelope(state(id, "established")), {}, {corpus::canonical_id(id)});
  }
  return made.take();
}

const corpus::Exchange& exchange_of(const corpus::Session& session, std::int64_t number) {
  static const corpus::Exchange none;
  const auto found = std::ranges::find(session.exchanges, number, &corpus::Exchange::number);
  EXPECT_NE(found, session.exchanges.end()) << "no exchange " << number;
  return found == session.exchanges.end() ? none : *found;
}

std::vector<std::int64_t> delivery_order(const corpus::Session& session) {
  std::vector<std::int64_t> order;
  for (const corpus::Exchange& exchange : session.exchanges) {
    if (exchange.leg == corpus::Leg::webhook) order.push_back(exchange.number);
  }
  return order;
}

std::string file_of(const corpus::Session& session) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) /
                                     ("rollcall-" + std::to_string(std::random_device{}()) + ".session.jsonl");
  const auto written = corpus::write_session(path, session);
  EXPECT_TRUE(written.has_value()) << (written ? "" : to_string(written.error()));
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  std::filesystem::remove(path);
  return bytes.str();
}

}  // namespace fuzz
