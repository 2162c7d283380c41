#include "replay/noise_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>

#include "corpus/json_place.h"
#include "corpus/json_text.h"

namespace replay {
namespace {

namespace json = boost::json;

constexpr int kVersion = 1;

std::string quoted(std::string_view text) {
  std::string out;
  corpus::append_json_string(out, text);
  return out;
}

std::string seen_text(const std::vector<Sample>& samples) {
  std::string text = "\"seen\":[";
  for (std::size_t i = 0; i < samples.size(); ++i) {
    text += i == 0 ? "\n      {" : ",\n      {";
    text += samples[i].value ? "\"value\":" + json::serialize(*samples[i].value) : "\"absent\":true";
    text += fmt::format(",\"times\":{}}}", samples[i].times);
  }
  return text + "]";
}

std::string text_of(const NoisyPlace& place) {
  std::string text = fmt::format("\"request\":{},\"part\":\"{}\",\"pointer\":{},\"exchanges\":[{}],\"runs\":{}",
                                 quoted(place.request), place.part == Part::request ? "request" : "answer",
                                 quoted(place.pointer), fmt::join(place.exchanges, ","), place.runs);
  text += ",\n     \"accepts\":" + quoted(model_of(place).describe());
  return text + ",\n     " + seen_text(place.seen);
}

std::string text_of(const NoisyOrder& order) {
  return fmt::format("\"first\":{},\"second\":{},\"runs\":{}", order.first, order.second, order.runs);
}

std::string text_of(const NoisyPresence& presence) {
  return fmt::format("\"exchange\":{},\"request\":{},\"runs\":{}", presence.exchange, quoted(presence.request),
                     presence.runs);
}

std::string text_of(const NoisyExtra& extra) {
  return fmt::format("\"request\":{},\"most\":{},\"runs\":{},\n     {}", quoted(extra.request), extra.most, extra.runs,
                     seen_text(extra.seen));
}

std::string text_of(const NoisyTime& time) {
  return fmt::format("\"exchange\":{},\"request\":{},\"recorded\":{},\"least\":{},\"most\":{},\"runs\":{}",
                     time.exchange, quoted(time.request), time.recorded, time.least, time.most, time.runs);
}

template <typename Entry>
void append_list(std::string& out, std::string_view name, const std::vector<Entry>& entries) {
  fmt::format_to(std::back_inserter(out), ",\n  \"{}\":[", name);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out += (i == 0 ? "\n    {" : ",\n    {") + text_of(entries[i]) + "}";
  }
  out += "]";
}

// Reads members one by one; the first that cannot be is kept as the fault, and what follows is not looked at.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  NoiseRecord read(const json::value& root) {
    NoiseRecord record;
    std::int64_t version = 0;
    const json::object& top = object(root);
    number(top, "rollcallNoise", version);
    if (!fault_ && version != kVersion) {
      fail("/rollcallNoise", fmt::format("is {}: this Rollcall reads version {}", version, kVersion));
    }
    text(top, "session", record.session);
    text(top, "digest", record.digest);
    text(top, "origin", record.origin);
    number(top, "runs", record.runs);
    list(top, "places", record.places);
    list(top, "orders", record.orders);
    list(top, "presences", record.presences);
    list(top, "extras", record.extras);
    list(top, "times", record.times);
    return record;
  }

  const std::optional<corpus::Fault>& fault() const { return fault_; }

 private:
  void fail(const std::string& below, std::string what) {
    if (!fault_) fault_ = corpus::Fault{corpus::Error::invalid, file_ + "#" + at_ + below, std::move(what)};
  }

  const json::object& object(const json::value& value) {
    static const json::object kNothing;
    if (value.is_object()) return value.get_object();
    fail("", "must be an object");
    return kNothing;
  }

  const json::value* member(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr) fail("", fmt::format("has no member \"{}\"", name));
    return value;
  }

  template <typename Number>
  void number(const json::object& from, std::string_view name, Number& into) {
    const json::value* value = member(from, name);
    if (value == nullptr) return;
    if (!value->is_int64() || value->get_int64() < 0) {
      return fail(fmt::format("/{}", name), "must be a whole number, not below 0");
    }
    into = static_cast<Number>(value->get_int64());
  }

  void text(const json::object& from, std::string_view name, std::string& into) {
    const json::value* value = member(from, name);
    if (value == nullptr) return;
    if (!value->is_string()) return fail(fmt::format("/{}", name), "must be a text");
    into = std::string(value->get_string());
  }

  // `read_item` is called for each item of the array, with at_ moved to it.
  void array(const json::object& from, std::string_view name, auto&& read_item) {
    const json::value* value = member(from, name);
    if (value == nullptr) return;
    if (!value->is_array()) return fail(fmt::format("/{}", name), "must be an array");
    const json::array& items = value->get_array();
    const std::string above = at_;
    for (std::size_t i = 0; i < items.size() && !fault_; ++i) {
      at_ = fmt::format("{}/{}/{}", above, name, i);
      read_item(items[i]);
    }
    at_ = above;
  }

  template <typename Entry>
  void list(const json::object& from, std::string_view name, std::vector<Entry>& into) {
    array(from, name, [&](const json::value& item) { entry(object(item), into.emplace_back()); });
  }

  void entry(const json::object& from, NoisyPlace& place) {
    std::string part;
    text(from, "request", place.request);
    text(from, "part", part);
    if (!fault_ && part != "request" && part != "answer") fail("/part", "must be \"request\" or \"answer\"");
    place.part = part == "answer" ? Part::answer : Part::request;
    text(from, "pointer", place.pointer);
    number(from, "runs", place.runs);
    array(from, "exchanges", [&](const json::value& item) {
      if (!item.is_int64()) return fail("", "must be the number of an exchange");
      place.exchanges.push_back(item.get_int64());
    });
    if (place.exchanges.empty()) fail("/exchanges", "must name at least one exchange");
    samples(from, place.seen);
  }

  void samples(const json::object& from, std::vector<Sample>& into) {
    array(from, "seen", [&](const json::value& item) {
      const json::object& sample = object(item);
      const json::value* value = sample.if_contains("value");
      const json::value* absent = sample.if_contains("absent");
      if ((value == nullptr) == (absent == nullptr)) return fail("", "must have either \"value\" or \"absent\"");
      Sample& read = into.emplace_back();
      if (value != nullptr) read.value = *value;
      number(sample, "times", read.times);
    });
  }

  void entry(const json::object& from, NoisyOrder& order) {
    number(from, "first", order.first);
    number(from, "second", order.second);
    number(from, "runs", order.runs);
  }

  void entry(const json::object& from, NoisyPresence& presence) {
    number(from, "exchange", presence.exchange);
    text(from, "request", presence.request);
    number(from, "runs", presence.runs);
  }

  void entry(const json::object& from, NoisyExtra& extra) {
    text(from, "request", extra.request);
    number(from, "most", extra.most);
    number(from, "runs", extra.runs);
    samples(from, extra.seen);
  }

  void entry(const json::object& from, NoisyTime& time) {
    number(from, "exchange", time.exchange);
    text(from, "request", time.request);
    number(from, "recorded", time.recorded);
    number(from, "least", time.least);
    number(from, "most", time.most);
    number(from, "runs", time.runs);
  }

  std::string file_;
  std::string at_;
  std::optional<corpus::Fault> fault_;
};

}  // namespace

