// What Graph promises to a bot, and whether a recording shows that it kept its word.
//
// The rules, where each of them comes from, and what is not promised are on the page corpus/PROMISES.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"

namespace corpus {

/// The rules that a session is held against.
enum class Promise {
  one_end,            ///< an operation ends once, as completed or as failed
  final_answer,       ///< what the answer says is over is not told again
  gone,               ///< nothing is told about a call after its deletion
  terminated,         ///< no call comes back from terminated
  number_order,       ///< sequence numbers never go back
  cause_first,        ///< nothing is told before what it comes from was asked for
  one_resource,       ///< all ids of a notification name the same call and the same operation
  readable,           ///< a notification is JSON of the shape that the pages give
  documented_answer,  ///< a good answer has the status, and the body or none, that the pages give
  answered,           ///< each request has its answer
  call_begins,        ///< a call that Graph tells about began in the recording
  operation_begins,   ///< an operation that ends was begun in the recording
  operation_ends,     ///< an operation that was begun ends, or its call does
  every_number,       ///< no sequence number is left out
};

/// Who is to blame for a breach.
enum class Blame {
  graph,      ///< Graph did what it promises not to do
  recording,  ///< the recording does not show everything
};

/// A rule, in words.
struct Rule {
  Promise promise;
  Blame blame;
  std::string_view name;  ///< as on the page: "one end"
  std::string_view says;  ///< what is expected
};

/// "Graph misbehaved" or "the recording is incomplete".
std::string_view to_string(Blame blame);

/// All rules, in the order of Promise.
std::span<const Rule> rules();

/// The rule of a promise.
const Rule& rule_of(Promise promise);

/// A place where a session breaks a rule.
struct Breach {
  Promise promise = Promise::one_end;
  std::size_t exchange = 0;  ///< index in the session
  std::size_t line = 0;      ///< of the message that shows it; 0 if the session came from no file
  std::string found;         ///< what was found there
  std::string expected;      ///< what should have been
};

/// "Graph misbehaved: exchange 9: …; expected: …": a breach for a person, without file and line.
std::string to_string(const Breach& breach, const Session& session);

/// Every place where the session breaks a rule, in order of lines. Takes time linear in the size of the session, apart
/// from putting its moments in order.
std::vector<Breach> broken_rules(const Session& session);

}  // namespace corpus
