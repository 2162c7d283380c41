// Bodies that are made of parts: forms and multipart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// One part or field. `name` is what it is known by; views are into the body.
struct BodyPart {
  std::string name;
  std::string_view type;  ///< its Content-Type; empty: it has none, as a field of a form
  std::string content;
};

/// The value of the first header of this name (in lower case); empty if there is none. Lives as long as the headers.
std::string_view header_value(const corpus::Headers& headers, std::string_view lower);

/// A media type in lower case, without its parameters: "multipart/mixed".
std::string media_type(std::string_view content_type);

/// The fields of application/x-www-form-urlencoded, decoded, in their order.
std::vector<BodyPart> form_fields(std::string_view body);

/// The parts of a multipart body (RFC 2046), by the name in Content-Disposition, else Content-ID, else place from 1.
/// Nothing if the type names no boundary or the body does not keep to it.
std::optional<std::vector<BodyPart>> multipart_parts(std::string_view content_type, std::string_view body);

}  // namespace replay
