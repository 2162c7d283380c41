// What the handler under test reads of a delivery: the envelope as a whole, then one typed notice after the other.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

namespace planted {

/// Why a body is turned down before any of it is acted on.
enum class Refusal {
  not_json,     ///< the body as a whole is not one valid JSON text
  no_envelope,  ///< the root is no object, or its `value` is no array
  no_notice,    ///< an item of `value` is no object
  no_change,    ///< an item without a `changeType` in text
  no_resource,  ///< an item with neither `resource` nor `resourceUrl` in text
  no_data,      ///< `resourceData` is neither object nor array of objects nor absent nor null
};

/// What happened to the resource. Graph may add values, so an unknown one is no error.
enum class Change { created, updated, deleted, unknown };

/// What `resourceData` holds.
enum class Kind { none, call, operation, roster, delta, unknown };

/// Where in Graph a notice points to: …/calls/{call}/{collection}/{item}. What is not there is empty.
struct Path {
  std::string_view text;
  std::string_view call;
  std::string_view collection;
  std::string_view item;
};

/// One stream of a participant.
struct Stream {
  std::string_view source_id;
  std::string_view media_type;
  bool server_muted = false;
};

/// One participant of a roster, classic or delta.
struct Participant {
  std::string_view id;
  std::string_view name;
  bool muted = false;
  bool in_lobby = false;
  bool removed = false;
  std::vector<Stream> streams;
  simdjson::dom::object json;
};

/// How a call or an operation ended. Numbers may come as texts.
struct ResultInfo {
  std::optional<std::int64_t> code;
  std::optional<std::int64_t> subcode;
  std::string_view message;
};

/// One notification. The views and the JSON live as long as the parser's document does: until its next parse.
/// Members that are absent, null or of another type are empty.
struct Notice {
  Change change = Change::unknown;
  Kind kind = Kind::none;
  Path path;
  std::string_view type;      ///< `@odata.type` of the data, as sent
  std::string_view id;        ///< of a call or an operation
  std::string_view progress;  ///< `state` of a call, `status` of an operation
  std::string_view etag;
  std::string_view client_context;  ///< of an operation
  std::optional<ResultInfo> result;
  std::vector<Participant> participants;
  std::optional<std::int64_t> sequence;  ///< of a delta
  simdjson::dom::object json;            ///< the whole item of `value`
};

/// Every notice of one delivery, in its order.
using Batch = std::vector<Notice>;

/// The notices of the body, or why it is refused. Nothing is given out unless the whole body is valid JSON and every
/// item of the envelope is well formed. `parser` owns what the notices show and must outlive them.
std::expected<Batch, Refusal> read_batch(std::string_view body, simdjson::dom::parser& parser);

}  // namespace planted
