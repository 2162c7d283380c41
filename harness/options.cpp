#include "harness/options.h"

#include <fmt/format.h>

#include <boost/program_options/errors.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/variables_map.hpp>
#include <cstdio>
#include <sstream>
#include <typeinfo>

#include "corpus/describe.h"
#include "harness/duration.h"
#include "harness/print.h"

namespace harness {
namespace {

namespace po = boost::program_options;

// A value of ours that is not what it should be; the option's name is filled in by the library.
struct BadValue : po::error_with_option_name {
  explicit BadValue(const corpus::Fault& fault)
      : error_with_option_name("%canonical_option%: " + corpus::to_string(fault)) {}
};

template <typename T>
void take(boost::any& value, corpus::Result<T> parsed) {
  if (!parsed) throw BadValue(parsed.error());
  value = std::move(*parsed);
}

// The library takes "-1" for the largest number there is.
void refuse_negative(const po::parsed_options& parsed, const po::options_description& options) {
  for (const po::option& option : parsed.options) {
    const po::option_description* described = options.find_nothrow(option.string_key, false);
    if (described == nullptr || option.value.empty() || !option.value.front().starts_with('-')) continue;
    const auto* typed = dynamic_cast<const po::typed_value_base*>(described->semantic().get());
    if (typed == nullptr) continue;
    const std::type_info& type = typed->value_type();
    if (type == typeid(unsigned) || type == typeid(unsigned long) || type == typeid(unsigned long long)) {
      throw po::error(fmt::format("--{} {}: must not be negative", option.string_key, option.value.front()));
    }
  }
}

void print_help(const CommandHelp& help, const po::options_description& options) {
  std::ostringstream list;
  list << options;
  print("usage: rollcall {} {}\n\n{}\nOptions:\n{}\nExample:\n{}", help.name, help.synopsis, help.about, list.str(),
        help.example);
}

int complain(const CommandHelp& help, std::string_view what) {
  say("rollcall {}: {} (see rollcall {} --help)\n", help.name, corpus::printable(what), help.name);
  return bad_usage;
}

}  // namespace

std::optional<int> read_options(const CommandHelp& help, po::options_description options,
                                const po::positional_options_description& positional, const Arguments& args) {
  options.add_options()("help,h", "show this");
  try {
    // No guessing: an abbreviated option would change its meaning when a new one is added.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::variables_map values;
    const po::parsed_options parsed =
        po::command_line_parser(args).options(options).positional(positional).style(style).run();
    refuse_negative(parsed, options);
    po::store(parsed, values);
    if (values.contains("help")) {
      print_help(help, options);
      return done;
    }
    po::notify(values);
  } catch (const po::too_many_positional_options_error&) {
    return complain(help, fmt::format("too many arguments"));
  } catch (const po::error& error) {
    return complain(help, error.what());
  }
  return std::nullopt;
}

ExitStatus fail(std::string_view name, const corpus::Fault& fault, ExitStatus status) {
  // What a bot said last is lines of its own, set in: so nothing in them, or in a name, looks like a line of ours.
  constexpr std::string_view kSetIn = "\n  ";
  const std::string text = corpus::to_string(fault);
  std::string shown;
  std::size_t done = 0;
  for (std::size_t end = text.find(kSetIn); end != std::string::npos; end = text.find(kSetIn, done)) {
    shown.append(corpus::printable(std::string_view(text).substr(done, end - done))).append(kSetIn);
    done = end + kSetIn.size();
  }
  say("rollcall {}: {}\n", name, shown + corpus::printable(std::string_view(text).substr(done)));
  return status;
}

void validate(boost::any& value, const std::vector<std::string>& texts, Url*, int) {
  po::validators::check_first_occurrence(value);
  take(value, parse_url(po::validators::get_single_string(texts)));
}

void validate(boost::any& value, const std::vector<std::string>& texts, HostPort*, int) {
  po::validators::check_first_occurrence(value);
  take(value, parse_host_port(po::validators::get_single_string(texts)));
}

void validate(boost::any& value, const std::vector<std::string>& texts, Duration*, int) {
  po::validators::check_first_occurrence(value);
  auto time = parse_duration(po::validators::get_single_string(texts));
  if (!time) throw BadValue(time.error());
  value = Duration{*time};
}

}  // namespace harness
