#include "corpus/notification.h"

#include <utility>

#include "corpus/payload_reader.h"
#include "corpus/payload_writer.h"
#include "corpus/straight_reader.h"

namespace corpus {
namespace {

/// Which way a body is a delivery.
enum class Envelope { there, missing, neither };

/// By the members that stand in the body. `value` is its place, and `found` what stands there, if it is there.
Envelope envelope_of(JsonValue body, Place& value, JsonValue& found) {
  Envelope envelope = Envelope::neither;
  for (JsonValue key = body.first(), end = body.end(); key != end; key = found.next()) {
    found = key.next();
    value.key = key.string();
    if (value.key == "value") return Envelope::there;
    const bool bare = value.key == "changeType" || value.key == "resource" || value.key == "resourceUrl" ||
                      value.key == "resourceData";
    if (bare) envelope = Envelope::missing;
    ++value.index;
  }
  return envelope;
}

constexpr std::string_view kNoValue = "expected a member \"value\" with notifications, found none";

// All members that would make it a notification are null, which is the same as absent.
bool says_nothing(const Notification& alone) {
  return !alone.change_type.text && !alone.resource && !alone.resource_url && alone.data.kind == ResourceKind::none;
}

bool read_delivery(PayloadMemory& memory, PayloadReader& reader, JsonValue root, Notifications& out) {
  if (!root.is_object()) return reader.refuse_type("object", root, nullptr);
  Place place;
  JsonValue value;
  switch (envelope_of(root, place, value)) {
    case Envelope::there:
      if (!value.is_array()) return reader.refuse_type("array", value, &place);
      return reader.object(root, out, nullptr);
    case Envelope::missing: {
      const std::span<Notification> alone = memory.arena().make<Notification>(1);
      out.enveloped = false;
      out.value = List<Notification>(alone);
      memory.warn("is a notification without an envelope", "");
      if (!reader.notification(root, alone.front(), nullptr)) return false;
      return !says_nothing(alone.front()) || reader.refuse(std::string(kNoValue), nullptr);
    }
    case Envelope::neither:
      return reader.refuse(std::string(kNoValue), nullptr);
  }
  return false;
}

/// The delivery that the memory has taken.
Parsed<Notifications> delivery_in(PayloadMemory& memory) {
  Notifications delivery;
  if (StraightReader(memory).body(delivery) && delivery.value.present()) return delivery;
  const auto root = memory.document();
  if (!root) return std::unexpected(root.error());
  PayloadReader reader(memory);
  delivery = {};
  if (!read_delivery(memory, reader, *root, delivery)) return std::unexpected(reader.error());
  return delivery;
}

}  // namespace

std::string_view to_string(ResourceKind kind) {
  static constexpr std::array<std::string_view, 9> kNames{
      "none", "call", "roster", "delta", "operation", "content_sharing", "joining", "left", "unknown"};
  return kNames[static_cast<std::size_t>(kind)];
}

NotificationParser::NotificationParser(ParseLimits limits) : memory_(std::make_unique<PayloadMemory>(limits)) {}
NotificationParser::~NotificationParser() = default;
NotificationParser::NotificationParser(NotificationParser&&) noexcept = default;
NotificationParser& NotificationParser::operator=(NotificationParser&&) noexcept = default;

Parsed<Notifications> NotificationParser::parse(std::string_view body) {
  if (auto refused = memory_->take(body)) return std::unexpected(std::move(*refused));
  return delivery_in(*memory_);
}

Parsed<Notifications> NotificationParser::parse_in_place(const simdjson::padded_string& body) {
  if (auto refused = memory_->take_in_place(body)) return std::unexpected(std::move(*refused));
  return delivery_in(*memory_);
}

const Warnings& NotificationParser::warnings() const {
  return memory_->warnings();
}

Parsed<OwnedNotifications> parse_notifications(std::string_view body, ParseLimits limits) {
  NotificationParser parser(limits);
  auto delivery = parser.parse(body);
  if (!delivery) return std::unexpected(std::move(delivery.error()));
  return OwnedNotifications{std::move(parser), *delivery};
}

std::string write(const Notifications& delivery) {
  std::string out;
  PayloadWriter writer(out);
  delivery.enveloped || delivery.value.empty() ? writer.object(delivery) : writer.object(delivery.value.front());
  return out;
}

}  // namespace corpus
