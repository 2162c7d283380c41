#include "corpus/clue.h"

#include <cstddef>

namespace corpus {
namespace {

constexpr ClueText kTexts[] = {
    {Clue::header, "secret-header", false,
     "a header that carries credentials: Authorization, Cookie, X-Api-Key, …-Token"},
    {Clue::parameter, "secret-parameter", false,
     "a parameter of a query, a form or a text: client_secret=, code=, sig=, a meeting's p="},
    {Clue::member, "secret-member", false,
     "a member of a JSON object: access_token, passcode, replacesContext, …Secret"},
    {Clue::url_password, "url-password", false, "a password in a URL: https://name:password@host"},
    {Clue::token, "token", false, "a JSON Web Token, wherever it stands: eyJ….….…"},
    {Clue::known_secret, "known-secret", false,
     "a value that stands elsewhere in the session under the name of a secret"},
    {Clue::person_header, "person-header", true, "a header that names a user: X-MS-Client-Principal-Name"},
    {Clue::person_member, "person-member", true,
     "the id of a user, a guest or an organizer, by the member that holds it: user.id, oid, joinMeetingId"},
    {Clue::person_name, "person-name", true, "a display name that is not an application's"},
    {Clue::tenant, "tenant", true, "the id of a tenant: tenantId, tid, /{id}/oauth2/"},
    {Clue::account, "account", true, "an account in a longer text: 8:orgid:…, 8:live:…, sip:…, /users/…"},
    {Clue::mail, "mail", true, "a mail address or user principal name"},
    {Clue::phone, "phone", true, "a telephone number: 7 to 15 digits behind + or tel:"},
    {Clue::address, "address", true,
     "an IP address that is not loopback, multicast, or for documentation or benchmarks"},
    {Clue::thread, "thread", true, "a chat: 19:…@thread.v2"},
    {Clue::meeting, "meeting", true, "the number in a link to a meeting: /meet/…"},
    {Clue::known_person, "known-person", true, "a value that stands elsewhere in the session for a person"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    if (static_cast<std::size_t>(kTexts[i].clue) != i) return false;
  }
  return static_cast<std::size_t>(Clue::known_person) + 1 == std::size(kTexts);
}
static_assert(in_order());

}  // namespace

std::span<const ClueText> clue_texts() {
  return kTexts;
}

const ClueText& text_of(Clue clue) {
  return kTexts[static_cast<std::size_t>(clue)];
}

}  // namespace corpus
