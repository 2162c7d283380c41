#include "harness/noise_options.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <filesystem>

#include "corpus/session_file.h"
#include "harness/whole_file.h"
#include "replay/noise_file.h"

namespace harness {
namespace {

namespace po = boost::program_options;

}  // namespace

void add_noise(po::options_description& list, NoiseOptions& options) {
  list.add_options()(
      "noise", po::value(&options.file)->value_name("FILE"),
      "what `rollcall learn` learnt: differences within it do not count (default: NAME.noise.json beside "
      "NAME.session.jsonl, if it is there)")("no-noise", po::bool_switch(&options.none), "every difference counts");
}

corpus::Result<void> check_noise(const NoiseOptions& options, std::size_t sessions) {
  const auto fault = [&](std::string what) {
    return std::unexpected(corpus::Fault{corpus::Error::invalid, "--noise " + options.file, std::move(what)});
  };
  if (options.file.empty()) return {};
  if (options.none) return fault("says nothing with --no-noise: give one of them");
  if (sessions > 1) return fault("is that of one session: give one SESSION");
  return {};
}

std::string noise_path(const std::string& session_path) {
  std::string_view name = session_path;
  if (name.ends_with(corpus::kSessionSuffix)) name.remove_suffix(corpus::kSessionSuffix.size());
  return std::string(name).append(replay::kNoiseSuffix);
}

corpus::Result<std::string> digest_of(const std::string& path) {
  const auto bytes = read_whole(path);
  if (!bytes) return std::unexpected(bytes.error());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(bytes->data(), bytes->size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, path, "SHA-256 failed"});
  }
  std::string text = "sha256:";
  for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

corpus::Result<std::optional<replay::NoiseRecord>> read_noise(const std::string& path) {
  std::error_code ec;
  if (!std::filesystem::exists(path, ec)) return std::nullopt;
  const auto text = read_whole(path);
  if (!text) return std::unexpected(text.error());
  auto record = replay::parse_noise(*text, path);
  if (!record) return std::unexpected(record.error());
  return std::optional(std::move(*record));
}

corpus::Result<std::optional<LoadedNoise>> load_noise(const NoiseOptions& options, const std::string& path,
                                                      const corpus::Session& session) {
  if (options.none) return std::nullopt;
  const std::string file = options.file.empty() ? noise_path(path) : options.file;
  auto record = read_noise(file);
  if (!record) return std::unexpected(record.error());
  if (!*record && !options.file.empty()) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, "--noise " + file, "no such file"});
  }
  if (!*record) return std::nullopt;
  const auto digest = digest_of(path);
  if (!digest) return std::unexpected(digest.error());
  LoadedNoise loaded;
  loaded.use = {.source = file, .runs = (*record)->runs, .stale = (*record)->digest != *digest};
  loaded.noise = std::make_unique<replay::Noise>(std::move(**record), session);
  loaded.use.left_out = loaded.noise->left_out();
  return std::optional(std::move(loaded));
}

}  // namespace harness
