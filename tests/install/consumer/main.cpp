// What a user's own program may do with the libraries: read a session, judge it, and speak HTTP by harness/.
#include <cstdio>

#include "corpus/session_file.h"
#include "harness/address.h"
#include "replay/verdict.h"

int main(int argc, char** argv) {
  const auto session = corpus::read_session(argc > 1 ? argv[1] : "");
  if (!session) {
    std::fprintf(stderr, "%s\n", to_string(session.error()).c_str());
    return 2;
  }
  const auto verdict = replay::judge(*session, *session);
  const bool graph = harness::parse_url(session->info.graph).has_value();
  std::printf("%s: %zu exchanges, %s%s\n", session->info.name.c_str(), session->exchanges.size(),
              verdict.judgement == replay::Judgement::same ? "same" : "different", graph ? "" : ", no Graph");
  return 0;
}
