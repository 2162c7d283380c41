// Messages to bytes, and the rules by which a proxy passes fields on.
//
// What is recorded is what came; what goes on follows RFC 9110 and 9112: fields that belong to one connection
// (hop-by-hop) stay behind and the framing is made anew in the same form: chunked stays chunked, a length stays a
// length. Nothing is added that nginx, say, would not add either: no Via, no Date, no Forwarded. A bot under test must
// see what Graph sends.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "harness/address.h"

namespace harness {

/// What the answer has to respect about the request that it answers.
struct Framing {
  bool head = false;       ///< a HEAD request: the answer has no content, whatever its length says
  bool http_1_0 = false;   ///< the caller does not know chunked
  bool keep_alive = true;  ///< whether the connection stays open after the answer
};

/// Whether two field names (or tokens) are the same, ASCII case aside.
bool same_token(std::string_view left, std::string_view right);

/// The value of the first field of that name; nothing if there is none. The view lives as long as `headers`.
std::optional<std::string_view> find_header(const corpus::Headers& headers, std::string_view name);

/// Appends the request as it goes to `upstream`: its path before the target, its authority as `Host` (a virtual host
/// or a TLS front end knows its own name only, not ours), no `Expect`, which has been answered here. A body goes with
/// the framing that the fields name, or with a length if they name none.
void append_request(std::string& wire, const corpus::Request& request, const Url& upstream);

/// Appends the answer as it goes to the caller.
void append_response(std::string& wire, const corpus::Response& response, const Framing& framing);

/// Our own answer to a caller, in the shape of Graph's errors: {"error":{"code":…,"message":…}}.
corpus::Response error_response(int status, std::string_view code, std::string_view message);

/// Our answer where an upstream gave none, for this reason (a constant of namespace failure): 504 if it was too slow,
/// else 502. `message` says whom we asked.
corpus::Response no_answer_response(std::string_view reason, std::string_view message);

/// Whether sending the request twice is the same as once (RFC 9110, 9.2.2).
bool is_idempotent(std::string_view method);

}  // namespace harness
