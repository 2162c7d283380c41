// The same key twice: the check reads one, the use reads the other.
#include "fuzz/escapes.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// Adds the key with one of its letters as an escape. Not with a character of several bytes: of those no single one can
/// be.
void add_escaped_key(std::string_view key, Random& random, Scratch& out) {
  std::size_t place = random.below(key.size());
  while (place != 0 && (key[place] & '\x80') != 0) --place;
  if ((key[place] & '\x80') != 0) {
    out.add(key);
    return;
  }
  out.add(key.substr(0, place));
  add_escape(static_cast<unsigned char>(key[place]), out);
  out.add(key.substr(place + 1));
}

/// A value that contradicts the one at `at`.
std::string_view other_value(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kOthers[] = {"null", "\"\"", "0", "{}", "[]", "\"other\"", "false", "-1"};
  const std::string_view known = bench.vocabulary.value(bench.index[at].name, bench.random);
  const bool useful = !known.empty() && known != bench.index.value(bench.index[at]);
  return useful && !bench.random.one_in(3) ? known : bench.random.pick(kOthers);
}

/// The member once more, next to itself or at the end of its object.
bool add_again(Workbench& bench, std::uint32_t at, bool escaped, std::string_view value) {
  const std::string_view key = bench.index.key(bench.index[at]);
  if (escaped && (key.empty() || key.find('\\') != std::string_view::npos)) return false;
  bench.scratch.clear();
  bench.scratch.add('"');
  if (escaped) {
    add_escaped_key(key, bench.random, bench.scratch);
  } else {
    bench.scratch.add(key);
  }
  bench.scratch.add("\":").add(value);
  const std::uint32_t place = bench.random.below(3);
  if (place == 0) insert_before(bench, at, bench.scratch.view());
  if (place == 1) insert_after(bench, at, bench.scratch.view());
  if (place == 2) insert_into(bench, bench.index[at].parent, bench.random.one_in(2), bench.scratch.view());
  bench.draft.finish();
  return true;
}

}  // namespace

bool repeat_member(Workbench& bench, std::uint32_t at) {
  return add_again(bench, at, false, bench.index.value(bench.index[at]));
}

bool conflicting_member(Workbench& bench, std::uint32_t at) {
  return add_again(bench, at, false, other_value(bench, at));
}

bool escaped_duplicate(Workbench& bench, std::uint32_t at) {
  const bool same = bench.random.one_in(3);
  return add_again(bench, at, true, same ? bench.index.value(bench.index[at]) : other_value(bench, at));
}

}  // namespace fuzz
