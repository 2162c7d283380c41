#include "corpus/secret_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace corpus {
namespace {

constexpr char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
}

/// A header, in lower case.
struct HeaderName {
  std::string_view name;
  HeaderSecret secret;
};

constexpr HeaderName kHeaders[] = {
    {"authorization", HeaderSecret::credentials},
    {"authentication", HeaderSecret::credentials},  // so misspelt in Microsoft's own samples
    {"proxy-authorization", HeaderSecret::credentials},
    {"x-authorization", HeaderSecret::credentials},
    {"x-forwarded-authorization", HeaderSecret::credentials},
    {"x-original-authorization", HeaderSecret::credentials},
    {"x-ms-authorization-auxiliary", HeaderSecret::credentials},
    {"cookie", HeaderSecret::cookies},
    {"set-cookie", HeaderSecret::set_cookie},
    {"api-key", HeaderSecret::value},
    {"apikey", HeaderSecret::value},
    {"ocp-apim-subscription-key", HeaderSecret::value},
    {"registrationtoken", HeaderSecret::value},
    {"x-access-token", HeaderSecret::value},
    {"x-amz-security-token", HeaderSecret::value},
    {"x-api-key", HeaderSecret::value},
    {"x-auth-token", HeaderSecret::value},
    {"x-client-secret", HeaderSecret::value},
    {"x-csrf-token", HeaderSecret::value},
    {"x-functions-key", HeaderSecret::value},
    {"x-goog-api-key", HeaderSecret::value},
    {"x-identity-header", HeaderSecret::value},  // managed identities of App Service
    {"x-skypetoken", HeaderSecret::value},
    {"x-xsrf-token", HeaderSecret::value},
    {"x-zumo-auth", HeaderSecret::value},
};

/// What the headers begin with that hold the tokens App Service has signed a user in with: x-ms-token-aad-access-token,
/// ….
constexpr std::string_view kTokenHeaders = "x-ms-token-";

/// The name of a parameter: lower case, without `_` and `-`.
struct ParameterName {
  std::string_view name;
  ParameterSecret secret;
};

constexpr ParameterName kParameters[] = {
    {"accesstoken", ParameterSecret::anywhere},
    {"accountkey", ParameterSecret::anywhere},
    {"apikey", ParameterSecret::anywhere},
    {"clientassertion", ParameterSecret::anywhere},
    {"clientsecret", ParameterSecret::anywhere},
    {"idtoken", ParameterSecret::anywhere},
    {"password", ParameterSecret::anywhere},
    {"refreshtoken", ParameterSecret::anywhere},
    {"sharedaccesskey", ParameterSecret::anywhere},
    {"skypetoken", ParameterSecret::anywhere},
    {"assertion", ParameterSecret::in_query},
    {"authtoken", ParameterSecret::in_query},
    {"code", ParameterSecret::in_query},  // authorization codes, and the keys of Azure Functions
    {"codeverifier", ParameterSecret::in_query},
    {"passcode", ParameterSecret::in_query},
    {"passwd", ParameterSecret::in_query},
    {"pwd", ParameterSecret::in_query},
    {"samlresponse", ParameterSecret::in_query},
    {"secret", ParameterSecret::in_query},
    {"sig", ParameterSecret::in_query},  // shared access signatures of Azure Storage
    {"signature", ParameterSecret::in_query},
    {"subscriptionkey", ParameterSecret::in_query},
    {"token", ParameterSecret::in_query},
};

/// The name of a member of a JSON object, like those of parameters.
struct MemberName {
  std::string_view name;
  MemberSecret secret;
};

constexpr MemberName kMembers[] = {
    {"accesstoken", MemberSecret::value},
    {"accountkey", MemberSecret::value},
    {"apikey", MemberSecret::value},
    {"assertion", MemberSecret::value},
    {"authorization", MemberSecret::credentials},
    {"authtoken", MemberSecret::value},
    {"clientassertion", MemberSecret::value},
    {"clientsecret", MemberSecret::value},
    {"connectionstring", MemberSecret::value},
    {"idtoken", MemberSecret::value},
    {"passcode", MemberSecret::value},
    {"password", MemberSecret::value},
    {"privatekey", MemberSecret::value},
    {"recordingaccesstoken", MemberSecret::value},
    {"recordresourceaccesstoken", MemberSecret::value},
    {"refreshtoken", MemberSecret::value},
    {"replacementlink", MemberSecret::value},  // a link by which a participant's place in a call can be taken
    {"replacescontext", MemberSecret::value},  // the same for a call
    {"secret", MemberSecret::value},
    {"sharedaccesskey", MemberSecret::value},
    {"skypetoken", MemberSecret::value},
    {"subscriptionkey", MemberSecret::value},
    {"token", MemberSecret::value},
};

constexpr std::size_t kShortest = 3;  // "sig"

/// Which pairs of first and last letter the names of a table have. Nearly every name in a message fails this one test.
class Ends {
 public:
  template <typename Name, std::size_t N>
  constexpr explicit Ends(const Name (&names)[N]) {
    for (const Name& name : names) known_[place(name.name)] = true;
  }

  constexpr bool may_hold(std::string_view name) const {
    return name.size() >= kShortest && name.size() <= kLongestSecretName && known_[place(name)];
  }

 private:
  /// The low five bits of an ASCII letter are the same in both cases.
  static constexpr std::size_t place(std::string_view name) {
    return static_cast<std::size_t>(name.front() & 31) << 5 | static_cast<std::size_t>(name.back() & 31);
  }

  std::array<bool, 1024> known_{};
};

/// The entry of a table whose name is `name` but for case, `_` and `-`.
template <typename Name, std::size_t N>
const Name* look_up(const Name (&names)[N], const Ends& ends, std::string_view name) {
  if (!ends.may_hold(name)) return nullptr;
  std::array<char, kLongestSecretName> folded;
  std::size_t size = 0;
  for (char byte : name) {
    if (byte != '_' && byte != '-') folded[size++] = lower(byte);
  }
  const auto at = std::ranges::find(names, std::string_view(folded.data(), size), &Name::name);
  return at == std::end(names) ? nullptr : at;
}

bool equal_but_for_case(std::string_view name, std::string_view in_lower_case) {
  return name.size() == in_lower_case.size() && std::ranges::equal(name, in_lower_case, {}, lower);
}

}  // namespace

HeaderSecret secret_in_header(std::string_view name) {
  static constexpr Ends kEnds(kHeaders);
  if (equal_but_for_case(name.substr(0, kTokenHeaders.size()), kTokenHeaders)) return HeaderSecret::value;
  if (!kEnds.may_hold(name)) return HeaderSecret::none;
  const auto same = [name](const HeaderName& known) { return equal_but_for_case(name, known.name); };
  const auto at = std::ranges::find_if(kHeaders, same);
  return at == std::end(kHeaders) ? HeaderSecret::none : at->secret;
}

ParameterSecret secret_in_parameter(std::string_view name) {
  static constexpr Ends kEnds(kParameters);
  const ParameterName* known = look_up(kParameters, kEnds, name);
  return known ? known->secret : ParameterSecret::none;
}

MemberSecret secret_in_member(std::string_view key) {
  static constexpr Ends kEnds(kMembers);
  const MemberName* known = look_up(kMembers, kEnds, key);
  return known ? known->secret : MemberSecret::none;
}

}  // namespace corpus
