// Why a text is taken for a secret, or for something about a person.
#pragma once

#include <span>
#include <string_view>

namespace corpus {

/// What gave a secret or a person away. Each has a line in the table of corpus/clue.cpp.
enum class Clue {
  header,
  parameter,
  member,
  url_password,
  token,
  known_secret,
  person_header,
  person_member,
  person_name,
  tenant,
  account,
  mail,
  phone,
  address,
  thread,
  meeting,
  known_person,
};

/// A line of that table.
struct ClueText {
  Clue clue;
  std::string_view rule;  ///< the name under which `rollcall corpus verify --leaks` reports it
  bool person;            ///< about a person; otherwise a secret
  std::string_view what;  ///< for people: what is meant, and by what it is known
};

/// All of them, in the order of the enumeration.
std::span<const ClueText> clue_texts();
const ClueText& text_of(Clue clue);

}  // namespace corpus
