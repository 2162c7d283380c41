// What stands in deliveries: everything that fuzz::Mutator knows.
#include <algorithm>

#include "corpus/ids.h"
#include "fuzz/mutation.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

// A payload may grow to this, which is more than Graph sends and costs a bot little.
constexpr std::size_t kLimit = 64 * 1024;
// Tries until a mutation finds a place and leaves what it has to leave.
constexpr int kTries = 8;

std::vector<std::string> ids_of(std::string_view text) {
  std::vector<std::string> ids;
  for (const corpus::Span& place : corpus::find_guids(text)) ids.push_back(corpus::canonical_id(place.of(text)));
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Those that change how a payload is written, and not what it says.
constexpr Mutation kRespellings[] = {Mutation::respell_text, Mutation::escape_key, Mutation::space_tokens,
                                     Mutation::slide_token};
constexpr Mutation kCuts[] = {Mutation::split_id, Mutation::fresh_id_everywhere, Mutation::equal_ids,
                              Mutation::equal_ids_everywhere, Mutation::respell_path};

const MutationInfo& any_but_links(Random& random) {
  for (;;) {
    const MutationInfo& info = random.pick(mutations());
    if (info.group != Group::identity && info.group != Group::bytes) return info;
  }
}

// Applies to the body one mutation that `choose` names; empty if none of them could be applied.
template <typename Choose>
std::string apply_one(SessionBench& bench, const std::string& body, std::string_view& name, Choose choose) {
  const std::size_t limit = std::max(kLimit, body.size());
  std::vector<std::uint8_t> buffer(limit);
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::ranges::copy(body, buffer.begin());
    const Mutation which = choose();
    name = mutations()[static_cast<std::size_t>(which)].name;
    const std::size_t size = bench.payloads.apply(buffer, body.size(), bench.random.next(), which);
    std::string made(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
    if (size != 0 && made != body) return made;
  }
  return {};
}

bool pick_body(SessionBench& bench, std::size_t& at) {
  std::vector<std::size_t> places;
  for (const std::size_t place : bench.draft.notifications()) {
    const std::size_t size = bench.exchange(place).request.body.size();
    if (size > 0 && size <= 1024 * 1024) places.push_back(place);
  }
  if (places.empty()) return false;
  at = bench.pick(places);
  return true;
}

// The mutated body takes the old one's place. What the bot then does, nobody knows.
void put(SessionBench& bench, std::size_t at, std::string body, const std::string& how) {
  bench.what = bench.name(at) + ": " + how;
  set_body(bench.exchange(at).request, std::move(body));
  bench.draft.loosen(at);
}

bool respelt(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_body(bench, at)) return false;
  const std::string body = bench.exchange(at).request.body;
  std::string_view name;
  const std::size_t ids = corpus::find_guids(body).size();
  std::string made = apply_one(bench, body, name, [&] { return bench.random.pick(kRespellings); });
  // The player finds ids in the text: one that is written in escapes would stay the recording's.
  if (made.empty() || corpus::find_guids(made).size() != ids) return false;
  bench.what = bench.name(at) + ": payload written otherwise (" + std::string(name) + ")";
  set_body(bench.exchange(at).request, std::move(made));
  return true;
}

bool linked(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_body(bench, at)) return false;
  const std::string body = bench.exchange(at).request.body;
  const std::vector<std::string> ids = ids_of(body);
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::string_view name;
    std::string made = apply_one(bench, body, name, [&] { return any_but_links(bench.random).id; });
    if (made.empty() || !std::ranges::includes(ids_of(made), ids)) continue;
    put(bench, at, std::move(made), "payload changed, links kept (" + std::string(name) + ")");
    return true;
  }
  return false;
}

bool cut(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_body(bench, at)) return false;
  std::string_view name;
  std::string made = apply_one(bench, bench.exchange(at).request.body, name, [&] { return bench.random.pick(kCuts); });
  if (made.empty()) return false;
  put(bench, at, std::move(made), "links cut (" + std::string(name) + ")");
  return true;
}

// Several changes at once, another recording's payload, damaged JSON and bytes.
bool anything(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_body(bench, at)) return false;
  const std::string& body = bench.exchange(at).request.body;
  std::vector<std::uint8_t> buffer(std::max(kLimit, body.size()));
  std::ranges::copy(body, buffer.begin());
  const std::size_t size = bench.payloads.mutate(buffer, body.size(), bench.random.next());
  std::string made(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
  if (made.empty() || made == body) return false;
  put(bench, at, std::move(made), "payload changed in any way");
  return true;
}

constexpr SessionMutationRow kPayloadRows[] = {
    {{"payload_respelt", SessionGroup::payload, 3, true, false, "a payload is written otherwise and says the same"},
     respelt},
    {{"payload_linked", SessionGroup::payload, 8, false, false, "a payload changes; its links to other messages stay"},
     linked},
    {{"payload_cut", SessionGroup::payload, 4, false, false, "ids of a payload change, so that its links break"}, cut},
    {{"payload_any", SessionGroup::payload, 5, false, false, "a payload changes in any way, also to broken JSON"},
     anything},
};

}  // namespace

std::span<const SessionMutationRow> payload_mutations() {
  return kPayloadRows;
}

}  // namespace fuzz
