// The names under which secrets travel. To have one more redacted, add its name to a table in the source.
#pragma once

#include <cstddef>
#include <string_view>

namespace corpus {

/// No name of a secret is longer, with room for separators.
inline constexpr std::size_t kLongestSecretName = 40;

/// How a header carries a secret.
enum class HeaderSecret {
  none,
  value,        ///< the whole value is one
  credentials,  ///< "scheme credentials": the scheme is none
  cookies,      ///< "name=value; name=value": the values are
  set_cookie,   ///< "name=value; attributes": the first value is
};

/// Header names are compared without regard to case, `_` and `-`.
HeaderSecret secret_in_header(std::string_view name);

/// How sure the name of a parameter (name=value) makes us that the value is a secret.
enum class ParameterSecret {
  none,
  in_query,  ///< in a query or a form; elsewhere the word is too common ("code=580 subcode=5201")
  anywhere,  ///< also in running text
};

/// Parameter names are compared without regard to case, `_` and `-`.
ParameterSecret secret_in_parameter(std::string_view name);

/// How a member of a JSON object carries a secret, if its value is a string.
enum class MemberSecret { none, value, credentials };

/// Member names are compared like those of parameters, and the names of headers count too. Escapes must have been
/// decoded.
MemberSecret secret_in_member(std::string_view key);

}  // namespace corpus
