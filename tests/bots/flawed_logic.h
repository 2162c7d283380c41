// The sample bot's decisions with one mistake in them (flaws.h).
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "tests/bots/bot_logic.h"
#include "tests/bots/flaws.h"

namespace bots {

/// A sound BotLogic and what stands around it in a bot that is not: it looks at what comes before the sound one does,
/// and at what that one wants afterwards. With Flaw::none it changes nothing. Leaks are real ones, of its own process.
class FlawedLogic {
 public:
  FlawedLogic(LogicOptions options, std::function<std::string()> new_id, Flaw flaw);
  ~FlawedLogic();

  /// As BotLogic::handle().
  Step handle(corpus::Request request);
  std::vector<GraphRequest> handle(const GraphRequest& request, const corpus::Response& answer);

  /// Graph gave no whole answer.
  void failed(const GraphRequest& request);

  /// Whether an answer of Graph's, or that there was none, has ended the program.
  bool is_dying() const { return dying_; }

 private:
  using Requests = std::vector<GraphRequest>;

  /// A notification that is being handled: the message and the values in it.
  struct News {
    std::string key;  ///< the same for each copy of a message
    bool json = false;
    boost::json::array value;
    std::size_t copies = 0;  ///< that were taken before
  };

  News read(const corpus::Request& request) const;
  bool strikes(const corpus::Request& request, const News& news, Step& step);
  bool is_deadly(const News& news) const;
  bool is_deadly(const boost::json::object& notification) const;
  bool is_failed(const corpus::Request& request, const News& news, Step& step) const;
  void learn(const News& news);
  void twist(const News& news, Step& step);
  void leak(const corpus::Request& request, const News& news);
  void note_wish(const corpus::Request& request);
  void invite_others(Requests& requests) const;
  void note(const News& news, const Requests& requests);
  Requests again(const GraphRequest& request, const corpus::Response& answer);

  BotLogic sound_;
  Flaw flaw_;
  std::set<std::string, std::less<>> calls_;       ///< that it was told of
  std::set<std::string, std::less<>> ended_;       ///< of these, those that have ended
  std::set<std::string, std::less<>> operations_;  ///< that have ended
  std::map<std::string, std::size_t> taken_;       ///< by message, how often
  std::deque<std::string> order_;                  ///< of the messages in `taken_`: the oldest are forgotten
  std::map<std::string, Requests> led_to_;         ///< by message, what the bot asked for
  std::map<std::string, int> tries_;               ///< by request, how often it was tried again
  std::string current_;                            ///< the call that was established last
  boost::json::array latest_;                      ///< whom somebody wished to be invited last
  bool locked_ = false;
  bool dying_ = false;
  std::vector<std::unique_ptr<char[]>> leaked_;
  std::vector<std::string> kept_;
  std::vector<int> open_;
};

}  // namespace bots
