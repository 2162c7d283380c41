#include "corpus/identity.h"

#include "corpus/participant.h"

namespace corpus {
namespace {

/// The first of the three places that has the text.
Text first_of(const ParticipantInfo& info, Text ParticipantInfo::*in_info, Text IdentitySet::*in_set,
              Text Identity::*in_identity) {
  if (info.*in_info) return info.*in_info;
  if (!info.identity) return std::nullopt;
  if (*info.identity.*in_set) return *info.identity.*in_set;
  const Identity* const identity = identity_of(*info.identity);
  return identity != nullptr ? identity->*in_identity : std::nullopt;
}

}  // namespace

const Identity* identity_of(const IdentitySet& set) {
  for (const Ref<Identity>* identity :
       {&set.user, &set.application, &set.application_instance, &set.phone, &set.guest, &set.device, &set.encrypted,
        &set.on_premises, &set.asserted_identity, &set.communication_services_user}) {
    if (*identity) return &**identity;
  }
  return nullptr;
}

Text region_of(const ParticipantInfo& info) {
  return first_of(info, &ParticipantInfo::region, &IdentitySet::region, &Identity::region);
}

Text language_of(const ParticipantInfo& info) {
  return first_of(info, &ParticipantInfo::language_id, &IdentitySet::language_id, &Identity::language_id);
}

}  // namespace corpus
