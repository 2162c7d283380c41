// Bodies under a content coding: what they say once it is taken off.
//
// A recording keeps coded bodies as they were on the wire. But ids and secrets stand inside, so whoever has to find,
// compare or replace something looks at what gzip hides.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// A body that grows beyond this is taken for an attack, and stays as it is. What HTTP listeners take (harness/net.h).
inline constexpr std::size_t kLongestDecoded = 64 << 20;

/// The content under all codings that Content-Encoding names: gzip, x-gzip, deflate (with and without zlib's header),
/// identity. Nothing if there is none, one of them is unknown, the body is broken, or too long when decoded. White
/// space and zeros behind it are passed over.
std::optional<std::string> decoded_body(const Headers& headers, std::string_view body);

/// Whether Content-Encoding names a coding, known or not.
bool names_coding(const Headers& headers);

/// Takes the codings off where that can be done: Content-Encoding goes, Content-Length follows. False if nothing was.
bool decode_body(Request& request);
bool decode_body(Response& response);
/// Puts plain content into the place of a body, as above.
void replace_body(Request& request, std::string content);
void replace_body(Response& response, std::string content);

/// Whether Content-Type names a type (in lower case, or the begin of one), whatever its parameters.
bool has_media_type(const Headers& headers, std::string_view type);

/// decode_body() for every message of a session.
void decode_bodies(Session& session);
/// Whether decode_bodies() might change anything.
bool has_coded_body(const Session& session);

}  // namespace corpus
