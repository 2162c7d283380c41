// What the sample bot does, without a socket: messages in, requests to Graph out.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "corpus/exchange.h"

namespace bots {

/// What the bot wants of Graph. The words appear in fault switches: "answer", "create", "invite", "mute", "hang-up",
/// "keep-alive".
enum class Purpose { create, answer, invite, mute, hang_up, keep_alive };

std::string_view to_string(Purpose purpose);
std::optional<Purpose> purpose_from(std::string_view word);

/// One request that the bot wants sent to Graph. Requests of one `queue` are sent one after the other, each after the
/// answer to the one before it; different queues do not wait for each other.
struct GraphRequest {
  Purpose purpose = Purpose::create;
  std::string method;
  std::string path;  ///< below Graph's base URL: "/communications/calls/…"
  std::string body;  ///< JSON text, or empty for none
  std::string queue;
  std::string scenario;      ///< for the Scenario-Id header: one value for each call
  std::uint64_t number = 0;  ///< tells the bot which of its requests an answer belongs to

  bool operator==(const GraphRequest&) const = default;
};

/// What the bot does about one message: its answer at once, then its requests.
struct Step {
  corpus::Response answer;
  std::vector<GraphRequest> requests;
  bool dies = false;                  ///< a flaw has struck: the program ends, without an answer
  bool closes = false;                ///< the same: the connection is closed without one
  std::chrono::milliseconds late{0};  ///< the same: this long before the answer
};

/// How the bot is set up.
struct LogicOptions {
  std::string callback;        ///< the address that Graph is told to notify, "https://bot.contoso.example/api/calls"
  bool mute_on_join = true;    ///< mutes each person as they appear in the roster
  bool forgets_ended = false;  ///< a flaw: what comes about a call that has ended begins it anew
};

/// The decisions of a calling bot that answers, calls, joins, invites, mutes and hangs up.
///
/// It answers every notification with 202 and knows an id only from what it received, except that each invite carries a
/// `clientContext` made by `new_id`. It sets no timers: the same messages in the same order give the same requests.
/// People drive it by the requests that tests/bots/README.md lists.
class BotLogic {
 public:
  /// `new_id` returns a fresh GUID with each call.
  BotLogic(LogicOptions options, std::function<std::string()> new_id);

  /// Any request that arrives at the bot: a notification of Graph, or a person's wish.
  Step handle(const corpus::Request& request);

  /// Graph's answer to a request that the bot sent; returns what the bot wants next.
  std::vector<GraphRequest> handle(const GraphRequest& request, const corpus::Response& answer);

  /// Graph gave no answer to it.
  void failed(const GraphRequest& request) { creating_.erase(request.number); }

  /// Calls that have not ended, as far as the bot knows.
  std::size_t live_calls() const { return calls_.size(); }

 private:
  using Requests = std::vector<GraphRequest>;

  /// Whom to invite once a call is established.
  struct Plan {
    std::vector<std::string> identities;  ///< JSON text of each identity set
    std::string replaces;                 ///< id of a call between bot and person that the invite takes over
    bool separately = false;              ///< one invite for each person, all at once, instead of one for all
  };

  /// One call as the bot sees it.
  struct Call {
    std::string id;  ///< in the spelling in which it was first seen
    std::string scenario;
    bool answered = false;  ///< the incoming call; the message may come again
    bool established = false;
    bool hanging_up = false;
    bool somebody_was_here = false;
    int busy = 0;  ///< notifications still to be turned away with 503
    std::optional<Plan> plan;
    std::set<std::string> muted;  ///< participants that the bot muted or found muted
  };

  Step notified(const corpus::Request& request);
  Requests notice(const boost::json::object& notification);
  Requests call_changed(Call& call, std::string_view change, const boost::json::object& data);
  Requests roster_changed(Call& call, const boost::json::array& participants);
  std::optional<GraphRequest> meet(Call& call, const boost::json::object& participant);

  Step wish(std::string_view what, const boost::json::object& body);
  Requests create(const boost::json::object& body, bool join);
  Requests invite(Call& call, const Plan& plan);
  Requests carry_out(Call& call);
  Requests hang_up(Call& call);

  Call& call_of(std::string_view id);
  Call* find_call(std::string_view id);
  void forget(const Call& call);
  GraphRequest request(const Call& call, Purpose purpose, std::string_view method, std::string path, std::string body);

  LogicOptions options_;
  std::function<std::string()> new_id_;
  std::map<std::string, Call, std::less<>> calls_;         ///< by canonical id
  std::set<std::string, std::less<>> ended_;               ///< canonical ids: what still comes about them is ignored
  std::deque<std::string> begun_;                          ///< keys that `calls_` has had, oldest first
  std::deque<std::string> ended_order_;                    ///< the same for `ended_`
  std::map<std::uint64_t, std::optional<Plan>> creating_;  ///< plans of calls that Graph has not named yet
  std::uint64_t sent_ = 0;
};

}  // namespace bots
