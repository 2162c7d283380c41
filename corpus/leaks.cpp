#include "corpus/leaks.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/clue.h"
#include "corpus/content_coding.h"
#include "corpus/json_place.h"
#include "corpus/json_scan.h"
#include "corpus/json_text.h"
#include "corpus/manner.h"
#include "corpus/people_store.h"
#include "corpus/secret_finder.h"
#include "corpus/secret_store.h"
#include "corpus/stand_in.h"
#include "corpus/stretches.h"

namespace corpus {
namespace {

/// A place that was found in a text.
struct Found {
  Stretch at;
  std::string rule;
  std::string what;
};

/// Follows the tokens of a valid JSON text, and knows the pointer to the one at hand.
class PointerWalk {
 public:
  explicit PointerWalk(std::string_view text) : scanner_(text) {}

  bool next(JsonToken& token) {
    if (!scanner_.next(token)) return false;
    using enum JsonToken::Kind;
    if (token.kind == close_object || token.kind == close_array) {
      if (!levels_.empty()) levels_.pop_back();
      return true;
    }
    if (token.kind == key) {
      name_.clear();
      append_unescaped(name_, scanner_.bytes_of(token));
      if (!levels_.empty()) levels_.back().step = name_;
      return true;
    }
    if (!levels_.empty() && levels_.back().array) levels_.back().step = std::to_string(levels_.back().count++);
    if (token.kind == open_object || token.kind == open_array) levels_.push_back({token.kind == open_array, 0, {}});
    return true;
  }

  std::string pointer() const {
    std::string pointer;
    for (const Level& level : levels_) {
      if (!level.step.empty() || level.count > 0) append_pointer_step(pointer, level.step);
    }
    return pointer;
  }
  /// The name of the member at hand, or of the one that the array at hand belongs to.
  const std::string& name() const { return name_; }
  std::string_view bytes_of(const JsonToken& token) const { return scanner_.bytes_of(token); }

 private:
  struct Level {
    bool array = false;
    std::size_t count = 0;
    std::string step;
  };

  JsonScanner scanner_;
  std::vector<Level> levels_;
  std::string name_;
};

/// The word around a place: what stands between spaces and quotes, no more than some hundred bytes to each side. A text
/// may be one word.
Stretch word_around(std::string_view text, Stretch at) {
  constexpr std::string_view kBetween = " \t\r\n\"'<>(),;";
  constexpr std::size_t kFar = 256;
  std::size_t begin = at.begin;
  while (begin > 0 && at.begin - begin < kFar && kBetween.find(text[begin - 1]) == kBetween.npos) --begin;
  std::size_t end = at.end;
  while (end < text.size() && end - at.end < kFar && kBetween.find(text[end]) == kBetween.npos) ++end;
  return {begin, end};
}

/// The two halves of a mail address are found one by one; in between stands an @ in some spelling.
bool are_one_address(const Found& mailbox, const Found& domain) {
  constexpr std::size_t kLongestAt = 6;  // \u0040
  const std::string_view rule = text_of(Clue::mail).rule;
  return mailbox.rule == rule && domain.rule == rule && mailbox.at.end < domain.at.begin &&
         domain.at.begin - mailbox.at.end <= kLongestAt;
}

/// All of what was found: of half an address, the address.
Stretch whole_of(const std::vector<Found>& found, std::size_t index) {
  Stretch at = found[index].at;
  if (index + 1 < found.size() && are_one_address(found[index], found[index + 1])) at.end = found[index + 1].at.end;
  if (index > 0 && are_one_address(found[index - 1], found[index])) at.begin = found[index - 1].at.begin;
  return at;
}

/// Looks through one session.
class LeakSearch {
 public:
  LeakSearch(const Session& session, const LeakRules& rules) : session_(session), rules_(rules) {}

  std::vector<Fault> run() {
    sought_.learning = true;
    look_everywhere();
    sought_.learning = false;
    look_everywhere();
    return std::move(faults_);
  }

 private:
  using Look = void (*)(SecretFinder& finder, const Headers& headers, std::string_view name);

