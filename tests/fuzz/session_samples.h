// Recordings that tests of the session mutator begin with, written down with their causes.
#pragma once

#include <string>
#include <vector>

#include "fuzz/session_mutator.h"

namespace fuzz {

inline constexpr const char* kCallA = "57dab8b1-894c-409a-b240-bd8beae78896";
inline constexpr const char* kCallB = "90ed37dc-d8e3-4e11-9de3-30a955dda06f";

/// Two calls at once. Numbers are in order of time:
///   1 a person wishes for call A         2 the bot creates it           3 A is establishing
///   4 B comes in                         5 the bot answers B            6 A is established
///   7 the bot invites to A               8 B is established             9 the invite has completed
///  10 A's first roster                  11 the bot mutes somebody      12 A's second roster, with B's in a batch of
///  two
SeedSession two_calls();

/// One delivery each to `count` calls that have nothing to do with each other.
SeedSession independent_deliveries(std::size_t count);

/// The exchange of that number; fails the test if there is none.
const corpus::Exchange& exchange_of(const corpus::Session& session, std::int64_t number);

/// The numbers of the webhook leg in order of time.
std::vector<std::int64_t> delivery_order(const corpus::Session& session);

/// The bytes of the session's file.
std::string file_of(const corpus::Session& session);

}  // namespace fuzz
