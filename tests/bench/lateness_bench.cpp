// How late deliveries go out: a recording with a thousand deliveries a second is replayed to a bot in a process of its
// own.
//
// Usage: lateness_bench [SECONDS]. Prints, for the replay and for a bare sleeping loop on the same machine in the same
// run, the lateness and how it changes from the first tenth of the run to the last (drift). The p99 of the median
// second stands beside that of the whole run: what another guest of the machine does for a second spoils the one only.
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "harness/http_server.h"
#include "harness/replayer.h"
#include "replay/verdict.h"

namespace {

using corpus::Micros;

constexpr Micros kGap = 1000;  // a thousand deliveries a second
constexpr int kCalls = 100;

struct Figures {
  Micros p50, p99, max;
  Micros second_p99;  // the median of the p99 of each second
  double drift;       // mean of the last tenth minus mean of the first
};

Micros quantile(std::vector<Micros> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1];
}

Figures figures(const std::vector<Micros>& late) {
  const std::size_t tenth = std::max<std::size_t>(1, late.size() / 10);
  double first = 0;
  double last = 0;
  for (std::size_t i = 0; i < tenth; ++i) {
    first += static_cast<double>(late[i]);
    last += static_cast<double>(late[late.size() - 1 - i]);
  }
  std::vector<Micros> seconds;
  for (auto at = late.begin(); at != late.end(); at += 1'000'000 / kGap) {
    seconds.push_back(quantile({at, at + 1'000'000 / kGap}, 0.99));
  }
  return {quantile(late, 0.5), quantile(late, 0.99), quantile(late, 1), quantile(seconds, 0.5),
          (last - first) / static_cast<double>(tenth)};
}

void print(const char* what, const Figures& f) {
  const auto ms = [](Micros time) { return static_cast<double>(time) / 1e3; };
  fmt::print(
      "{:<20} p50 {:.3f} ms  p99 {:.3f} ms  p99 of the median second {:.3f} ms  max {:.3f} ms  drift {:+.3f} ms\n",
      what, ms(f.p50), ms(f.p99), ms(f.second_p99), ms(f.max), f.drift / 1e3);
}

corpus::Session recording(int seconds) {
  corpus::Session session;
  session.info.name = "lateness";
  for (Micros t = 0; t < Micros{seconds} * 1'000'000; t += kGap) {
    corpus::Exchange& exchange = session.exchanges.emplace_back();
    exchange.number = static_cast<std::int64_t>(session.exchanges.size());
    exchange.sent = t;
    exchange.ended = t + 300;
    exchange.outcome = corpus::Response{202, {{"Content-Length", "0"}}, {}, {}};
    exchange.request.method = "POST";
    exchange.request.target = "/api/calls";
    const std::string call = fmt::format("57dab8b1-894c-409a-b240-{:012x}", (t / kGap) % kCalls);
    exchange.request.body = fmt::format(
        R"({{"@odata.type":"#microsoft.graph.commsNotifications","value":[{{"@odata.type":"#microsoft.graph.commsNotification",)"
        R"("changeType":"updated","resource":"/app/calls/{0}","resourceUrl":"/communications/calls/{0}","resourceData":)"
        R"({{"@odata.type":"#microsoft.graph.call","state":"established","callChainId":"0fe0623f-d628-42ed-b4bd-8ac290072cc5"}}}}]}})",
        call);
    exchange.request.headers = {{"Content-Type", "application/json"},
                                {"Content-Length", std::to_string(exchange.request.body.size())},
                                {"Authorization", "Bearer redacted-0123456789abcdef"},
                                {"User-Agent", "Microsoft-Skype/3.0,(Calling/1.0)"}};
  }
  return session;
}

// A bot that acknowledges and does nothing; its address comes through the pipe.
[[noreturn]] void run_bot(int pipe) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  boost::asio::io_context io(1);
  harness::HttpServer server(io, {}, harness::HttpServer::CallHandler([](harness::Call& call) -> harness::Task<void> {
                               static const corpus::Response accepted{202, {{"Content-Length", "0"}}, {}, {}};
                               call.answer(accepted);
                               co_return;
                             }));
  const std::string address = server.listen("127.0.0.1", 0).value_or("");
  if (write(pipe, address.data(), address.size()) < 0) std::_Exit(1);
  close(pipe);
  io.run();
  std::_Exit(0);
}

// The best that sleeping can do here: the same times, nothing to send.
std::vector<Micros> bare_loop(int seconds) {
  std::vector<Micros> late;
  timespec start{};
  clock_gettime(CLOCK_MONOTONIC, &start);
  const auto nanos = [](const timespec& t) { return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec; };
  for (std::int64_t i = 0; i < std::int64_t{seconds} * 1'000'000 / kGap; ++i) {
    const std::int64_t due = nanos(start) + i * kGap * 1000;
    const timespec until{due / 1'000'000'000, due % 1'000'000'000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    late.push_back((nanos(now) - due) / 1000);
  }
  return late;
}

}  // namespace

int main(int argc, char** argv) {
  const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
  if (seconds < 1 || seconds > 600) return fmt::print(stderr, "lateness_bench: SECONDS is 1 to 600\n"), 2;
  int ends[2];
  if (pipe(ends) != 0) return 3;
  const pid_t bot = fork();
  if (bot == 0) run_bot(ends[1]);
  close(ends[1]);
  char address[100];
  const ssize_t size = read(ends[0], address, sizeof address);
  if (size <= 0) return 3;

  const corpus::Session session = recording(seconds);
  boost::asio::io_context io(1);
  harness::ReplaySettings settings;
  settings.bot = *harness::parse_url("http://" + std::string(address, static_cast<std::size_t>(size)));
  settings.graph_listen = {"127.0.0.1", 0};
  settings.schedule.settle = 100'000;
  harness::Replayer replayer(io, session, settings);
  if (!replayer.listen()) return 3;
  std::vector<Micros> late;
  boost::asio::co_spawn(
      io.get_executor(),
      [&]() -> harness::Task<void> {
        const auto live = co_await replayer.run();
        if (!live) co_return;
        for (const corpus::Exchange& exchange : live->exchanges) late.push_back(exchange.sent - *exchange.due);
      },
      [&io](std::exception_ptr error) {
        io.stop();
        if (error) std::rethrow_exception(error);
      });
  io.run();
  kill(bot, SIGKILL);
  waitpid(bot, nullptr, 0);
  if (late.size() != session.exchanges.size()) return fmt::print(stderr, "lateness_bench: the replay broke off\n"), 3;

  fmt::print("{} deliveries, {} a second, {} calls, bot in a process of its own\n", late.size(), 1'000'000 / kGap,
             kCalls);
  print("rollcall replay", figures(late));
  print("bare sleeping loop", figures(bare_loop(seconds)));
}
