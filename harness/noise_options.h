// The options about learnt noise, of every command that judges; and the noise file of a session.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "corpus/exchange.h"
#include "harness/options.h"
#include "replay/noise.h"
#include "replay/verdict.h"

namespace harness {

/// --noise and --no-noise.
struct NoiseOptions {
  std::string file;  ///< empty: the one beside the session, if there is one
  bool none = false;
};

/// Adds them to the options of a command. `options` must outlive the reading.
void add_noise(boost::program_options::options_description& list, NoiseOptions& options);

/// What is wrong with them for so many sessions.
corpus::Result<void> check_noise(const NoiseOptions& options, std::size_t sessions);

/// Noise, and what a verdict says of where it comes from.
struct LoadedNoise {
  std::unique_ptr<replay::Noise> noise;
  replay::NoiseUse use;

  /// Nothing if there is none.
  static std::optional<replay::NoiseUse> use_of(const std::optional<LoadedNoise>& loaded) {
    return loaded ? std::optional(loaded->use) : std::nullopt;
  }
  static const replay::Noise* of(const std::optional<LoadedNoise>& loaded) {
    return loaded ? loaded->noise.get() : nullptr;
  }
};

/// The noise of a session that was read from the file at `path`; nothing if there is none, or none is wanted.
corpus::Result<std::optional<LoadedNoise>> load_noise(const NoiseOptions& options, const std::string& path,
                                                      const corpus::Session& session);

/// "invite.noise.json" for "invite.session.jsonl".
std::string noise_path(const std::string& session_path);

/// "sha256:" and the digest of the file's bytes, in hexadecimal.
corpus::Result<std::string> digest_of(const std::string& path);

/// Reads a noise file; nothing if it is not there.
corpus::Result<std::optional<replay::NoiseRecord>> read_noise(const std::string& path);

}  // namespace harness
