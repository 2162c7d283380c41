#include "replay/value_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <set>

#include "corpus/json_text.h"
#include "corpus/mentions.h"
#include "replay/comparer.h"

namespace replay {
namespace {

namespace json = boost::json;

// Six samples show less than a fifth of the range that they come from once in 600 cases: so four times what they show,
// to either side, is missed by hardly any.
constexpr double kMargin = 4;

// So many values, each above the one before it: a clock or a counter. By chance it is one in 24.
constexpr std::size_t kEnoughToRise = 4;

// How far a counter may have come when it is looked at again.
constexpr double kRises = 1000;

// 2015 to 2100 in seconds; in milliseconds, microseconds and nanoseconds it is a thousand times that, and so on.
constexpr double kFirstMoment = 1'420'000'000;
constexpr double kLastMoment = 4'102'000'000;

bool is_moment(double number) {
  for (const double unit : {1., 1e3, 1e6, 1e9}) {
    if (number >= kFirstMoment * unit && number <= kLastMoment * unit) return true;
  }
  return false;
}

std::optional<double> number_of(const json::value& value) {
  if (!value.is_number()) return std::nullopt;
  boost::system::error_code ec;
  const double number = value.to_number<double>(ec);
  return ec ? std::nullopt : std::optional(number);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : " or ") + parts[i];
  return text;
}

}  // namespace

NumberModel::NumberModel(const std::vector<Sample>& numbers, bool closed) {
  std::size_t total = 0;
  bool moments = true;
  bool rising = true;
  for (const Sample& sample : numbers) {
    const double number = number_of(*sample.value).value_or(0);
    rising = rising && (seen_.empty() || number > seen_.back()) && sample.times == 1;
    seen_.push_back(number);
    whole_ = whole_ && number == std::floor(number);
    moments = moments && is_moment(number);
    total += sample.times;
  }
  const auto [least, most] = std::ranges::minmax(seen_);
  if (closed || (seen_.size() == 1 && total >= 3)) return;
  if (moments) {
    kind_ = Kind::moment;
  } else if (rising && seen_.size() >= kEnoughToRise && least >= 0) {
    kind_ = Kind::rising;
    most_ = std::max(most * kRises, kRises);
  } else {
    kind_ = Kind::range;
    const double margin = (most - least) * kMargin;
    least_ = least >= 0 ? std::max(0., least - margin) : least - margin;
    most_ = most <= 0 ? std::min(0., most + margin) : most + margin;
  }
}

bool NumberModel::accepts(double number) const {
  if (std::ranges::find(seen_, number) != seen_.end()) return true;
  if (whole_ && number != std::floor(number)) return false;
  switch (kind_) {
    case Kind::seen:
      return false;
    case Kind::moment:
      return is_moment(number);
    case Kind::rising:
    case Kind::range:
      return least_ <= number && number <= most_;
  }
  return false;
}

std::string NumberModel::describe() const {
  const std::string_view what = whole_ ? "a whole number" : "a number";
  switch (kind_) {
    case Kind::seen:
      return seen_.size() == 1 ? fmt::format("{}", seen_.front()) : fmt::format("one of {} numbers", seen_.size());
    case Kind::moment:
      return "a time in numbers";
    case Kind::rising:
      return fmt::format("{} that rises, up to {}", what, most_);
    case Kind::range:
      return fmt::format("{} of {} to {}", what, least_, most_);
  }
  return "";
}

ValueModel::ValueModel(const std::vector<Sample>& samples, bool closed) : closed_(closed) {
  std::vector<SeenText> texts;
  std::vector<Sample> numbers;
  std::vector<Sample> objects;
  std::vector<Sample> arrays;
  for (const Sample& sample : samples) {
    if (!sample.value) {
      absent_ = true;
      continue;
    }
    const json::value& value = *sample.value;
    if (closed) seen_.push_back(value);
    null_ = null_ || value.is_null();
    boolean_ = boolean_ || value.is_bool();
    if (value.is_number()) numbers.push_back(sample);
    if (value.is_string()) texts.push_back({std::string(value.get_string()), sample.times});
    if (value.is_object()) objects.push_back(sample);
    if (value.is_array()) arrays.push_back(sample);
  }
  if (!numbers.empty()) number_.emplace(numbers, closed);
  if (!texts.empty()) text_.emplace(texts, closed);
  if (!objects.empty()) learn_objects(objects, closed);
  if (!arrays.empty()) learn_arrays(arrays, closed);
}

