// The sample bot as a program: see tests/bots/README.md.

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <iostream>

#include "harness/address.h"
#include "tests/bots/changes.h"
#include "tests/bots/sample_bot.h"

namespace {

namespace options = boost::program_options;

options::options_description described() {
  options::options_description all("sample_bot --graph URL [options]");
  auto add = all.add_options();
  add("help", "shows this");
  add("listen", options::value<std::string>()->default_value("127.0.0.1:0"), "HOST:PORT to listen on");
  add("graph", options::value<std::string>()->required(), "URL, or @FILE that holds it, in the place of Graph's");
  add("public", options::value<std::string>()->default_value(""), "URL, or @FILE, by which Graph reaches the bot");
  add("no-mute", "does not mute people as they join");
  add("drop", options::value<std::string>(), "fault: never sends that (create, answer, invite, mute, hang-up)");
  add("double", options::value<std::string>(), "fault: sends that twice");
  add("body", options::value<std::string>(), "fault: sends that with another body");
  add("slow", options::value<int>(), "fault: milliseconds before each answer and each request");
  add("unavailable", options::value<int>(), "fault: answers the Nth notification with 503");
  add("noise", options::value<std::uint64_t>(), "seed: varies wording, ids, times and order without meaning anything");
  add("change", options::value<std::string>()->default_value(""), "behaves differently in one way: see README.md");
  add("flaw", options::value<std::string>(), "handles what is unusual wrongly: see README.md");
  add("flaws", "lists the flaws: name, kinds of finding, what the bot does");
  add("app-id", options::value<std::string>()->default_value(""), "checks the tokens of notifications for that bot");
  add("die", options::value<int>(), "fault: dies when the Nth notification comes");
  return all;
}

std::optional<bots::Purpose> purpose(const options::variables_map& given, const char* name) {
  if (!given.contains(name)) return std::nullopt;
  const auto word = given[name].as<std::string>();
  const auto result = bots::purpose_from(word);
  if (!result) throw options::error("--" + std::string(name) + ": the bot sends nothing called '" + word + "'");
  return result;
}

int number(const options::variables_map& given, const char* name) {
  return given.contains(name) ? given[name].as<int>() : 0;
}

bots::BotOptions configured(const options::variables_map& given) {
  const auto listen = harness::parse_host_port(given["listen"].as<std::string>());
  if (!listen) throw options::error("--listen: " + to_string(listen.error()));
  bots::BotOptions result;
  result.host = listen->host;
  result.port = listen->port;
  result.graph = given["graph"].as<std::string>();
  result.public_url = given["public"].as<std::string>();
  result.app_id = given["app-id"].as<std::string>();
  result.mute_on_join = !given.contains("no-mute");
  result.faults = {.drop = purpose(given, "drop"),
                   .repeat = purpose(given, "double"),
                   .alter = purpose(given, "body"),
                   .slow = std::chrono::milliseconds(number(given, "slow")),
                   .unavailable = number(given, "unavailable"),
                   .die = number(given, "die")};
  if (given.contains("noise")) result.noise = given["noise"].as<std::uint64_t>();
  result.change = given["change"].as<std::string>();
  const auto changes = bots::change_names();
  if (!result.change.empty() && std::ranges::find(changes, result.change) == changes.end()) {
    throw options::error("--change: there is none called '" + result.change + "'");
  }
  if (given.contains("flaw")) {
    const auto flaw = bots::flaw_from(given["flaw"].as<std::string>());
    if (!flaw) throw options::error("--flaw: there is none called '" + given["flaw"].as<std::string>() + "'");
    result.flaw = *flaw;
  }
  result.tell = [](std::string_view what) { std::cerr << "sample_bot: " << what << std::endl; };
  result.died = [] { std::_Exit(1); };  // as a crash would: nothing is finished, nothing is said
  return result;
}

int run(const options::variables_map& given) {
  boost::asio::io_context io;
  bots::SampleBot bot(io, configured(given));
  const auto address = bot.listen();
  if (!address) {
    std::cerr << "sample_bot: " << to_string(address.error()) << std::endl;
    return 3;
  }
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](auto, auto) { io.stop(); });
  std::cout << "ready " << *address << std::endl;
  io.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    options::variables_map given;
    options::store(options::parse_command_line(argc, argv, described()), given);
    if (given.contains("help")) {
      std::cout << described();
      return 0;
    }
    if (given.contains("flaws")) {
      for (const auto& flaw : bots::flaws()) {
        std::cout << flaw.name << '\t' << flaw.shows << '\t' << flaw.about << '\n';
      }
      return 0;
    }
    options::notify(given);
    return run(given);
  } catch (const std::exception& error) {
    std::cerr << "sample_bot: " << error.what() << std::endl;
    return 2;
  }
}
