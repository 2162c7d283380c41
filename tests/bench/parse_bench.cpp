// Typed parsing of notifications, the whole document validated, beside a walk of simdjson's On-Demand over every value
// of the same bytes, and beside Boost.JSON and nlohmann filling the same values. Takes turns, so that what the
// neighbours of a shared machine do meets all alike; prints the median of each one's processor time, and of the ratios
// of all rounds. Exit status 1 if a bar is missed.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <boost/json.hpp>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus/notification.h"
#include "corpus/seeds.h"
#include "corpus/session_file.h"
#include "tests/bench/generic_reader.h"

namespace {

namespace ondemand = simdjson::ondemand;

/// How the values of Boost.JSON are asked. What gives a content holds only for a value of that type.
struct BoostTree {
  using Value = boost::json::value;
  static bool is_null(const Value& value) { return value.is_null(); }
  static bool is_array(const Value& value) { return value.is_array(); }
  static bool is_object(const Value& value) { return value.is_object(); }
  static bool is_string(const Value& value) { return value.is_string(); }
  static bool is_flag(const Value& value) { return value.is_bool(); }
  static bool is_integer(const Value& value) { return value.is_int64(); }
  static std::size_t size(const Value& value) { return value.get_array().size(); }
  static std::string_view text(const Value& value) { return value.get_string(); }
  static bool flag(const Value& value) { return value.get_bool(); }
  static std::int64_t integer(const Value& value) { return value.get_int64(); }
  static const Value& first(const Value& value) { return value.get_array().front(); }
  static const Value* member(const Value& value, std::string_view name) { return value.get_object().if_contains(name); }
  static bool for_each_member(const Value& value, auto act) {
    for (const auto& [key, member] : value.get_object()) {
      if (!act(std::string_view(key), member)) return false;
    }
    return true;
  }
  static bool for_each_element(const Value& value, auto act) { return std::ranges::all_of(value.get_array(), act); }
};

/// The same of nlohmann.
struct NlohmannTree {
  using Value = nlohmann::json;
  static bool is_null(const Value& value) { return value.is_null(); }
  static bool is_array(const Value& value) { return value.is_array(); }
  static bool is_object(const Value& value) { return value.is_object(); }
  static bool is_string(const Value& value) { return value.is_string(); }
  static bool is_flag(const Value& value) { return value.is_boolean(); }
  static bool is_integer(const Value& value) { return value.is_number_integer(); }
  static std::size_t size(const Value& value) { return value.size(); }
  static std::string_view text(const Value& value) { return value.get_ref<const std::string&>(); }
  static bool flag(const Value& value) { return value.get<bool>(); }
  static std::int64_t integer(const Value& value) { return value.get<std::int64_t>(); }
  static const Value& first(const Value& value) { return value.front(); }
  static const Value* member(const Value& value, std::string_view name) {
    const auto found = value.find(std::string(name));
    return found == value.end() ? nullptr : &*found;
  }
  static bool for_each_member(const Value& value, auto act) {
    for (const auto& [key, member] : value.get_ref<const Value::object_t&>()) {
      if (!act(std::string_view(key), member)) return false;
    }
    return true;
  }
  static bool for_each_element(const Value& value, auto act) { return std::ranges::all_of(value, act); }
};

/// Reads every value, and of keys the raw bytes only, which is the least that a walk can do. True if all went well.
bool walk(ondemand::value value, std::size_t& sum) {
  switch (value.type().value_unsafe()) {
    case ondemand::json_type::object: {
      ondemand::object object;
      if (value.get_object().get(object)) return false;
      for (auto entry : object) {
        ondemand::field field;
        if (std::move(entry).get(field)) return false;
        sum += static_cast<unsigned char>(*field.key().raw());
        if (!walk(field.value(), sum)) return false;
      }
      return true;
    }
    case ondemand::json_type::array: {
      ondemand::array array;
      if (value.get_array().get(array)) return false;
      for (auto entry : array) {
        ondemand::value item;
        if (std::move(entry).get(item) || !walk(item, sum)) return false;
      }
      return true;
    }
    case ondemand::json_type::string: {
      std::string_view text;
      if (value.get_string().get(text)) return false;
      sum += text.size();
      return true;
    }
    case ondemand::json_type::number: {
      ondemand::number number;
      if (value.get_number().get(number)) return false;
      sum += number.is_double();
      return true;
    }
    case ondemand::json_type::boolean: {
      bool flag = false;
      if (value.get_bool().get(flag)) return false;
      sum += flag;
      return true;
    }
    case ondemand::json_type::null:
      sum += value.is_null();
      return true;
  }
  return false;
}

/// One payload, also with the padding that On-Demand asks of its caller, and the typed parser takes if it is there.
struct Payload {
  std::string body;
  simdjson::padded_string padded;
};

using Payloads = std::map<std::string, std::vector<Payload>, std::less<>>;

/// The notifications of the sample sessions, by kind.
Payloads samples() {
  Payloads all;
  corpus::NotificationParser parser;
  for (const auto& file : std::filesystem::directory_iterator(SESSIONS)) {
    const auto session = corpus::read_session(file.path().string());
    if (!session) continue;
    for (const corpus::Seed& seed : corpus::seeds_of(*session)) {
      const auto delivery =
          seed.target == corpus::kNotificationSeeds ? parser.parse(seed.bytes) : std::unexpected(corpus::ParseError{});
      if (!delivery || delivery->value.empty()) continue;
      all[std::string(to_string(delivery->value[0].data.kind))].push_back(
          {seed.bytes, simdjson::padded_string(seed.bytes)});
    }
  }
  return all;
}

/// Somebody who reads a payload; false if it failed.
struct Contestant {
  std::string_view name;
  std::function<bool(const Payload&)> read;
  std::vector<double> rounds = {};  ///< seconds of processor time a payload
};

double processor_time() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void take_turns(std::vector<Contestant>& contestants, const std::vector<Payload>& payloads) {
  constexpr int kRounds = 101;
  constexpr int kRepeats = 20;
  for (int round = 0; round < kRounds; ++round) {
    for (Contestant& contestant : contestants) {
      const double start = processor_time();
      for (int repeat = 0; repeat < kRepeats; ++repeat) {
        for (const Payload& payload : payloads) {
          if (!contestant.read(payload)) std::abort();
        }
      }
      contestant.rounds.push_back((processor_time() - start) / kRepeats / static_cast<double>(payloads.size()));
    }
  }
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

/// The median of the ratios of all rounds: what disturbs a round disturbs both.
double ratio(const Contestant& one, const Contestant& other) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < one.rounds.size(); ++round) {
    ratios.push_back(one.rounds[round] / other.rounds[round]);
  }
  return median(ratios);
}

