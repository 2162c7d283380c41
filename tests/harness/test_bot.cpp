// A bot that does nothing but listen at ROLLCALL_BOT_PORT, for tests of how bots are started and ended.
//
//   test_bot            ends when it is told to, and says so
//   test_bot deaf       is not to be told
//   test_bot N          ends by itself after the Nth connection
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

void say_and_leave(int) {
  constexpr std::string_view kText = "told to end\n";
  (void)!write(STDOUT_FILENO, kText.data(), kText.size());
  _exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view how = argc > 1 ? argv[1] : "";
  std::signal(SIGTERM, how == "deaf" ? SIG_IGN : say_and_leave);
  const char* const port = std::getenv("ROLLCALL_BOT_PORT");
  const char* const graph = std::getenv("ROLLCALL_GRAPH_URL");
  if (port == nullptr || graph == nullptr) return 2;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  std::printf("listens for %s\n", graph);
  std::fflush(stdout);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || listen(listener, 8) != 0) {
    std::perror("test_bot");
    return 1;
  }
  const int connections = std::atoi(how.data());
  for (int i = 1; i != connections + 1 || connections == 0; ++i) close(accept(listener, nullptr, nullptr));
}
