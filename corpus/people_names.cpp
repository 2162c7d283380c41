#include "corpus/people_names.h"

#include <algorithm>
#include <iterator>

#include "corpus/folded_name.h"

namespace corpus {
namespace {

/// A member, in lower case and without `_` and `-`.
struct Name {
  std::string_view name;
  PersonMember member;
};

constexpr Name kMembers[] = {
    {"assertedidentity", PersonMember::person},
    {"azurecommunicationservicesuser", PersonMember::person},
    {"encrypted", PersonMember::person},
    {"from", PersonMember::person},
    {"guest", PersonMember::person},
    {"onpremises", PersonMember::person},
    {"phone", PersonMember::person},
    {"recipient", PersonMember::person},
    {"user", PersonMember::person},
    {"users", PersonMember::person},
    {"application", PersonMember::application},
    {"applicationinstance", PersonMember::application},
    {"device", PersonMember::application},
    {"id", PersonMember::id},
    {"displayname", PersonMember::name},
    {"familyname", PersonMember::any_name},
    {"givenname", PersonMember::any_name},
    {"preferreddisplayname", PersonMember::any_name},
    {"surname", PersonMember::any_name},
    {"name", PersonMember::claim},
    {"aadobjectid", PersonMember::user},
    {"objectidentifier", PersonMember::user},
    {"oid", PersonMember::user},
    {"onpremsid", PersonMember::user},
    {"organizerid", PersonMember::user},
    {"userid", PersonMember::user},
    {"userobjectid", PersonMember::user},
    {"nameidentifier", PersonMember::claim_user},
    {"puid", PersonMember::claim_user},
    {"sub", PersonMember::claim_user},
    {"tenant", PersonMember::tenant},
    {"tenantid", PersonMember::tenant},
    {"tid", PersonMember::tenant},
    {"email", PersonMember::mail},
    {"emailaddress", PersonMember::mail},
    {"loginhint", PersonMember::mail},
    {"mail", PersonMember::mail},
    {"preferredusername", PersonMember::mail},
    {"uniquename", PersonMember::mail},
    {"upn", PersonMember::mail},
    {"userprincipalname", PersonMember::mail},
    {"businessphones", PersonMember::phone},
    {"mobilephone", PersonMember::phone},
    {"phonenumber", PersonMember::phone},
    {"telephonenumber", PersonMember::phone},
    {"joinmeetingid", PersonMember::digits},
    {"messageid", PersonMember::digits},
    {"replychainmessageid", PersonMember::digits},
    {"typ", PersonMember::claim_type},
    {"val", PersonMember::claim_value},
};

/// Headers of a proxy that has signed a user in, in lower case.
constexpr std::string_view kHeaders[] = {"x-forwarded-email",          "x-forwarded-preferred-username",
                                         "x-forwarded-user",           "x-ms-client-principal-id",
                                         "x-ms-client-principal-name", "x-remote-user"};

}  // namespace

PersonMember person_in_member(std::string_view key) {
  static constexpr NameLetters kLetters(kMembers);
  if (key.size() > kLongestSecretName) {
    constexpr std::string_view kLong = "/claims/";
    const std::size_t word = key.rfind('/') + 1;  // npos + 1 is 0
    if (!key.substr(0, word).ends_with(kLong)) return PersonMember::none;
    key.remove_prefix(word);
  }
  const Name* known = look_up(kMembers, kLetters, key);
  return known == nullptr ? PersonMember::none : known->member;
}

bool names_person(std::string_view header) {
  return std::ranges::any_of(kHeaders, [header](std::string_view name) { return same_word(name, header); });
}

}  // namespace corpus
