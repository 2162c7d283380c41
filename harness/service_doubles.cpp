#include "harness/service_doubles.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "harness/http_message.h"
#include "harness/live_log.h"
#include "harness/proxy.h"

namespace harness {
namespace {

// Entra's errors are those of OAuth (RFC 6749, 5.2) with members of its own.
corpus::Response no_login(const corpus::Request&) {
  const boost::json::value body = {
      {"error", "invalid_request"},
      {"error_description", "Rollcall, which stands in for this service, does not know this path."},
      {"error_codes", {404}},
      {"timestamp", utc_now()}};
  return {.status = 404,
          .headers = {{"Content-Type", "application/json; charset=utf-8"}},
          .body = boost::json::serialize(body),
          .extra = ""};
}

corpus::Response no_keys(const corpus::Request&) {
  return error_response(404, "NotFound", "Rollcall, which stands in for this service, does not know this path.");
}

}  // namespace

ServiceDoubles absent_services() {
  return {{kLoginHost, no_login}, {kCallingKeysHost, no_keys}};
}

}  // namespace harness
