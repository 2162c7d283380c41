// Which member of a payload belongs into which member of a value: one table for each type, for reading and for writing.
//
// For sources only.
#pragma once

#include <string_view>
#include <tuple>

#include "corpus/call.h"
#include "corpus/invite.h"
#include "corpus/notification.h"
#include "corpus/operation.h"
#include "corpus/participant.h"

namespace corpus {

/// One member: its name on the wire and where it goes. A second spelling of the member before it is only read.
template <typename Owner, typename Value>
struct Field {
  std::string_view name;
  Value Owner::*member;
  bool second_spelling = false;
};

/// The table of a type: Fields<T>::kList, a tuple of Field. At most 64 entries.
template <typename T>
struct Fields;

template <>
struct Fields<Identity> {
  using T = Identity;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"id", &T::id},
                                    Field{"displayName", &T::display_name},
                                    Field{"tenantId", &T::tenant_id},
                                    Field{"identityProvider", &T::identity_provider},
                                    Field{"ApplicationType", &T::application_type},
                                    Field{"applicationType", &T::application_type, true},
                                    Field{"region", &T::region},
                                    Field{"languageId", &T::language_id},
                                    Field{"endpointId", &T::endpoint_id}};
};

template <>
struct Fields<IdentitySet> {
  using T = IdentitySet;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"user", &T::user},
                                    Field{"application", &T::application},
                                    Field{"applicationInstance", &T::application_instance},
                                    Field{"phone", &T::phone},
                                    Field{"guest", &T::guest},
                                    Field{"device", &T::device},
                                    Field{"encrypted", &T::encrypted},
                                    Field{"onPremises", &T::on_premises},
                                    Field{"assertedIdentity", &T::asserted_identity},
                                    Field{"azureCommunicationServicesUser", &T::communication_services_user},
                                    Field{"endpointType", &T::endpoint_type},
                                    Field{"region", &T::region},
                                    Field{"languageId", &T::language_id}};
};

template <>
struct Fields<ParticipantInfo> {
  using T = ParticipantInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"id", &T::id},
                                    Field{"identity", &T::identity},
                                    Field{"endpointType", &T::endpoint_type},
                                    Field{"region", &T::region},
                                    Field{"languageId", &T::language_id},
                                    Field{"countryCode", &T::country_code},
                                    Field{"participantId", &T::participant_id},
                                    Field{"platformId", &T::platform_id},
                                    Field{"endpointId", &T::endpoint_id},
                                    Field{"clientVersion", &T::client_version},
                                    Field{"replacementLink", &T::replacement_link},
                                    Field{"nonAnonymizedIdentity", &T::non_anonymized_identity}};
};

}  // namespace corpus
