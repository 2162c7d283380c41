#include "corpus/secret_names.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "corpus/ascii.h"
#include "corpus/folded_name.h"

namespace corpus {
namespace {

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
    {"clientstate", MemberSecret::value},  // by which a receiver of change notifications knows who sends them
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
    {"xapikey", MemberSecret::value},
};

/// Members that end in "token" and are none: they say where a list goes on.
constexpr std::string_view kNoSecrets[] = {"cancellationtoken", "continuationtoken", "deltatoken", "nextpagetoken",
                                           "nexttoken",         "pagetoken",         "skiptoken",  "synctoken"};

/// joinToken, X-Hub-Secret, userPassword: names that say what they hold, whoever made them up.
bool ends_like_a_secret(std::string_view name) {
  const auto ends_in = [name](std::string_view word) {
    return name.size() >= word.size() && same_word(name.substr(name.size() - word.size()), word);
  };
  switch (name.empty() ? '\0' : lower(name.back())) {
    case 'n':
      return ends_in("token");
    case 't':
      return ends_in("secret");
    case 'd':
      return ends_in("password");
    default:
      return false;
  }
}

bool is_no_secret(std::string_view name) {
  return std::ranges::find(kNoSecrets, FoldedName(name).view()) != std::end(kNoSecrets);
}

}  // namespace

HeaderSecret secret_in_header(std::string_view name) {
  static constexpr NameLetters kLetters(kHeaders);
  if (same_word(name.substr(0, kTokenHeaders.size()), kTokenHeaders)) return HeaderSecret::value;
  if (ends_like_a_secret(name)) return HeaderSecret::value;
  if (!kLetters.may_hold(name)) return HeaderSecret::none;
  const auto same = [name](const HeaderName& known) { return same_word(name, known.name); };
  const auto at = std::ranges::find_if(kHeaders, same);
  return at == std::end(kHeaders) ? HeaderSecret::none : at->secret;
}

ParameterSecret secret_in_parameter(std::string_view name) {
  static constexpr NameLetters kLetters(kParameters);
  const ParameterName* known = look_up(kParameters, kLetters, name);
  return known ? known->secret : ParameterSecret::none;
}

MemberSecret secret_in_member(std::string_view key) {
  static constexpr NameLetters kLetters(kMembers);
  const MemberName* known = look_up(kMembers, kLetters, key);
  if (known != nullptr) return known->secret;
  return ends_like_a_secret(key) && !is_no_secret(key) ? MemberSecret::value : MemberSecret::none;
}

}  // namespace corpus
