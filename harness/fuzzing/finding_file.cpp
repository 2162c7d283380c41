#include "harness/fuzzing/finding_file.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>

#include "corpus/origin.h"
#include "corpus/session_file.h"
#include "harness/file_replacing.h"
#include "harness/version.h"

namespace harness {
namespace {

namespace json = boost::json;

std::string member_of(const FindingNote& note) {
  json::array mutations;
  for (const std::string& mutation : note.mutations) mutations.emplace_back(mutation);
  const json::object about{
      {"bucket", note.bucket}, {"legal", note.legal}, {"seed", note.seed}, {"mutations", std::move(mutations)}};
  return "\"fuzz\":" + json::serialize(about);
}

std::optional<FindingNote> read(const json::value& value) {
  const json::object* about = value.if_object();
  if (about == nullptr) return std::nullopt;
  const json::value* bucket = about->if_contains("bucket");
  const json::value* legal = about->if_contains("legal");
  const json::value* seed = about->if_contains("seed");
  const json::value* mutations = about->if_contains("mutations");
  if (bucket == nullptr || !bucket->is_string() || legal == nullptr || !legal->is_bool() || seed == nullptr ||
      mutations == nullptr || !mutations->is_array()) {
    return std::nullopt;
  }
  FindingNote note;
  note.bucket = std::string(bucket->get_string());
  note.legal = legal->get_bool();
  json::error_code ec;
  note.seed = seed->to_number<std::uint64_t>(ec);
  if (ec) return std::nullopt;
  for (const json::value& mutation : mutations->get_array()) {
    if (!mutation.is_string()) return std::nullopt;
    note.mutations.emplace_back(mutation.get_string());
  }
  return note;
}

// What is made of a finding has a note of its own.
void forget_note(std::string& extra) {
  json::error_code ec;
  json::value members = json::parse("{" + extra + "}", ec);
  if (ec || !members.is_object() || members.get_object().erase("fuzz") == 0) return;
  const std::string rest = json::serialize(members);
  extra = rest.substr(1, rest.size() - 2);
}

}  // namespace

std::string finding_path(const std::string& folder, const Symptom& symptom) {
  const std::string name = std::string(word_of(symptom.trouble)) + "-" + bucket_hash(symptom.bucket());
  return (std::filesystem::path(folder) / (name + std::string(corpus::kSessionSuffix))).string();
}

corpus::Result<void> write_finding(const std::string& path, corpus::Session session, const FindingNote& note) {
  std::string& extra = session.info.extra;
  forget_note(extra);
  extra += (extra.empty() ? "" : ",") + member_of(note);
  session.info.origin = fmt::format("{} {}", corpus::kMutatedOrigin, kVersion);
  const std::string fresh = name_beside(path);
  if (auto written = corpus::write_session(fresh, session); !written) return written;
  return move_into_place(fresh, path);
}

corpus::Result<std::optional<FindingNote>> note_of(const corpus::Session& session) {
  json::error_code ec;
  const json::value extra = json::parse("{" + session.info.extra + "}", ec);
  const json::object* members = ec ? nullptr : extra.if_object();
  const json::value* fuzz = members == nullptr ? nullptr : members->if_contains("fuzz");
  if (fuzz == nullptr) return std::optional<FindingNote>();
  auto note = read(*fuzz);
  if (note) return note;
  return std::unexpected(corpus::Fault{corpus::Error::invalid, session.path,
                                       "the member \"fuzz\" of its first line is not what rollcall fuzz writes"});
}

}  // namespace harness
