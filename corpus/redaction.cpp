#include "corpus/redaction.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "corpus/content_coding.h"
#include "corpus/manner.h"
#include "corpus/secret_finder.h"
#include "corpus/secret_names.h"
#include "corpus/secret_store.h"

namespace corpus {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipart = "multipart/form-data";

bool has_type(const Headers& headers, std::string_view type) {
  constexpr std::string_view kType = "content-type";
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  return std::ranges::any_of(headers, [&](const Header& header) {
    const std::string_view value(header.value);
    return std::ranges::equal(header.name, kType, same) && std::ranges::equal(value.substr(0, type.size()), type, same);
  });
}

/// Puts the stand-ins into the text. Where secrets overlap, all they cover becomes the stand-in of the one that begins
/// first, or of the longest that does.
void replace(std::string& text, std::vector<Secret>& secrets) {
  std::ranges::sort(secrets, [](const Secret& a, const Secret& b) {
    return std::pair(a.at.begin, b.at.end) < std::pair(b.at.begin, a.at.end);
  });
  std::string replaced;
  replaced.reserve(text.size());
  std::size_t end = 0;
  for (const Secret& secret : secrets) {
    if (secret.at.begin >= end) {
      replaced.append(text, end, secret.at.begin - end);
      replaced.append(to_view(secret.stand_in));
    }
    end = std::max(end, secret.at.end);
  }
  replaced.append(text, end);
  text = std::move(replaced);
}

}  // namespace

bool is_stand_in(std::string_view text) {
  return text.size() == StandIn{}.size() && text.starts_with(kStandInPrefix) &&
         text.find_first_not_of("0123456789abcdef", kStandInPrefix.size()) == text.npos;
}

std::string without_stand_ins(std::string_view text) {
  std::string result;
  for (std::size_t at = text.find(kStandInPrefix); at != text.npos; at = text.find(kStandInPrefix)) {
    const std::size_t digits = at + kStandInPrefix.size();
    result += text.substr(0, digits);
    text.remove_prefix(std::min(text.find_first_not_of("0123456789abcdef", digits), text.size()));
  }
  return result.append(text);
}

/// How often a message is looked through at most. Two or three times are enough for anything but made-up nonsense.
constexpr int kMostRounds = 8;

/// What a redactor knows, and room for its work.
struct Redactor::State {
  SecretStore store;
  std::vector<Secret> found;

  /// Redacts one text, which `look` tells a finder how to take; again as long as something is found, because a broken
  /// text may read differently once a quote or a separator has gone with a secret.
  template <typename Look>
  void redact(std::string& text, Look look) {
    for (int round = 0; round < kMostRounds && !text.empty(); ++round) {
      found.clear();
      SecretFinder finder(store, text, found);
      look(finder);
      if (found.empty()) return;
      replace(text, found);
    }
  }

  void redact_headers(Headers& headers) {
    for (Header& header : headers) {
      const HeaderSecret kind = secret_in_header(header.name);
      redact(header.value, [kind](SecretFinder& finder) { finder.look_into_header(kind); });
    }
  }

  void redact_content(std::string& content, const Headers& headers) {
    const bool form = has_type(headers, kForm);
    const bool multipart = !form && has_type(headers, kMultipart);
    redact(content, [=](SecretFinder& finder) {
      form ? finder.look_into_form() : multipart ? finder.look_into_multipart() : finder.look_into_text();
    });
  }

  /// A body under a coding stays exactly as it is, unless there is a secret under it: then the coding goes with it.
  template <typename Message>
  void redact_body(Message& message) {
    const auto content = decoded_body(message.headers, message.body);
    if (!content) return redact_content(message.body, message.headers);
    std::string redacted = *content;
    redact_content(redacted, message.headers);
    if (redacted != *content) replace_body(message, std::move(redacted));
  }

  void redact_parts(Request& request) {
    redact(request.target, [](SecretFinder& finder) { finder.look_into_target(); });
    redact_headers(request.headers);
    redact_body(request);
    redact_extra(request.extra);
  }

  /// How a token is broken stands in a member of that name: a word for the player, and no secret.
  void redact_extra(std::string& extra) {
    const Manner manner = manner_of(extra).value_or(Manner{});
    if (manner.token) set_manner(extra, {manner.sending, std::nullopt});
    redact(extra, [](SecretFinder& finder) { finder.look_into_text(); });
    if (manner.token) set_manner(extra, manner);
  }

  void redact_parts(Response& response) {
    redact_headers(response.headers);
    redact_body(response);
    redact(response.extra, [](SecretFinder& finder) { finder.look_into_text(); });
  }

  /// A secret that was learned from one part may stand in a part that was looked into before.
  template <typename Message>
  void redact_message(Message& message) {
    std::uint64_t learned = 0;
    for (int round = 0; round < kMostRounds && (round == 0 || learned != store.learned()); ++round) {
      learned = store.learned();
      redact_parts(message);
    }
  }
};

Redactor::Redactor(const Key& key) : state_(std::make_unique<State>(State{SecretStore(key), {}})) {}
Redactor::~Redactor() = default;
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;

void Redactor::redact(Request& request) {
  state_->redact_message(request);
}
void Redactor::redact(Response& response) {
  state_->redact_message(response);
}

std::string Redactor::stand_in(std::string_view secret) const {
  return std::string(to_view(state_->store.stand_in(secret)));
}

}  // namespace corpus
