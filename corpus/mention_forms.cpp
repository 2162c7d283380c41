#include "corpus/mention_forms.h"

#include <algorithm>

namespace corpus {
namespace {

// A body with more GUIDs is a long roster: there are few of one length.
constexpr std::size_t kMostGuids = 64;

// All that is kept: some thousand bodies of usual size.
constexpr std::size_t kMostKept = 4 << 20;

// Where a string cannot begin without a quote: digits that stand there may be a number, and others of the form none.
bool may_be_number(std::string_view text, const Span& guid) {
  constexpr std::string_view kBeforeNumbers = " \t\r\n:,[";
  return guid.length == 32 && (guid.begin == 0 || kBeforeNumbers.find(text[guid.begin - 1]) != std::string_view::npos);
}

}  // namespace

// With an escape in it, a body may say a GUID that does not stand there.
bool MentionForms::take_apart(std::string_view body) {
  if (body.find('\\') != std::string_view::npos || body.find('%') != std::string_view::npos) return false;
  parts_.guids = find_guids(body);
  if (parts_.guids.size() > kMostGuids) return false;
  digits_.clear();
  parts_.firsts.clear();
  for (const Span& guid : parts_.guids) {
    if (may_be_number(body, guid)) return false;
    const Digits digits = guid_digits(guid.of(body)).value_or(Digits());
    parts_.firsts.push_back(static_cast<std::size_t>(std::ranges::find(digits_, digits) - digits_.begin()));
    digits_.push_back(digits);
  }
  return true;
}

std::uint64_t MentionForms::key(std::size_t size) const {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  std::uint64_t mixed = size * 8 + static_cast<std::uint64_t>(parts_.reader);
  for (std::size_t i = 0; i < parts_.guids.size(); ++i) {
    mixed = (mixed ^ (mixed >> 29)) * kOdd + parts_.guids[i].begin * kMostGuids + parts_.firsts[i];
  }
  return mixed;
}

bool MentionForms::is_of(const Form& form, std::string_view body) const {
  if (form.body.size() != body.size() || form.parts.reader != parts_.reader || form.parts.guids != parts_.guids ||
      form.parts.firsts != parts_.firsts) {
    return false;
  }
  const std::string_view read = form.body;
  std::size_t done = 0;
  for (const Span& guid : parts_.guids) {
    if (read.substr(done, guid.begin - done) != body.substr(done, guid.begin - done)) return false;
    done = guid.begin + guid.length;
  }
  return read.substr(done) == body.substr(done);
}

const Mentions* MentionForms::find(std::string_view body, int reader) {
  parts_.reader = reader;
  has_form_ = take_apart(body);
  if (!has_form_) return nullptr;
  const auto found = forms_.find(key(body.size()));
  if (found == forms_.end() || !is_of(found->second, body)) return nullptr;
  const Form& form = found->second;
  found_.notification = form.notification;
  found_.all.resize(form.entries.size());
  for (std::size_t i = 0; i < form.entries.size(); ++i) {
    const Entry& entry = form.entries[i];
    const Digits& digits = digits_[entry.guid];
    found_.all[i].kind = entry.kind;
    found_.all[i].id = entry.text.empty() ? std::string_view(digits.data(), digits.size()) : entry.text;
  }
  return &found_;
}

// A text that holds a GUID is another one in each body of the form: then there is none to go by.
void MentionForms::learn(std::string_view body, const Mentions& mentions) {
  if (!has_form_ || kept_ + body.size() > kMostKept) return;
  Form form{std::string(body), parts_, {}, mentions.notification};
  for (const Mention& mention : mentions.all) {
    const auto guid = std::ranges::find_if(
        digits_, [&](const Digits& digits) { return std::string_view(digits.data(), digits.size()) == mention.id; });
    if (guid != digits_.end()) {
      form.entries.push_back({static_cast<std::size_t>(guid - digits_.begin()), {}, mention.kind});
    } else if (find_guids(mention.id).empty()) {
      form.entries.push_back({0, mention.id, mention.kind});
    } else {
      return;
    }
  }
  if (forms_.try_emplace(key(body.size()), std::move(form)).second) kept_ += body.size();
}

}  // namespace corpus
