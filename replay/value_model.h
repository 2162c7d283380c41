// Which JSON values may stand at a place, generalised from those that were seen there.
//
// How, and how far, is on the page replay/NOISE.md.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "replay/text_model.h"

namespace replay {

/// A JSON value; nothing where there was none.
using MaybeJson = std::optional<boost::json::value>;

/// A value, and how often it was seen. Samples stand in the order in which they were first seen.
struct Sample {
  MaybeJson value;
  std::size_t times = 1;
};

/// Numbers that may stand at a place. An index stands for the kinds that count more than their range does.
class NumberModel {
 public:
  /// Of no number at all.
  NumberModel() = default;
  NumberModel(const std::vector<Sample>& numbers, bool closed);

  bool accepts(double number) const;
  /// For a person: "a whole number of 3 to 40".
  std::string describe() const;

 private:
  enum class Kind { seen, range, moment, rising };

  Kind kind_ = Kind::seen;
  std::vector<double> seen_;
  bool whole_ = true;
  double least_ = 0;
  double most_ = 0;
};

/// Values of the types that were seen, each type by what was seen of it: null, booleans, numbers, texts, and objects
/// and arrays by their members. What never was of a type is of that type no noise.
class ValueModel {
 public:
  /// Accepts nothing.
  ValueModel() = default;
  /// `closed`: take in what was seen and nothing else, as where a value says who is meant.
  ValueModel(const std::vector<Sample>& samples, bool closed);

  bool accepts(const MaybeJson& value) const;
  /// For a person, in one line.
  std::string describe() const;

 private:
  void learn_objects(const std::vector<Sample>& objects, bool closed);
  void learn_arrays(const std::vector<Sample>& arrays, bool closed);

  bool absent_ = false;
  bool null_ = false;
  bool boolean_ = false;
  bool object_ = false;
  bool array_ = false;
  std::optional<NumberModel> number_;
  std::optional<TextModel> text_;
  std::map<std::string, ValueModel, std::less<>> members_;
  std::vector<ValueModel> items_;         // one for all items of an array; empty: they were all empty
  Range length_;                          // of arrays
  std::vector<boost::json::value> seen_;  // if closed
  bool closed_ = false;
};

/// The value of a difference's text: "(absent)" is nothing, and what is no JSON is itself a text.
MaybeJson value_of(std::string_view text);

}  // namespace replay
