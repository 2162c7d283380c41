// Who somebody is, as Graph tells it: a person, an application, a telephone.
#pragma once

#include "corpus/payload_values.h"

namespace corpus {

/// One identity. The ids are GUIDs in any spelling, "+123…" for a telephone, or malformed: they are text.
struct Identity {
  Text odata_type;
  Text id;
  Text display_name;
  Text tenant_id;
  Text identity_provider;
  Text application_type;
  Text region;
  Text language_id;
  Text endpoint_id;

  bool operator==(const Identity&) const = default;
};

/// Which of its kinds an identity is; in practice one of these is there. The type is open: kinds that are not listed
/// are passed over.
struct IdentitySet {
  Text odata_type;
  Ref<Identity> user;
  Ref<Identity> application;
  Ref<Identity> application_instance;
  Ref<Identity> phone;
  Ref<Identity> guest;
  Ref<Identity> device;
  Ref<Identity> encrypted;
  Ref<Identity> on_premises;
  Ref<Identity> asserted_identity;
  Ref<Identity> communication_services_user;
  Text endpoint_type;
  Text region;
  Text language_id;

  bool operator==(const IdentitySet&) const = default;
};

/// The identity that is set, the first in the order above; null if none is.
const Identity* identity_of(const IdentitySet& set);

}  // namespace corpus