  void look_everywhere() {
    const SessionInfo& info = session_.info;
    for (const auto& [pointer, text] : {std::pair("/name", &info.name), std::pair("/bot", &info.bot),
                                        std::pair("/graph", &info.graph), std::pair("/origin", &info.origin)}) {
      look(1, pointer, *text, look_into_text);
    }
    look_into_members(1, "", info.extra);
    for (const Exchange& exchange : session_.exchanges) {
      look_into_request(exchange);
      look_into_outcome(exchange);
    }
    if (!session_.end) return;
    look_into_members(0, "/end", session_.end->extra);
    look_into_members(0, "", session_.end->line_extra);
  }

  void look_into_request(const Exchange& exchange) {
    const Request& request = exchange.request;
    const std::size_t line = exchange.request_line;
    look(line, "/request/target", request.target,
         [](SecretFinder& finder, const Headers&, std::string_view) { finder.look_into_target(); });
    look_into_message(line, "/request", request.headers, request.body);
    // The word that says how a token is broken stands under a name of secrets.
    std::string extra = request.extra;
    if (const auto manner = manner_of(extra); manner && manner->token)
      set_manner(extra, {manner->sending, std::nullopt});
    look_into_members(line, "/request", extra);
    look_into_members(line, "", exchange.request_extra);
  }

  void look_into_outcome(const Exchange& exchange) {
    const std::size_t line = exchange.outcome_line;
    if (const Response* response = exchange.response()) {
      look_into_message(line, "/response", response->headers, response->body);
      look_into_members(line, "/response", response->extra);
    }
    if (exchange.failure() != nullptr) look(line, "/failure", exchange.failure()->reason, look_into_text);
    look_into_members(line, "", exchange.outcome_extra);
  }

  void look_into_message(std::size_t line, const std::string& pointer, const Headers& headers,
                         const std::string& body) {
    for (std::size_t i = 0; i < headers.size(); ++i) {
      const std::string place = fmt::format("{}/headers/{}/1", pointer, i);
      const Header& header = headers[i];
      look(
          line, place, header.value,
          [](SecretFinder& finder, const Headers&, std::string_view name) { finder.look_into_header(name); },
          header.name);
    }
    const auto content = decoded_body(headers, body);
    if (!content && !sought_.learning && names_coding(headers) && !is_utf8(body) &&
        !rules_.allows(LeakRule::Of::rule, "unreadable")) {
      add(line, pointer + "/base64", {{}, "unreadable", "a body that cannot be decoded"});
    }
    const std::string_view form = content                   ? "/base64"
                                  : check_.embeddable(body) ? "/json"
                                  : is_utf8(body)           ? "/text"
                                                            : "/base64";
    look(
        line, fmt::format("{}{}", pointer, form), content ? *content : body,
        [](SecretFinder& finder, const Headers& all, std::string_view) { finder.look_into_body(all); }, {}, headers);
  }

  // Members without the braces around them, as the session keeps those that this version does not know.
  void look_into_members(std::size_t line, const std::string& pointer, const std::string& members) {
    if (!members.empty()) look(line, pointer, "{" + members + "}", look_into_text);
  }

  static void look_into_text(SecretFinder& finder, const Headers&, std::string_view) { finder.look_into_text(); }

  void look(std::size_t line, const std::string& pointer, const std::string& text, Look how,
            std::string_view header = {}, const Headers& headers = {}) {
    if (text.empty()) return;
    std::vector<Secret> secrets;
    SecretFinder finder(sought_, text, secrets);
    how(finder, headers, header);
    if (sought_.learning) return;
    // What stands at the place that gives it away is also known by its value then: that is no second leak.
    const auto by_value = [](const Secret& secret) {
      return secret.clue == Clue::known_secret || secret.clue == Clue::known_person;
    };
    std::vector<Stretch> given_away;
    for (const Secret& secret : secrets) {
      if (!by_value(secret)) given_away.push_back(secret.at);
    }
    const Stretches known_otherwise(std::move(given_away));
    std::vector<Found> found;
    for (const Secret& secret : secrets) {
      if (by_value(secret) && known_otherwise.touch(secret.at)) continue;
      const ClueText& clue = text_of(secret.clue);
      found.push_back(
          {secret.at, std::string(clue.rule), clue.person ? "what looks like a person" : "what looks like a secret"});
    }
    apply_rules(text, header, found);
    report(line, pointer, text, header, found);
  }

