// What Graph knows about the calls of one run, and how it answers the bot: without a socket.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "tests/bots/bot_logic.h"
#include "tests/bots/ids.h"

namespace bots {

/// A person of a scenario. All of them are invented.
struct Person {
  std::string name;
  std::string id;
  std::string tenant;
};

/// The bot as Graph shows it to people: the application of an invented registration, the same in every run.
Person bot_as_seen();

/// One row of a roster: a person, or the bot itself.
struct Participant {
  Person person;
  std::string id;
  bool is_bot = false;
  bool muted = false;
};

/// An operation that the bot started and whose end it learns by a notification.
struct Operation {
  std::string id;
  std::string context;  ///< the bot's own `clientContext`
  std::string persons;  ///< the array of invited participants as Graph echoes it, JSON text
};

/// One call as Graph sees it.
struct GraphCall {
  std::string id;
  std::string chain;     ///< callChainId: one value for all messages about the call
  std::string thread;    ///< the chat that belongs to the call
  std::string callback;  ///< where the bot wants its notifications; empty until the bot has said so
  std::string bot_participant;
  std::vector<Participant> roster;
};

/// What a request of the bot meant, for the scenario to go on from.
struct Heard {
  Purpose purpose = Purpose::create;
  std::string call;     ///< id of the call
  std::string subject;  ///< the operation of an invite, the participant of a mute; empty otherwise
};

/// Graph's side of the bot's requests: creates calls, keeps rosters and operations, answers in Graph's shapes.
class GraphModel {
 public:
  /// The same seed gives the same ids.
  explicit GraphModel(std::uint64_t seed) : new_id_(seed) {}

  /// Graph's answer to a request of the bot; what it meant is appended to heard().
  corpus::Response answer(const corpus::Request& request);

  /// What the bot has asked so far and a scenario has not taken up yet, oldest first. Refused requests do not appear.
  std::vector<Heard>& heard() { return heard_; }

  /// A call that somebody else starts.
  GraphCall& incoming_call();
  /// The call of that id, in any spelling; it must exist.
  GraphCall& call(std::string_view id) { return calls_.at(bare(id)); }
  /// The operation of that id, in any spelling; it must exist.
  const Operation& operation(std::string_view id) const { return operations_.at(bare(id)); }
  /// Puts a person into a call's roster; the bot itself is there from the start.
  void join(GraphCall& call, const Person& person);
  /// Takes a person out of a call's roster.
  void leave(GraphCall& call, const Person& person);
  /// The call is gone: whatever the bot still asks of it is answered with 404.
  void end(const GraphCall& call) { calls_.erase(bare(call.id)); }

  std::string new_id() { return new_id_(); }

 private:
  corpus::Response create(const corpus::Request& request);
  corpus::Response about_call(const corpus::Request& request, GraphCall& call, std::string_view rest);
  corpus::Response invite(const corpus::Request& request, GraphCall& call);
  corpus::Response mute(const corpus::Request& request, GraphCall& call, std::string_view participant);
  corpus::Response refuse(const corpus::Request& request, int status, std::string_view code, std::string_view why);
  corpus::Response reply(const corpus::Request& request, int status, std::string body, std::string location = {});

  GuidSource new_id_;
  std::map<std::string, GraphCall, std::less<>> calls_;
  std::map<std::string, Operation, std::less<>> operations_;
  std::vector<Heard> heard_;
};

}  // namespace bots
