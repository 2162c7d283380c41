// Which requests come in either order. For the sources of noise_learning.h alone.
#pragma once

#include <span>
#include <vector>

#include "corpus/exchange.h"
#include "replay/noise.h"
#include "replay/plan.h"
#include "replay/verdict.h"

namespace replay {

/// One good run, and which exchanges of it stand for which.
struct Run {
  const corpus::Session* live;
  const std::vector<Partners>* partners;
};

/// Pairs that came in both orders, with those of `known`; and, as long as the runs are few, pairs of one batch of which
/// others show that the batch has no order.
std::vector<NoisyOrder> learn_orders(const corpus::Session& recorded, const Plan& plan, std::span<const Run> runs,
                                     const NoiseRecord& known);

}  // namespace replay