  // What users look for, by the names and in the values of this text.
  void apply_rules(std::string_view text, std::string_view header, std::vector<Found>& found) const {
    using Of = LeakRule::Of;
    if (rules_.empty()) return;
    const auto add = [&](Stretch at, std::string_view rule) {
      if (!rule.empty()) found.push_back({at, std::string(rule), "what looks like a leak"});
    };
    if (!header.empty() && !is_replaced(text)) add({0, text.size()}, rules_.leak(Of::header, header));
    PointerWalk walk(text);
    std::string decoded;
    bool any = false;
    for (JsonToken token; walk.next(token);) {
      if (token.kind != JsonToken::Kind::string && token.kind != JsonToken::Kind::scalar) continue;
      any = any || token.kind == JsonToken::Kind::string;
      decoded.clear();
      append_unescaped(decoded, walk.bytes_of(token));
      if (decoded.empty() || is_replaced(decoded)) continue;
      if (!walk.name().empty()) add({token.begin, token.end}, rules_.leak(Of::member, walk.name()));
      if (token.kind == JsonToken::Kind::string) add({token.begin, token.end}, rules_.leak(Of::value, decoded));
    }
    if (any) return;
    decoded.clear();
    append_decoded(decoded, Spelling::percent, text);
    add({0, text.size()}, rules_.leak(Of::value, decoded));
  }

  static bool is_replaced(std::string_view text) { return is_stand_in(text) || is_person_stand_in(text); }

  void report(std::size_t line, const std::string& pointer, std::string_view text, std::string_view header,
              std::vector<Found>& found) {
    std::ranges::stable_sort(found, {}, [](const Found& one) { return one.at.begin; });
    const bool json = pointer.empty() || !pointer.ends_with("/text");
    PointerWalk walk(text);
    JsonToken token;
    bool more = json && (text.starts_with('{') || text.starts_with('[') || text.starts_with('"')) && walk.next(token);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Found& one = found[i];
      while (more && token.end < one.at.end) more = walk.next(token);
      const bool inside = more && token.begin <= one.at.begin;
      if (is_allowed(one.rule, text, whole_of(found, i), header, inside ? walk.name() : std::string())) continue;
      add(line, inside ? pointer + walk.pointer() : pointer, one);
    }
  }

  // What stands elsewhere in the same text allows nothing, and what stands in the same word does if it holds all of the
  // find: the name of a host says nothing about the secret behind it.
  bool is_allowed(std::string_view rule, std::string_view text, Stretch at, std::string_view header,
                  const std::string& member) const {
    using Of = LeakRule::Of;
    if (rules_.empty()) return false;
    constexpr std::size_t kLongest = 8 << 10;  // a pattern may take time that grows with the square of the text
    const bool allowed_by_name = rules_.allows(Of::rule, rule) ||
                                 (!header.empty() && rules_.allows(Of::header, header)) ||
                                 (!member.empty() && rules_.allows(Of::member, member));
    if (allowed_by_name || at.end - at.begin > kLongest) return allowed_by_name;
    const Stretch word = word_around(text, at);
    return rules_.allows(Of::value, text.substr(at.begin, at.end - at.begin)) ||
           rules_.allows(text.substr(word.begin, word.end - word.begin), at.begin - word.begin, at.end - word.begin);
  }

  void add(std::size_t line, const std::string& pointer, const Found& one) {
    if (!told_.emplace(line, pointer, one.rule).second) return;
    const std::string where = line == 0 ? session_.path : fmt::format("{}:{}", session_.path, line);
    const std::string_view there = pointer.empty() ? "/" : std::string_view(pointer);
    faults_.push_back({Error::invalid, where, fmt::format("{}: {} ({})", there, one.what, one.rule)});
  }

  const Session& session_;
  const LeakRules& rules_;
  // What is found is compared with nothing: any key will do.
  static constexpr KnownValues::Limits kAll{std::size_t{1} << 24, std::size_t{1} << 32};
  SecretStore secrets_{Redactor::Key{}, kAll};
  PeopleStore people_{Redactor::Key{}, kAll};
  SecretFinder::Sought sought_{secrets_, &people_, false};
  JsonCheck check_;
  std::set<std::tuple<std::size_t, std::string, std::string>> told_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> leaks_in(const Session& session, const LeakRules& rules) {
  return LeakSearch(session, rules).run();
}

}  // namespace corpus
