// A Graph to record from: it listens, answers the bot, and plays one scenario to it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "corpus/error.h"
#include "harness/net.h"
#include "tests/bots/scenarios.h"

namespace bots {

/// Plays Graph for a bot: independent of Rollcall's replay, so that what is recorded owes nothing to what replays it.
///
/// The io_context must outlive it; it must outlive the scenario that it plays.
class GraphService {
 public:
  explicit GraphService(boost::asio::io_context& io);
  ~GraphService();

  /// Starts to listen; its base URL, "http://127.0.0.1:41233".
  corpus::Result<std::string> listen(const std::string& host, std::uint16_t port);

  /// Plays the scenario to the bot at `webhook`, its base URL. `done` hears what went wrong, or an empty text. `token`
  /// is the bearer token of each notification; empty: one that is none.
  void play(const Scenario& scenario, std::string webhook, std::function<void(std::string)> done,
            std::string token = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bots
