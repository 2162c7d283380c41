#include "harness/record_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "corpus/session_file.h"
#include "harness/print.h"
#include "harness/recorder.h"

namespace harness {
namespace {

namespace asio = boost::asio;
namespace po = boost::program_options;
using Signals = asio::basic_signal_set<Executor>;

// How long exchanges under way may take to end once the recording has been ended.
constexpr std::chrono::milliseconds kGrace{2'000};

constexpr CommandHelp kRecordHelp{
    .name = "record",
    .synopsis = "--corpus DIR --bot URL [--graph URL] [--webhook-listen HOST:PORT] [--graph-listen HOST:PORT]",
    .about =
        "Stands between Microsoft Graph and a calling bot, in both directions, and records what they\n"
        "say to each other into DIR/NAME.session.jsonl, without secrets. Point Graph's callbacks at\n"
        "--webhook-listen and the bot's Graph base URL at --graph-listen. Prints a line \"ready …\"\n"
        "with its real addresses once it accepts connections. End it with Ctrl-C (SIGINT) or\n"
        "SIGTERM; a second one ends it at once. The file is complete either way.\n",
    .example =
        "  rollcall record --corpus sessions --name first-call --bot http://127.0.0.1:3978 \\\n"
        "    --webhook-listen 0.0.0.0:9441 --graph-listen 127.0.0.1:9442\n"};

// Neither a path nor a text that a terminal would obey when it is listed.
bool is_file_name(const std::string& name) {
  const auto is_bad = [](char byte) {
    return byte == '/' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
  };
  return !name.empty() && name.front() != '.' && std::ranges::none_of(name, is_bad);
}

std::string name_from_time() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  const std::size_t size = std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc);
  return {text, size};
}

RecorderSettings settings_of(const RecordOptions& options) {
  RecorderSettings settings;
  settings.bot = options.bot;
  settings.graph = options.graph;
  settings.webhook_listen = options.webhook_listen;
  settings.graph_listen = options.graph_listen;
  settings.name = options.name.empty() ? name_from_time() : options.name;
  settings.path = (std::filesystem::path(options.corpus) / settings.name).string();
  settings.path += corpus::kSessionSuffix;
  return settings;
}

// What can be said before anything is opened.
std::optional<int> refuse(const RecordOptions& options, const RecorderSettings& settings) {
  using corpus::Error;
  if (!is_file_name(settings.name)) {
    return fail("record", {Error::invalid, "--name", fmt::format("'{}' is no file name", settings.name)}, bad_usage);
  }
  std::error_code ec;
  std::filesystem::create_directories(options.corpus, ec);
  if (ec) return fail("record", {Error::unreadable, options.corpus, ec.message()}, environment);
  if (std::filesystem::exists(settings.path, ec)) {
    return fail("record", {Error::invalid, settings.path, "is there already; choose another --name"}, bad_usage);
  }
  return std::nullopt;
}

void print_summary(const Recorder& recorder, const std::string& path) {
  const RecorderCount count = recorder.count();
  say("recorded {} exchanges (webhook {}, graph {}; {} failed, {} cut off) in {:.1f} s: {}\n",
      count.webhook + count.graph, count.webhook, count.graph, count.failures, count.cut_off,
      static_cast<double>(recorder.now()) / 1e6, path);
  if (count.refused > 0) say("refused {} requests or connections that were no good\n", count.refused);
}

void warn_of_exposure(const Recorder& recorder) {
  for (const auto& [listener, address] :
       {std::pair("--webhook-listen", recorder.webhook_address()),
        std::pair("--graph-listen", recorder.graph_address()), std::pair("--proxy-listen", recorder.proxy_address())}) {
    if (address.empty()) continue;
    const std::string warning = exposure_of(listener, address);
    if (!warning.empty()) say("rollcall record: {}\n", warning);
  }
}

// The first signal ends the recording in good order, the second one at once.
Task<void> end_by_signal(Signals& signals, Recorder& recorder, asio::io_context& io) {
  co_await signals.async_wait(kAwait);
  signals.async_wait([&io](boost::system::error_code ec, int) {
    if (!ec) io.stop();
  });
  co_await recorder.drain(kGrace);
  io.stop();
}

}  // namespace

int run_record(const RecordOptions& options) {
  RecorderSettings settings = settings_of(options);
  if (const auto status = refuse(options, settings)) return *status;
  const auto tls = set_up_tls(options.tls, options.proxy.listen.has_value());
  if (!tls) return fail("record", tls.error(), bad_usage);
  const auto proxy = proxy_settings(options.proxy, *tls, options.graph);
  if (!proxy) return fail("record", proxy.error(), bad_usage);
  settings.proxy = *proxy;
  settings.tls = tls->listeners;
  settings.bot_trust = tls->bot;
  settings.graph_trust = tls->others;
  asio::io_context io(1);
  std::optional<corpus::Fault> fault;
  const auto on_fault = [&](const corpus::Fault& why) {
    fault = why;
    io.stop();
  };
  auto recorder =
      Recorder::start(io, settings, on_fault, [](const std::string& note) { say("rollcall record: {}\n", note); });
  if (!recorder) return fail("record", recorder.error(), environment);
  Signals signals(io.get_executor(), SIGINT, SIGTERM, SIGHUP);
  asio::co_spawn(io.get_executor(), end_by_signal(signals, **recorder, io), [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  });
  say("{}", how_to_trust(options.tls, *tls));
  warn_of_exposure(**recorder);
  const std::string& forward = (*recorder)->proxy_address();
  print("ready webhook={0}://{1} graph={0}://{2}{3}{4} session={5}\n", scheme_of(*tls), (*recorder)->webhook_address(),
        (*recorder)->graph_address(), forward.empty() ? "" : " proxy=http://", forward, settings.path);
  // If nobody can be told where to call, there is nothing to wait for; main says so.
  if (!flush_results()) io.run();
  if (const auto finished = (*recorder)->finish(); !finished && !fault) fault = finished.error();
  if (fault) return fail("record", *fault, environment);
  print_summary(**recorder, settings.path);
  return done;
}

int record_command(const Arguments& args) {
  RecordOptions options;
  const HostPort anywhere{"127.0.0.1", 0};
  const Url graph = *parse_url("https://graph.microsoft.com");
  po::options_description list;
  list.add_options()("corpus", po::value(&options.corpus)->required()->value_name("DIR"),
                     "folder of the session file; made if it is not there")(
      "name", po::value(&options.name)->value_name("NAME"), "name of the session (default: the time)")(
      "bot", po::value(&options.bot)->required()->value_name("URL"), "the bot's base URL")(
      "graph", po::value(&options.graph)->default_value(graph, to_string(graph))->value_name("URL"),
      "Graph's base URL")(
      "webhook-listen",
      po::value(&options.webhook_listen)->default_value(anywhere, to_string(anywhere))->value_name("HOST:PORT"),
      "where Graph and others call the bot")(
      "graph-listen",
      po::value(&options.graph_listen)->default_value(anywhere, to_string(anywhere))->value_name("HOST:PORT"),
      "where the bot calls Graph");
  add_proxy(list, options.proxy);
  add_tls(list, options.tls);
  if (const auto status = read_options(kRecordHelp, list, {}, args)) return *status;
  return run_record(options);
}

}  // namespace harness