void ValueModel::learn_objects(const std::vector<Sample>& objects, bool closed) {
  object_ = true;
  std::set<std::string> keys;
  for (const Sample& sample : objects) {
    for (const auto& member : sample.value->get_object()) keys.emplace(member.key());
  }
  for (const std::string& key : keys) {
    std::vector<Sample> members;
    for (const Sample& sample : objects) {
      const json::value* member = sample.value->get_object().if_contains(key);
      MaybeJson value;
      if (member != nullptr) value = *member;
      const auto known = std::ranges::find(members, value, &Sample::value);
      if (known != members.end()) {
        known->times += sample.times;
      } else {
        members.push_back({std::move(value), sample.times});
      }
    }
    // What is the same in all of them is what they are about.
    members_.emplace(key, ValueModel(members, closed || corpus::says_who(key) || members.size() == 1));
  }
}

void ValueModel::learn_arrays(const std::vector<Sample>& arrays, bool closed) {
  array_ = true;
  length_ = {static_cast<std::size_t>(-1), 0};
  std::vector<Sample> items;
  for (const Sample& sample : arrays) {
    const json::array& array = sample.value->get_array();
    length_ = {std::min(length_.least, array.size()), std::max(length_.most, array.size())};
    for (const json::value& item : array) items.push_back({item, sample.times});
  }
  const std::size_t margin = length_.most - length_.least;
  length_ = {length_.least > margin ? length_.least - margin : std::min<std::size_t>(length_.least, 1),
             length_.most + margin};
  if (!items.empty()) items_.emplace_back(items, closed);
}

bool ValueModel::accepts(const MaybeJson& value) const {
  if (!value) return absent_;
  if (closed_) return std::ranges::find(seen_, *value) != seen_.end();
  if (value->is_null()) return null_;
  if (value->is_bool()) return boolean_;
  if (const auto number = number_of(*value)) return number_ && number_->accepts(*number);
  if (value->is_string()) return text_ && text_->accepts(std::string_view(value->get_string()));
  if (value->is_object()) {
    const json::object& object = value->get_object();
    return object_ &&
           std::ranges::all_of(object, [&](const auto& member) { return members_.contains(member.key()); }) &&
           std::ranges::all_of(members_, [&](const auto& member) {
             const json::value* found = object.if_contains(member.first);
             return member.second.accepts(found == nullptr ? MaybeJson() : MaybeJson(*found));
           });
  }
  if (!array_ || !value->is_array()) return false;
  const json::array& array = value->get_array();
  return length_.has(array.size()) && std::ranges::all_of(array, [&](const json::value& item) {
           return !items_.empty() && items_.front().accepts(item);
         });
}

std::string ValueModel::describe() const {
  if (closed_ && seen_.size() > 1) return fmt::format("one of {} values{}", seen_.size(), absent_ ? " or absent" : "");
  std::vector<std::string> parts;
  if (absent_) parts.emplace_back("absent");
  if (null_) parts.emplace_back("null");
  if (boolean_) parts.emplace_back("true or false");
  if (number_) parts.push_back(number_->describe());
  if (text_) parts.push_back(text_->describe());
  if (object_) parts.push_back(fmt::format("an object of {} members", members_.size()));
  if (array_) parts.push_back(fmt::format("an array of {} to {} items", length_.least, length_.most));
  return joined(parts);
}

MaybeJson value_of(std::string_view text) {
  if (text == kAbsent) return std::nullopt;
  boost::system::error_code ec;
  json::parse_options options;
  options.max_depth = corpus::kMaxEmbeddedDepth;
  json::value value = json::parse({text.data(), text.size()}, ec, {}, options);
  if (!ec) return value;
  return json::value(json::string(text.data(), text.size()));
}

}  // namespace replay
