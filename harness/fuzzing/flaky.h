// Findings that show in some runs and not in others.
#pragma once

namespace harness {

/// How often a candidate has to be tried so that what showed in `shown` of `runs` runs is overlooked once in twenty
/// times: 1 if it showed in all of them. At most eight times, since rarer findings would take for ever.
unsigned tries_for(unsigned shown, unsigned runs);

}  // namespace harness
