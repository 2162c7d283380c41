#include "harness/exec_options.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace harness {
namespace {

namespace po = boost::program_options;

// A started bot is told where to listen, so it may be anywhere.
constexpr const char* kAnywhere = "http://127.0.0.1:0";

constexpr Duration kStartLimit{std::chrono::seconds(30)};

std::unexpected<corpus::Fault> fault(std::string where, std::string what) {
  return std::unexpected(corpus::Fault{corpus::Error::invalid, std::move(where), std::move(what)});
}

}  // namespace

void add_bot(po::options_description& list, ExecOptions& options) {
  list.add_options()("bot", po::value(&options.bot)->value_name("URL"),
                     "the bot's base URL; with --exec, where it is to listen, port 0 (and if not given): any free one")(
      "exec", po::value(&options.command)->value_name("COMMAND"),
      "start the bot by this command of the shell and end it afterwards; {graph}, {proxy}, {bot}, {host} and {port} in "
      "it "
      "are replaced by the addresses, which ROLLCALL_GRAPH_URL, ROLLCALL_PROXY_URL, ROLLCALL_BOT_URL, …_HOST and "
      "…_PORT "
      "hold as well")("exec-log", po::value(&options.log)->value_name("FILE"),
                      "keep all that the started bot writes there")(
      "start-limit",
      po::value<Duration>()->notifier([&](const Duration& limit) { options.start_limit = limit; })->value_name("TIME"),
      "how long a started bot may take until it listens (default: 30s)");
}

corpus::Result<BotOptions> bot_options(const ExecOptions& options) {
  const bool exec = !options.command.empty();
  if (!exec && options.bot.empty()) return fault("--bot", "is missing: say where the bot is, or start it by --exec");
  if (!exec && !options.log.empty()) return fault("--exec-log", "says nothing without --exec");
  if (!exec && options.start_limit) return fault("--start-limit", "says nothing without --exec");
  auto url = parse_url(options.bot.empty() ? kAnywhere : options.bot, AnyPort::taken);
  if (!url) return fault("--bot", url.error().what);
  if (!exec && url->port == 0) {
    return fault("--bot " + options.bot, "port 0 stands for any free one, which needs a bot that is told: --exec");
  }
  BotOptions bot{std::move(*url), {}};
  if (!exec) return bot;
  BotCommand command;
  command.command = options.command;
  command.start_limit =
      std::chrono::duration_cast<std::chrono::milliseconds>(options.start_limit.value_or(kStartLimit).time);
  command.log_path = options.log;
  bot.exec = std::move(command);
  return bot;
}

corpus::Result<void> begin_log(const ExecOptions& options) {
  if (options.log.empty()) return {};
  errno = 0;
  if (std::ofstream(options.log, std::ios::trunc)) return {};
  return std::unexpected(corpus::Fault{corpus::Error::unreadable, "--exec-log " + options.log, std::strerror(errno)});
}

}  // namespace harness
