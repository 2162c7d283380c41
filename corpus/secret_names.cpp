#include "corpus/secret_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "corpus/ascii.h"
#include "corpus/folded_name.h"

namespace corpus {
namespace {

/// The name of a header: lower case, without `_` and `-`. As a member of JSON it holds a secret, too.
struct HeaderName {
  std::string_view name;
  HeaderSecret secret;
};

constexpr HeaderName kHeaders[] = {
    {"authorization", HeaderSecret::credentials},
    {"authentication", HeaderSecret::credentials},  // so misspelt in Microsoft's own samples
    {"proxyauthorization", HeaderSecret::credentials},
    {"xauthorization", HeaderSecret::credentials},
    {"xforwardedauthorization", HeaderSecret::credentials},
    {"xoriginalauthorization", HeaderSecret::credentials},
    {"xmsauthorizationauxiliary", HeaderSecret::credentials},
    {"cookie", HeaderSecret::cookies},
    {"setcookie", HeaderSecret::set_cookie},
    {"apikey", HeaderSecret::value},
    {"apikey", HeaderSecret::value},
    {"ocpapimsubscriptionkey", HeaderSecret::value},
    {"registrationtoken", HeaderSecret::value},
    {"xaccesstoken", HeaderSecret::value},
    {"xamzsecuritytoken", HeaderSecret::value},
    {"xapikey", HeaderSecret::value},
    {"xauthtoken", HeaderSecret::value},
    {"xclientsecret", HeaderSecret::value},
    {"xcsrftoken", HeaderSecret::value},
    {"xfunctionskey", HeaderSecret::value},
    {"xgoogapikey", HeaderSecret::value},
    {"xidentityheader", HeaderSecret::value},  // managed identities of App Service
    {"xskypetoken", HeaderSecret::value},
    {"xxsrftoken", HeaderSecret::value},
    {"xzumoauth", HeaderSecret::value},
    {"xaccesskey", HeaderSecret::value},
    {"xarrclientcert", HeaderSecret::value},  // the certificate a client of App Service has shown
    {"xauth", HeaderSecret::value},
    {"xauthkey", HeaderSecret::value},
    {"xsecretkey", HeaderSecret::value},
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
    {"accesskey", ParameterSecret::in_query},
    {"assertion", ParameterSecret::in_query},
    {"authorization", ParameterSecret::in_query},
    {"authtoken", ParameterSecret::in_query},
    {"code", ParameterSecret::in_query},  // authorization codes, and the keys of Azure Functions
    {"codeverifier", ParameterSecret::in_query},
    {"devicecode", ParameterSecret::in_query},
    {"idtokenhint", ParameterSecret::in_query},
    {"passcode", ParameterSecret::in_query},
    {"passwd", ParameterSecret::in_query},
    {"pin", ParameterSecret::in_query},
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
    {"accesskey", MemberSecret::value},
    {"accesstoken", MemberSecret::value},
    {"accountkey", MemberSecret::value},
    {"apikey", MemberSecret::value},
    {"assertion", MemberSecret::value},
    {"authentication", MemberSecret::none},  // an object about it; as a header it holds credentials
    {"authorization", MemberSecret::credentials},
    {"authtoken", MemberSecret::value},
    {"clientassertion", MemberSecret::value},
    {"clientsecret", MemberSecret::value},
    {"codeverifier", MemberSecret::value},
    {"clientstate", MemberSecret::value},  // by which a receiver of change notifications knows who sends them
    {"connectionstring", MemberSecret::value},
    {"idtoken", MemberSecret::value},
    {"jwt", MemberSecret::value},
    {"passcode", MemberSecret::value},
    {"passwd", MemberSecret::value},
    {"password", MemberSecret::value},
    {"pin", MemberSecret::value},
    {"primarykey", MemberSecret::value},
    {"privatekey", MemberSecret::value},
    {"pwd", MemberSecret::value},
    {"recordingaccesstoken", MemberSecret::value},
    {"recordresourceaccesstoken", MemberSecret::value},
    {"refreshtoken", MemberSecret::value},
    {"replacementlink", MemberSecret::value},  // a link by which a participant's place in a call can be taken
    {"replacescontext", MemberSecret::value},  // the same for a call
    {"samlresponse", MemberSecret::value},
    {"secondarykey", MemberSecret::value},
    {"secret", MemberSecret::value},
    {"secretkey", MemberSecret::value},
    {"secrettext", MemberSecret::value},  // of a client secret that Graph has made
    {"sharedaccesskey", MemberSecret::value},
    {"sig", MemberSecret::value},
    {"skypetoken", MemberSecret::value},
    {"subscriptionkey", MemberSecret::value},
    {"token", MemberSecret::value},
};

/// What ends in "token" and is none: they say where a list goes on, or (validationToken) what to answer.
constexpr std::string_view kNoSecrets[] = {"cancellationtoken", "continuationtoken", "deltatoken",
                                           "nextpagetoken",     "nexttoken",         "pagetoken",
                                           "skiptoken",         "synctoken",         "validationtoken"};

/// The words that names of secrets end in, whoever made them up: joinToken, X-Hub-Secret, userPassword.
constexpr std::string_view kEnds[] = {"token", "secret", "password", "passcode"};

bool ends_like_a_secret(std::string_view name) {
  constexpr std::size_t kShortest = 5;
  if (name.size() < kShortest) return false;
  // Two letters tell nearly all others.
  const auto pair = lower(name[name.size() - 2]) << 8 | lower(name.back());
  return std::ranges::any_of(kEnds, [&](std::string_view word) {
    return pair == (word[word.size() - 2] << 8 | word.back()) && name.size() >= word.size() &&
           same_word(name.substr(name.size() - word.size()), word);
  });
}

bool is_no_secret(std::string_view name) {
  if (name.starts_with('$')) name.remove_prefix(1);  // OData: $skiptoken=
  return std::ranges::find(kNoSecrets, FoldedName(name).view()) != std::end(kNoSecrets);
}

bool is_named_a_secret(std::string_view name) {
  return ends_like_a_secret(name) && !is_no_secret(name);
}

bool begins_like_a_token_header(std::string_view name) {
  return !name.empty() && lower(name.front()) == 'x' && same_word(name.substr(0, kTokenHeaders.size()), kTokenHeaders);
}

constexpr NameLetters kHeaderLetters(kHeaders);

HeaderSecret known_header(std::string_view name) {
  if (begins_like_a_token_header(name)) return HeaderSecret::value;
  const HeaderName* known = look_up(kHeaders, kHeaderLetters, name);
  return known == nullptr ? HeaderSecret::none : known->secret;
}

}  // namespace

HeaderSecret secret_in_header(std::string_view name) {
  return ends_like_a_secret(name) ? HeaderSecret::value : known_header(name);
}

ParameterSecret secret_in_parameter(std::string_view name) {
  static constexpr NameLetters kLetters(kParameters);
  if (const ParameterName* known = look_up(kParameters, kLetters, name)) return known->secret;
  return is_named_a_secret(name) ? ParameterSecret::in_query : ParameterSecret::none;
}

namespace {

/// Asked for each member of each message, of which hardly any is a secret: what the first two and the last letters of a
/// name leave open. Of letters the low five bits count, which are the same in both cases.
class MemberLetters {
 public:
  constexpr MemberLetters() {
    for (const MemberName& member : kMembers) add(member.name);
    for (const HeaderName& header : kHeaders) add(header.name);
    for (const std::string_view end : kEnds) ends_[place(end[end.size() - 2], end.back())] = true;
    for (int first = 0; first < 32; ++first) {
      for (const char separator : {'_', '-'}) begins_[place(static_cast<char>(first), separator)] = true;
    }
  }

