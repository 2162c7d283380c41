// The hashes of the keys that mutations know by name.
#pragma once

#include "fuzz/json_index.h"

namespace fuzz::names {

inline constexpr std::uint32_t kValue = name_of("value");
inline constexpr std::uint32_t kODataType = name_of("@odata.type");
inline constexpr std::uint32_t kODataEtag = name_of("@odata.etag");
inline constexpr std::uint32_t kChangeType = name_of("changeType");
inline constexpr std::uint32_t kResource = name_of("resource");
inline constexpr std::uint32_t kResourceUrl = name_of("resourceUrl");
inline constexpr std::uint32_t kResourceData = name_of("resourceData");
inline constexpr std::uint32_t kState = name_of("state");
inline constexpr std::uint32_t kStatus = name_of("status");

}  // namespace fuzz::names
