// The tables of corpus/payload_fields.h for operations and errors.
#pragma once

#include "corpus/payload_fields.h"

namespace corpus {

template <>
struct Fields<ResultInfo> {
  using T = ResultInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"code", &T::code},
                                    Field{"subcode", &T::subcode}, Field{"subCode", &T::subcode, true},
                                    Field{"message", &T::message}};
};

template <>
struct Fields<MediaInfo> {
  using T = MediaInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"uri", &T::uri},
                                    Field{"resourceId", &T::resource_id}};
};

template <>
struct Fields<Prompt> {
  using T = Prompt;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"mediaInfo", &T::media_info}};
};

template <>
struct Fields<Operation> {
  using T = Operation;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"@odata.id", &T::odata_id},
                                    Field{"@odata.etag", &T::odata_etag},
                                    Field{"id", &T::id},
                                    Field{"clientContext", &T::client_context},
                                    Field{"status", &T::status},
                                    Field{"resultInfo", &T::result_info},
                                    Field{"completionReason", &T::completion_reason},
                                    Field{"createdDateTime", &T::created},
                                    Field{"lastActionDateTime", &T::last_action},
                                    Field{"recordingLocation", &T::recording_location},
                                    Field{"recordResourceLocation", &T::recording_location, true},
                                    Field{"recordingAccessToken", &T::recording_access_token},
                                    Field{"recordResourceAccessToken", &T::recording_access_token, true},
                                    Field{"participants", &T::participants},
                                    Field{"prompts", &T::prompts}};
};

template <>
struct Fields<InnerError> {
  using T = InnerError;
  static constexpr std::tuple kList{Field{"code", &T::code}, Field{"message", &T::message}, Field{"date", &T::date},
                                    Field{"request-id", &T::request_id},
                                    Field{"client-request-id", &T::client_request_id}};
};

template <>
struct Fields<GraphError> {
  using T = GraphError;
  static constexpr std::tuple kList{Field{"code", &T::code}, Field{"message", &T::message}, Field{"target", &T::target},
                                    Field{"innerError", &T::inner_error}, Field{"innererror", &T::inner_error, true}};
};

}  // namespace corpus
