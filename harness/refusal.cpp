#include "harness/refusal.h"

#include <fmt/format.h>

#include "harness/http_message.h"

namespace harness {

corpus::Response refusal(ParseFault fault, const HttpLimits& limits) {
  switch (fault) {
    case ParseFault::header_too_large:
      return error_response(431, "rollcallHeaderTooLarge",
                            fmt::format("Rollcall takes up to {} bytes of header.", limits.header));
    case ParseFault::body_too_large:
      return error_response(413, "rollcallBodyTooLarge",
                            fmt::format("Rollcall takes up to {} bytes of body.", limits.body));
    case ParseFault::unknown_coding:
      return error_response(501, "rollcallUnknownCoding", "Rollcall knows no transfer coding but chunked.");
    default:
      return error_response(400, "rollcallBadRequest", "Rollcall cannot read this as an HTTP/1 request.");
  }
}

}  // namespace harness