  bool may_hold(std::string_view name) const {
    if (name.size() < 2) return false;
    const char first = name.front();
    const char last = name.back();
    const bool may_be_known = both_[place(first, last)] && begins_[place(first, name[1])];
    return may_be_known || ends_[place(name[name.size() - 2], last)] || lower(first) == kTokenHeaders.front();
  }

 private:
  static constexpr std::size_t place(char one, char other) {
    return static_cast<std::size_t>(one & 31) << 5 | static_cast<std::size_t>(other & 31);
  }
  constexpr void add(std::string_view name) {
    both_[place(name.front(), name.back())] = true;
    begins_[place(name[0], name[1])] = true;
  }

  std::array<bool, 1024> both_{};
  std::array<bool, 1024> begins_{};
  std::array<bool, 1024> ends_{};
};

constexpr MemberLetters kMemberLetters;

MemberSecret secret_in_likely_member(std::string_view key) {
  static constexpr NameLetters kLetters(kMembers);
  if (const MemberName* known = look_up(kMembers, kLetters, key)) return known->secret;
  if (is_named_a_secret(key)) return MemberSecret::value;
  switch (known_header(key)) {
    case HeaderSecret::none:
      return MemberSecret::none;
    case HeaderSecret::credentials:
      return MemberSecret::credentials;
    default:
      return MemberSecret::value;
  }
}

}  // namespace

MemberSecret secret_in_member(std::string_view key) {
  return kMemberLetters.may_hold(key) ? secret_in_likely_member(key) : MemberSecret::none;
}

}  // namespace corpus
