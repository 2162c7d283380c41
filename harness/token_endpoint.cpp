#include "harness/token_endpoint.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/params_encoded_view.hpp>
#include <boost/url/parse_query.hpp>
#include <charconv>
#include <chrono>
#include <map>

#include "harness/http_message.h"
#include "harness/live_log.h"
#include "harness/signing_key.h"

namespace harness {
namespace {

namespace json = boost::json;
namespace urls = boost::urls;
using Fields = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
// None of these mean anything, as no such request reached Entra ID.
constexpr std::string_view kTrace = "00000000-0000-0000-0000-000000000000";

std::unexpected<corpus::Fault> refuse(std::string error, int number, std::string_view text) {
  return std::unexpected(corpus::Fault{corpus::Error::invalid, std::move(error),
                                       "AADSTS" + std::to_string(number) + ": " + std::string(text)});
}

// A form's fields; nothing if it is no form.
std::optional<Fields> fields_of(std::string_view body) {
  const auto query = urls::parse_query(body);
  if (!query) return std::nullopt;
  urls::encoding_opts plus;
  plus.space_as_plus = true;
  Fields fields;
  const urls::params_encoded_view params = *query;
  for (const urls::param_pct_view field : params) {
    std::string name;
    std::string value;
    field.key.decode(plus, urls::string_token::assign_to(name));
    field.value.decode(plus, urls::string_token::assign_to(value));
    fields.emplace(std::move(name), std::move(value));
  }
  return fields;
}

std::string_view field(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

corpus::Result<void> check_assertion(const Fields& fields, std::string_view client) {
  if (field(fields, "client_assertion_type") != kAssertionType) {
    return refuse("invalid_request", 900144,
                  "The request body must contain 'client_assertion_type': " + std::string(kAssertionType) + ".");
  }
  const auto text = claims_of(field(fields, "client_assertion"));
  boost::system::error_code ec;
  const json::value claims = text ? json::parse(*text, ec) : json::value();
  if (!text || ec || !claims.is_object()) {
    return refuse("invalid_request", 50027, "JWT token is invalid or malformed: the client assertion.");
  }
  const auto word = [&](const char* name) -> std::string_view {
    const json::value* value = claims.as_object().if_contains(name);
    return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
  };
  if (word("iss") != client || word("sub") != client) {
    return refuse("invalid_client", 700021, "The client assertion's 'iss' and 'sub' are not the client_id.");
  }
  if (word("aud").find("/oauth2/v2.0/token") == std::string_view::npos &&
      word("aud").find("/v2.0") == std::string_view::npos) {
    return refuse("invalid_client", 700023, "The client assertion's 'aud' is not the token endpoint.");
  }
  const json::value* until = claims.as_object().if_contains("exp");
  if (until == nullptr || !until->is_number()) {
    return refuse("invalid_client", 700024, "The client assertion has no 'exp'.");
  }
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  if (until->to_number<double>() < static_cast<double>(now)) {
    return refuse("invalid_client", 700024, "The client assertion is not within its valid time range.");
  }
  return {};
}

}  // namespace

corpus::Result<TokenGrant> check_token_request(const corpus::Request& request, std::string_view only_client) {
  if (request.method != "POST") {
    return refuse("invalid_request", 900561,
                  "The endpoint only accepts POST requests. Received a " + request.method + " request.");
  }
  const auto fields = fields_of(request.body);
  for (const char* name : {"grant_type", "client_id", "scope"}) {
    if (!fields || field(*fields, name).empty()) {
      return refuse("invalid_request", 900144,
                    "The request body must contain the following parameter: '" + std::string(name) + "'.");
    }
  }
  const std::string_view client = field(*fields, "client_id");
  const std::string_view scope = field(*fields, "scope");
  if (field(*fields, "grant_type") != "client_credentials") {
    return refuse("unsupported_grant_type", 70003,
                  "The app requested an unsupported grant type '" + std::string(field(*fields, "grant_type")) +
                      "': a bot has client_credentials.");
  }
  if (!only_client.empty() && client != only_client) {
    return refuse("unauthorized_client", 700016,
                  "Application with identifier '" + std::string(client) + "' was not found: --app-id is " +
                      std::string(only_client) + ".");
  }
  if (!field(*fields, "client_assertion").empty()) {
    if (const auto good = check_assertion(*fields, client); !good) return std::unexpected(good.error());
  } else if (field(*fields, "client_secret").empty()) {
    return refuse("invalid_client", 7000216,
                  "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant "
                  "type.");
  }
  if (!scope.substr(0, scope.find(' ')).ends_with("/.default")) {
    return refuse("invalid_scope", 1002012,
                  "The provided value for scope " + std::string(scope) +
                      " is not valid. Client credential flows must have a scope value with "
                      "/.default suffixed to the resource identifier.");
  }
  return TokenGrant{std::string(client), std::string(scope)};
}

corpus::Response token_refusal(const corpus::Fault& fault) {
  std::int64_t number = 0;
  constexpr std::string_view kPrefix = "AADSTS";
  if (fault.what.starts_with(kPrefix)) {
    std::from_chars(fault.what.data() + kPrefix.size(), fault.what.data() + fault.what.size(), number);
  }
  std::string when = utc_now();
  std::ranges::replace(when, 'T', ' ');
  when = when.substr(0, 19) + "Z";
  const json::value body{{"error", fault.where},
                         {"error_description", fault.what + " Trace ID: " + std::string(kTrace) +
                                                   " Correlation ID: " + std::string(kTrace) + " Timestamp: " + when},
                         {"error_codes", {number}},
                         {"timestamp", when},
                         {"trace_id", json::string_view(kTrace)},
                         {"correlation_id", json::string_view(kTrace)},
                         {"error_uri", "https://login.microsoftonline.com/error?code=" + std::to_string(number)}};
  return {.status = fault.where == "invalid_client" ? 401 : 400,
          .headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store, no-cache"}},
          .body = json::serialize(body),
          .extra = ""};
}

}  // namespace harness
