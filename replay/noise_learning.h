// Learns from good runs what varies from run to run.
#pragma once

#include <span>
#include <vector>

#include "corpus/exchange.h"
#include "replay/noise.h"
#include "replay/verdict.h"

namespace replay {

/// What good runs teach.
struct Learnt {
  NoiseRecord record;
  std::vector<Verdict> verdicts;  ///< of each run, judged with that record: what is left is no noise
};

/// What differs between these runs and the recording, added to what is `known` from earlier ones. Values, order,
/// presence and times are learnt; that the bot does not answer, or is told too little, is not. `options` without noise.
Learnt learn_noise(const corpus::Session& recorded, std::span<const corpus::Session> runs, const NoiseRecord& known,
                   JudgeOptions options);

/// Whether a run, judged with what it taught, was cut short by a request that need not come, and by nothing else: what
/// comes behind it never had its chance, and the run teaches nothing about that.
bool was_cut_short(const Verdict& verdict);

}  // namespace replay
