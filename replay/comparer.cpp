#include "replay/comparer.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <map>

#include "replay/body_parts.h"
#include "replay/json_walk.h"
#include "replay/text_difference.h"
#include "replay/text_match.h"

namespace replay {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipart = "multipart/";

// Parts may hold parts. Nobody nests them deeper, but somebody who wants to break this may.
constexpr int kDeepest = 8;

// A value of a part that is missing is shown by its beginning.
constexpr std::size_t kShownPart = 200;

std::string shown(std::string_view content) {
  return content.size() <= kShownPart ? std::string(content) : fmt::format("{} bytes", content.size());
}

// Whether the text begins as a JSON object or array does.
bool is_structure(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

// The parts of both bodies that have one name, in order: one of the two is missing where a part went or came.
struct PartPair {
  const BodyPart* recorded = nullptr;
  const BodyPart* live = nullptr;
};

std::vector<PartPair> paired(const std::vector<BodyPart>& recorded, const std::vector<BodyPart>& live) {
  std::map<std::string_view, std::vector<const BodyPart*>> waiting;
  for (std::size_t i = live.size(); i-- > 0;) waiting[live[i].name].push_back(&live[i]);
  std::vector<PartPair> pairs;
  for (const BodyPart& part : recorded) {
    std::vector<const BodyPart*>& same = waiting[part.name];
    pairs.push_back({&part, same.empty() ? nullptr : same.back()});
    if (!same.empty()) same.pop_back();
  }
  for (const BodyPart& part : live) {
    std::vector<const BodyPart*>& same = waiting[part.name];
    if (same.empty() || same.back() != &part) continue;
    pairs.push_back({nullptr, &part});
    same.pop_back();
  }
  return pairs;
}

}  // namespace

struct Comparer::Parsers {
  simdjson::dom::parser recorded;
  simdjson::dom::parser live;
};

// One comparison of two bodies.
class Comparer::Bodies {
 public:
  Bodies(Parsers& parsers, const std::vector<Pointer>& ignored, Author author, const Bindings& bindings)
      : parsers_(parsers), match_(author, bindings), walk_(ignored, author, match_) {}

  void compare(const Body& recorded, const Body& live, int depth = 0);
  /// `whole`: where one of them is empty, there is nothing at all.
  void texts(std::string_view recorded, std::string_view live, bool whole = false);
  Comparison take();

 private:
  void fields(const Body& recorded, const Body& live);
  bool parts(const Body& recorded, const Body& live, int depth);
  template <typename F>
  void each(std::string_view what, const std::vector<PartPair>& pairs, F compare_two);
  bool json(std::string_view recorded, std::string_view live);

  Parsers& parsers_;
  TextMatch match_;
  JsonWalk walk_;
};

// A type that only one of the two names holds for both: hand-made messages often have none.
void Comparer::Bodies::compare(const Body& recorded, const Body& live, int depth) {
  const std::string then = media_type(recorded.type.empty() ? live.type : recorded.type);
  const std::string now = media_type(live.type.empty() ? recorded.type : live.type);
  if (then.starts_with(kMultipart) && now.starts_with(kMultipart) && depth < kDeepest && parts(recorded, live, depth)) {
    return;
  }
  // What curl -d sends is called a form, whatever it is.
  const bool form = then == kForm && now == kForm && !(is_structure(recorded.bytes) && is_structure(live.bytes));
  if (form) return fields(recorded, live);
  if (!json(recorded.bytes, live.bytes)) texts(recorded.bytes, live.bytes, depth == 0);
}

template <typename F>
void Comparer::Bodies::each(std::string_view what, const std::vector<PartPair>& pairs, F compare_two) {
  for (const PartPair& pair : pairs) {
    const std::string& name = (pair.recorded != nullptr ? pair.recorded : pair.live)->name;
    walk_.in_part(name, fmt::format("{} \"{}\"", what, name), [&] {
      if (pair.recorded != nullptr && pair.live != nullptr) return compare_two(*pair.recorded, *pair.live);
      const Bindings& bindings = match_.bindings();
      walk_.differ(pair.recorded != nullptr ? shown(bindings.to_live(pair.recorded->content)) : std::string(kAbsent),
                   pair.live != nullptr ? shown(pair.live->content) : std::string(kAbsent));
    });
  }
}

void Comparer::Bodies::fields(const Body& recorded, const Body& live) {
  const std::vector<BodyPart> then = form_fields(recorded.bytes);
  const std::vector<BodyPart> now = form_fields(live.bytes);
  each("field", paired(then, now), [this](const BodyPart& one, const BodyPart& other) {
    // A field is a text, also if it is all digits; unless somebody has put JSON into it.
    const bool structures = is_structure(one.content) && is_structure(other.content);
    if (!structures || !json(one.content, other.content)) texts(one.content, other.content);
  });
}

bool Comparer::Bodies::parts(const Body& recorded, const Body& live, int depth) {
  const auto then = multipart_parts(recorded.type, recorded.bytes);
  const auto now = multipart_parts(live.type, live.bytes);
  if (!then || !now) return false;
  each("part", paired(*then, *now), [this, depth](const BodyPart& one, const BodyPart& other) {
    compare({one.type, one.content}, {other.type, other.content}, depth + 1);
  });
  return true;
}

bool Comparer::Bodies::json(std::string_view recorded, std::string_view live) {
  simdjson::dom::element then;
  simdjson::dom::element now;
  if (parsers_.recorded.parse(recorded.data(), recorded.size()).get(then) != simdjson::SUCCESS ||
      parsers_.live.parse(live.data(), live.size()).get(now) != simdjson::SUCCESS) {
    return false;
  }
  walk_.values(then, now);
  return true;
}

void Comparer::Bodies::texts(std::string_view recorded, std::string_view live, bool whole) {
  if (walk_.same_text(recorded, live)) return;
  const TextMatch::Mark mark = match_.mark();
  const TextRules rules{
      [&](std::string_view one, std::string_view other) { return walk_.same_text(one, other); },
      [&](std::string_view text) { return match_.bindings().to_live(text); },
  };
  std::vector<Difference> found = text_differences(recorded, live, rules);
  match_.forget(mark);
  for (Difference& difference : found) {
    if (whole && recorded.empty()) difference.recorded = kAbsent;
    if (whole && live.empty()) difference.live = kAbsent;
    walk_.differ(std::move(difference.recorded), std::move(difference.live), difference.pointer);
  }
}

Comparison Comparer::Bodies::take() {
  Comparison result;
  result.differences = walk_.take();
  match_.give(result);
  return result;
}

Body body_of(const corpus::Request& message) {
  return {header_value(message.headers, "content-type"), message.body};
}

Body body_of(const corpus::Response& message) {
  return {header_value(message.headers, "content-type"), message.body};
}

Comparer::Comparer(std::vector<Pointer> ignored)
    : parsers_(std::make_unique<Parsers>()), ignored_(std::move(ignored)) {}
Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;
Comparer& Comparer::operator=(Comparer&&) noexcept = default;

Comparison Comparer::bodies(const Body& recorded, const Body& live, Author author, const Bindings& bindings) {
  Bodies bodies(*parsers_, ignored_, author, bindings);
  bodies.compare(recorded, live);
  return bodies.take();
}

Comparison Comparer::texts(std::string_view recorded, std::string_view live, Author author, const Bindings& bindings) {
  TextMatch match(author, bindings);
  Comparison result;
  if (!match.same(recorded, live, {}))
    result.differences.push_back({{}, bindings.to_live(recorded), std::string(live)});
  match.give(result);
  return result;
}

}  // namespace replay
