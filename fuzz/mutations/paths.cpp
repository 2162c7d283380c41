// Paths and URLs of resources, written as Graph could also write them, and as it should not.
#include "fuzz/escapes.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// Behind the last slash that is not the last byte; 0 if there is none.
std::size_t last_segment(std::string_view path) {
  const std::size_t slash = path.empty() ? std::string_view::npos : path.rfind('/', path.size() - 2);
  return path.size() < 2 || slash == std::string_view::npos ? 0 : slash + 1;
}

/// The path without the server and "/app" or "/communications" in front of it.
std::string_view without_prefix(std::string_view path) {
  const std::size_t calls = path.find("/calls");
  return calls == std::string_view::npos ? path : path.substr(calls);
}

void add_prefixed(std::string_view path, Random& random, Scratch& out) {
  static constexpr std::string_view kPrefixes[] = {"/app",
                                                   "/communications",
                                                   "",
                                                   "app",
                                                   "communications",
                                                   "/v1.0/communications",
                                                   "/beta/communications",
                                                   "/beta/app",
                                                   "https://graph.microsoft.com/v1.0/communications",
                                                   "https://graph.microsoft.com/beta/app",
                                                   "/COMMUNICATIONS",
                                                   "//communications",
                                                   "/users/0/communications"};
  out.add(random.pick(kPrefixes)).add(without_prefix(path));
}

/// Segments cut off, added, doubled, emptied.
void add_resegmented(std::string_view path, Random& random, Scratch& out) {
  static constexpr std::string_view kEnds[] = {"/",
                                               "//",
                                               "/participants",
                                               "/operations",
                                               "/x",
                                               "?a=1",
                                               "#fragment",
                                               "/..",
                                               "/.",
                                               "/participants/0",
                                               "%2F",
                                               " ",
                                               "/calls/0",
                                               "/contentSharingSessions",
                                               "/operations/participants",
                                               ";v=1"};
  const std::size_t last = last_segment(path);
  switch (random.below(6)) {
    case 0:
    case 1:
      out.add(path).add(random.pick(kEnds));
      break;
    case 2:
      out.add(path.substr(0, last == 0 ? 0 : last - 1));  // the last segment goes, and its slash
      break;
    case 3:
      out.add(path.substr(0, last));  // the slash stays
      break;
    case 4:
      out.add(path.substr(0, last)).add(path.substr(last)).add('/').add(path.substr(last));
      break;
    default:
      out.add(path.substr(0, path.find('/', 1)));
  }
}

}  // namespace

bool respell_path(Workbench& bench, std::uint32_t at) {
  text_of(bench, at);
  const std::string_view path = bench.scratch.view();
  bench.other.clear();
  if (bench.random.one_in(2)) {
    add_prefixed(path, bench.random, bench.other);
  } else {
    add_resegmented(path, bench.random, bench.other);
  }
  if (bench.other.view() == path) return false;
  // set_text() escapes into bench.other, so what was made there goes to the other room first.
  bench.scratch.clear();
  bench.scratch.add(bench.other.view());
  return set_text(bench, at, bench.scratch.view());
}

}  // namespace fuzz
