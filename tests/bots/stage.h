// What a scenario can do and wait for: the vocabulary in which scenarios are written.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http_client.h"
#include "harness/net.h"
#include "tests/bots/graph_model.h"

namespace bots {

/// The bot did not do what the scenario waits for. Stops the scenario; caught where it was started.
class Stalled : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Graph's side of one run: it answers the bot, notifies it, and lets a person ask things of it.
///
/// A scenario is a coroutine on a stage. It waits for what the bot does, never for time to pass in the hope that the
/// bot has done it; pauses are only there because Graph and people take their time. One thread; must outlive its
/// coroutines.
class Stage {
 public:
  /// `webhook`: the bot's registered address, for notifications of calls without a callback of their own and for
  /// wishes. `token`: what each notification carries as bearer token; empty: one that is none.
  Stage(boost::asio::io_context& io, std::string webhook, std::uint64_t seed, std::string token = {});

  GraphModel& graph() { return graph_; }

  /// Answers a request of the bot, after as long as Graph takes or as long as hold() lasts.
  harness::Task<std::optional<corpus::Response>> serve(corpus::Request request);

  /// A pause.
  harness::Task<void> pause(std::chrono::milliseconds time);

  /// The next request of that kind that has been answered, or has arrived while hold() lasts.
  harness::Task<Heard> expect(Purpose purpose);

  /// Requests of that kind are not answered until release().
  void hold(Purpose purpose) { held_.insert(purpose); }
  void release(Purpose purpose);

  /// Sends a notification about a call; the bot has to answer with `status`. Returns the message's id.
  harness::Task<std::string> notify(const GraphCall& call, std::string body, int status = 202,
                                    std::string original_message = {});

  /// A person asks something of the bot: POST /api/WHAT.
  harness::Task<void> wish(std::string_view what, boost::json::object body);

 private:
  harness::HttpClient& client(const harness::Url& base);
  harness::Task<int> post(const std::string& url, corpus::Headers headers, std::string body);
  harness::Task<void> changed();
  void wake();

  boost::asio::io_context& io_;
  std::string webhook_;
  std::string token_;
  GraphModel graph_;
  std::map<std::string, harness::HttpClient> clients_;  // by base URL
  std::set<Purpose> held_;
  std::vector<Heard> ready_;  // what a scenario may take up
  std::vector<harness::Timer*> waiting_;
};

}  // namespace bots
