// The tables of corpus/payload_fields.h for what stands around calls and rosters.
#pragma once

#include "corpus/payload_fields.h"

namespace corpus {

template <>
struct Fields<ContentSharingSession> {
  using T = ContentSharingSession;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"@odata.id", &T::odata_id},
                                    Field{"@odata.etag", &T::odata_etag}, Field{"id", &T::id}};
};

template <>
struct Fields<ParticipantJoining> {
  using T = ParticipantJoining;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"@odata.id", &T::odata_id},
                                    Field{"id", &T::id}, Field{"call", &T::call}};
};

template <>
struct Fields<ParticipantLeft> {
  using T = ParticipantLeft;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"@odata.id", &T::odata_id},
                                    Field{"id", &T::id}, Field{"call", &T::call},
                                    Field{"participantId", &T::participant_id}};
};

template <>
struct Fields<Notification> {
  using T = Notification;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"changeType", &T::change_type},
                                    Field{"resource", &T::resource},
                                    Field{"resourceUrl", &T::resource_url},
                                    Field{"callbackUri", &T::callback_uri},
                                    Field{"subscriptionId", &T::subscription_id},
                                    Field{"subscriptionExpirationDateTime", &T::subscription_expiration},
                                    Field{"resourceData", &T::data}};
};

template <>
struct Fields<Notifications> {
  using T = Notifications;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"@odata.context", &T::odata_context},
                                    Field{"value", &T::value}};
};

}  // namespace corpus
