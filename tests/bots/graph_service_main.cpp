// The Graph to record from, as a program: see tests/bots/README.md.

#include <boost/asio/signal_set.hpp>
#include <boost/program_options.hpp>
#include <iostream>

#include <fmt/format.h>

#include "harness/address.h"
#include "tests/bots/graph_service.h"
#include "tests/bots/setting.h"

namespace {

namespace options = boost::program_options;

options::options_description described() {
  options::options_description all("graph_service --scenario NAME --webhook URL [options]");
  auto add = all.add_options();
  add("help", "shows this, and all scenarios");
  add("list", "prints the names of all scenarios");
  add("listen", options::value<std::string>()->default_value("127.0.0.1:0"), "HOST:PORT to listen on");
  add("scenario", options::value<std::string>()->required(), "the scenario to play");
  add("webhook", options::value<std::string>()->required(), "the bot's base URL, or @FILE that will hold it");
  add("token", options::value<std::string>()->default_value(""),
      "bearer token of each notification, or @FILE that holds it; without, one that is none");
  return all;
}

void list(bool with_what) {
  for (const auto& scenario : bots::scenarios()) {
    std::cout << (with_what ? fmt::format("  {:<32} {}\n", scenario.name, scenario.what)
                            : fmt::format("{}\n", scenario.name));
  }
}

int fail(int status, std::string_view why) {
  std::cerr << "graph_service: " << why << std::endl;
  return status;
}

int run(const options::variables_map& given) {
  const auto* scenario = bots::find_scenario(given["scenario"].as<std::string>());
  if (!scenario) return fail(2, "--scenario: there is none of that name; --list prints them");
  const auto listen = harness::parse_host_port(given["listen"].as<std::string>());
  if (!listen) return fail(2, "--listen: " + to_string(listen.error()));

  boost::asio::io_context io;
  bots::GraphService service(io);
  const auto address = service.listen(listen->host, listen->port);
  if (!address) return fail(3, to_string(address.error()));
  std::cout << "ready " << *address << std::endl;

  const auto webhook = bots::read_setting(given["webhook"].as<std::string>());
  if (!webhook) return fail(3, "--webhook: " + to_string(webhook.error()));
  const auto token = bots::read_setting(given["token"].as<std::string>());
  if (!token) return fail(3, "--token: " + to_string(token.error()));
  int status = 0;
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code ec, int) {
    if (!ec) status = fail(3, "stopped before the scenario had ended");
    io.stop();
  });
  service.play(
      *scenario, *webhook,
      [&](const std::string& wrong) {
        if (!wrong.empty()) status = fail(1, wrong);
        io.stop();
      },
      *token);
  io.run();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    options::variables_map given;
    options::store(options::parse_command_line(argc, argv, described()), given);
    if (given.contains("list")) return list(false), 0;
    if (given.contains("help")) {
      std::cout << described() << "\nScenarios:\n";
      return list(true), 0;
    }
    options::notify(given);
    return run(given);
  } catch (const std::exception& error) {
    return fail(2, error.what());
  }
}