std::string noise_text(const NoiseRecord& record) {
  std::string text = fmt::format(
      "{{\"rollcallNoise\":{},\n  \"session\":{},\n  \"digest\":{},\n  \"origin\":{},\n"
      "  \"runs\":{}",
      kVersion, quoted(record.session), quoted(record.digest), quoted(record.origin), record.runs);
  append_list(text, "places", record.places);
  append_list(text, "orders", record.orders);
  append_list(text, "presences", record.presences);
  append_list(text, "extras", record.extras);
  append_list(text, "times", record.times);
  return text + "}\n";
}

corpus::Result<NoiseRecord> parse_noise(std::string_view text, const std::string& file) {
  if (const auto broken = corpus::first_json_fault(text, corpus::kMaxEmbeddedDepth)) {
    const std::string_view before = text.substr(0, broken->offset);
    return std::unexpected(corpus::Fault{
        corpus::Error::damaged, fmt::format("{}:{}", file, 1 + std::ranges::count(before, '\n')), broken->what});
  }
  boost::system::error_code ec;
  json::parse_options options;
  options.max_depth = corpus::kMaxEmbeddedDepth;
  const json::value root = json::parse({text.data(), text.size()}, ec, {}, options);
  if (ec) return std::unexpected(corpus::Fault{corpus::Error::damaged, file, ec.message()});
  Reader reader(file);
  NoiseRecord record = reader.read(root);
  if (reader.fault()) return std::unexpected(*reader.fault());
  return record;
}

}  // namespace replay
