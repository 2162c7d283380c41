// Plays recordings one after the other into one long session: what a bot that was watched for a while leaves.
//
//   long_session OUT SESSION…
//
// Each gets ids of its own and begins three seconds after the end of the one before; one bot plays them all.
#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <utility>

#include "corpus/session_file.h"
#include "fuzz/random.h"
#include "fuzz/session_draft.h"
#include "fuzz/session_ids.h"
#include "harness/session_causes.h"

namespace {

constexpr corpus::Micros kBetween = 3'000'000;

std::optional<fuzz::SessionDraft> draft_of(const char* path, fuzz::Random& random) {
  auto session = corpus::read_session(path);
  if (!session) {
    fmt::print(stderr, "{}\n", corpus::to_string(session.error()));
    return std::nullopt;
  }
  const fuzz::SessionCauses causes = harness::causes_of(*session);
  fuzz::SessionDraft draft(std::move(*session), causes);
  fuzz::change_ids(draft, fuzz::fresh_ids(draft, random));
  return draft;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return fmt::print(stderr, "usage: long_session OUT SESSION...\n"), 2;
  fuzz::Random random(1);
  std::optional<fuzz::SessionDraft> whole;
  for (int i = 2; i < argc; ++i) {
    auto draft = draft_of(argv[i], random);
    if (!draft) return 2;
    if (!whole) {
      whole = std::move(draft);
      continue;
    }
    fuzz::share_callback(*draft, *whole);
    whole->weave(std::move(*draft), whole->end() + kBetween);
  }
  const corpus::Session session = whole->finish();
  if (const auto written = corpus::write_session(argv[1], session); !written) {
    fmt::print(stderr, "{}\n", corpus::to_string(written.error()));
    return 2;
  }
  fmt::print("{}: {} messages\n", argv[1], corpus::message_count(session));
}
