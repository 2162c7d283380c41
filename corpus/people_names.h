// The names under which people travel. To have one more replaced, add its name to the table in the source.
#pragma once

#include <cstdint>
#include <string_view>

namespace corpus {

/// What a member of a JSON object (or a parameter, where the value is a GUID) says about people.
enum class PersonMember : std::uint8_t {
  none,
  person,       ///< an object about a person: `id`, `displayName` and `name` below it are theirs
  application,  ///< an object about an application, whose id and name say nothing about anybody
  id,           ///< an id: a person's below `person`
  name,         ///< a display name: a person's unless it stands below `application`
  any_name,     ///< a person's name wherever it stands
  claim,        ///< a name in the claims of a token and below `person`; anything elsewhere
  user,         ///< the id of a user wherever it stands
  claim_user,   ///< in the claims of a token; anything elsewhere
  tenant,       ///< the id of a tenant, or an object that has it
  mail,         ///< a mail address or user principal name, also one without a domain
  phone,        ///< a telephone number, with or without "+"
  digits,       ///< a number that leads to a meeting or to a message of a chat
  claim_type,   ///< the name of a claim whose value stands beside it, under the next one
  claim_value,
};

/// Member names are compared without regard to case, `_` and `-`. Of .NET's long names of claims the last word counts.
PersonMember person_in_member(std::string_view key);

/// Whether the value of a header is the name or the id of a user.
bool names_person(std::string_view header);

}  // namespace corpus
