// Notifications in other deliveries than the one that they came in, for the target notification_metamorphic.
#pragma once

#include <simdjson.h>

#include <span>
#include <string>
#include <vector>

#include "corpus/notification.h"
#include "fuzz/target.h"
#include "fuzz/targets/respelling.h"

namespace fuzz {

/// What is parsed of each notification is what was parsed before: in a delivery of its own, and in one with all others,
/// twice, with somebody else's between.
class Rebatching {
 public:
  /// `root` is the document that `parsed` was read from; all three must outlive this.
  Rebatching(simdjson::dom::element root, const corpus::Notifications& parsed, Respelling& respelling)
      : parsed_(parsed), respelling_(respelling), shown_{root} {
    if (!parsed.enveloped) return;
    const simdjson::dom::array value = root["value"].get_array().value_unsafe();
    shown_.assign(value.begin(), value.end());
    std::erase_if(shown_, [](simdjson::dom::element one) { return one.is_null(); });
  }

  void check() {
    FUZZ_ASSERT(shown_.size() == parsed_.value.size());
    constexpr std::size_t kMost = 1000;  // twice as many are still within the parser's limits
    if (shown_.size() > kMost) return;
    for (std::size_t at = 0; at < shown_.size(); ++at) {
      add(at);
      assert_delivery();
      texts_.clear();
      expected_.clear();
    }
    for (std::size_t at = 0; at < shown_.size(); ++at) add(at);
    texts_.emplace_back(kOther);
    expected_.push_back(nullptr);
    for (std::size_t at = 0; at < shown_.size(); ++at) add(at);
    assert_delivery();
  }

 private:
  static constexpr std::string_view kOther =
      R"({"changeType":"updated","resourceUrl":"/communications/calls/1/participants","resourceData":[]})";

  void add(std::size_t at) {
    texts_.push_back(respelling_.spell(shown_[at]));
    expected_.push_back(&parsed_.value[at]);
  }

  void assert_delivery() {
    std::string body = R"({"value":[)";
    for (const std::string& text : texts_) body.append(body.back() == '[' ? "" : ",").append(text);
    const auto delivery = parser_.parse(body + "]}");
    FUZZ_ASSERT(delivery && delivery->value.size() == expected_.size());
    for (std::size_t at = 0; at < expected_.size(); ++at) {
      const corpus::Notification* const expected = expected_[at];
      FUZZ_ASSERT(expected == nullptr ? delivery->value[at].data.kind == corpus::ResourceKind::roster
                                      : same_but_raw(delivery->value[at], *expected));
    }
  }

  const corpus::Notifications& parsed_;
  Respelling& respelling_;
  std::vector<simdjson::dom::element> shown_;
  std::vector<std::string> texts_;
  std::vector<const corpus::Notification*> expected_;  ///< null: somebody else's
  corpus::NotificationParser parser_;
};

}  // namespace fuzz