/// How many times as long as the typed parser each of them has to take; 0: for information.
constexpr double kBars[] = {1, 1, 4, 4, 0, 0};

/// Everybody fills the same values, or the comparison is worth nothing.
template <typename Tree, typename Parse>
auto filler(corpus::Arena& arena, corpus::NotificationParser& judge, Parse parse) {
  return [&arena, &judge, parse, checked = std::size_t{0}](const Payload& payload) mutable {
    arena.clear();
    const typename Tree::Value tree = parse(payload.body);
    corpus::Notifications delivery;
    if (!bench::GenericReader<Tree>(arena).object(tree, delivery, nullptr)) return false;
    if (checked > 200) return delivery.value.present();
    ++checked;
    const auto expected = judge.parse(payload.body);
    return expected && *expected == delivery;
  };
}

}  // namespace

int main() {
  corpus::NotificationParser parser;
  corpus::NotificationParser judge;
  corpus::Arena arena;
  ondemand::parser walker;
  std::size_t sum = 0;
  // One buffer for all payloads, which is the fastest way that the library has.
  std::vector<unsigned char> buffer(1 << 18);
  const auto boost_parse = [&buffer](std::string_view body) {
    const auto memory =
        boost::json::make_shared_resource<boost::json::monotonic_resource>(buffer.data(), buffer.size());
    return boost::json::parse(body, memory);
  };
  const auto plain_boost_parse = [](std::string_view body) { return boost::json::parse(body); };
  const auto nlohmann_parse = [](const std::string& body) { return nlohmann::json::parse(body); };
  bool good = true;
  for (const auto& [kind, payloads] : samples()) {
    std::vector<Contestant> all;
    all.push_back({"typed", [&](const Payload& payload) { return parser.parse_in_place(payload.padded).has_value(); }});
    all.push_back({"On-Demand walk", [&](const Payload& payload) {
                     ondemand::document document;
                     ondemand::value root;
                     return !walker.iterate(payload.padded).get(document) && !document.get_value().get(root) &&
                            walk(root, sum);
                   }});
    all.push_back({"Boost.JSON", filler<BoostTree>(arena, judge, plain_boost_parse)});
    all.push_back({"nlohmann", filler<NlohmannTree>(arena, judge, nlohmann_parse)});
    all.push_back({"Boost.JSON with one buffer", filler<BoostTree>(arena, judge, boost_parse)});
    all.push_back({"typed, of a copy", [&](const Payload& payload) { return parser.parse(payload.body).has_value(); }});
    take_turns(all, payloads);
    fmt::print("{}, {} payloads: typed {:.0f} ns\n", kind, payloads.size(), median(all[0].rounds) * 1e9);
    for (std::size_t at = 1; at < all.size(); ++at) {
      const double bar = kBars[at];
      const double times = ratio(all[at], all[0]);
      fmt::print("  {:28}{:>8.0f} ns, {:>5.2f} x", all[at].name, median(all[at].rounds) * 1e9, times);
      fmt::print("{}", bar > 0 ? fmt::format(" (bar {})\n", bar) : "\n");
      good = good && times >= bar;
    }
  }
  return good && sum > 0 ? 0 : 1;
}
