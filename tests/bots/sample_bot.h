// The sample bot on the network: the decisions of BotLogic, with sockets, and with faults if asked for.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "corpus/error.h"
#include "harness/net.h"
#include "tests/bots/faults.h"
#include "tests/bots/flaws.h"

namespace bots {

/// Everything about a bot that can be set.
struct BotOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: the system chooses
  std::string graph;       ///< stands in for https://graph.microsoft.com; may be @FILE (setting.h)
  std::string public_url;  ///< where Graph reaches the bot; empty: its own address; may be @FILE
  std::string app_id;      ///< checks the tokens of notifications, with keys from `graph`; empty: looks at none
  bool mute_on_join = true;
  Faults faults;
  Flaw flaw = Flaw::none;
  std::optional<std::uint64_t> noise;          ///< seed of what varies without meaning anything (noise.h)
  std::string change;                          ///< one of change_names() (changes.h); empty: none
  std::function<void(std::string_view)> tell;  ///< hears of requests that failed, for a person; may be empty
  std::function<void()> died;                  ///< called when the fault `die` has struck; may be empty
};

/// A calling bot that runs on the caller's io_context, on one thread.
///
/// It acknowledges a notification first and works afterwards. The io_context must outlive it; it may be destroyed while
/// messages are under way.
class SampleBot {
 public:
  SampleBot(boost::asio::io_context& io, BotOptions options);
  ~SampleBot();

  /// Starts to listen; the bot's own base URL, "http://127.0.0.1:41233". Settings are read when they are first needed.
  corpus::Result<std::string> listen();

  /// Where requests go from now on: a Graph that is known only once the bot listens.
  void set_graph(std::string url);

  /// Stops listening and cuts every connection; nothing more is sent.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with messages under way, which may outlive the bot
};

}  // namespace bots
