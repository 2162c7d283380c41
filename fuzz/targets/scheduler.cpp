// Property: whatever happens in whatever order, a replay ends; nothing is delivered twice or before its causes.
#include <algorithm>

#include "corpus/session_file.h"
#include "fuzz/target.h"
#include "fuzz/targets/replay_world.h"

// The input: a session file, and what happens as one line behind it that begins with '!'.
FUZZ_TARGET(bytes) {
  const std::string_view text = fuzz::text_of(bytes);
  const std::size_t mark = std::min(text.rfind("\n!"), text.size());
  const auto session = corpus::parse_session(text.substr(0, mark), "session");
  if (!session || session->exchanges.size() > 64) return;
  fuzz::ReplayWorld(*session, text.substr(mark)).play();
}
