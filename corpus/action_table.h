// What Graph's pages say that it answers to each action on a call.
#pragma once

#include <span>
#include <string_view>

#include "corpus/graph_path.h"

namespace corpus {

/// What the body of a good answer holds.
enum class Answer {
  nothing,    ///< there is none
  operation,  ///< what has been begun, or is over already
  something,  ///< anything else; may be empty where the pages show no example
};

/// One action of the bot on a call, or on something of a call.
struct Action {
  std::string_view method;
  std::string_view shape;         ///< GraphPath::shape()
  std::span<const int> statuses;  ///< of good answers; any status from 300 up is possible too
  Answer answer = Answer::nothing;
};

/// The action that a request stands for; null for what the pages do not know, of which nothing can be expected.
const Action* find_action(std::string_view method, const GraphPath& path);

}  // namespace corpus
