// A request made of an input's lines, as the seeds of the kind "redaction" hold it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/exchange.h"

namespace fuzz {

/// The input cut in three: a target, lines of headers, a body.
inline corpus::Request request_of_lines(std::string_view text) {
  corpus::Request request;
  request.method = "POST";
  const auto take = [&text](char end) {
    const std::string_view part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return std::string(part);
  };
  request.target = take('\n');
  for (int headers = 0; headers < 8 && !text.empty(); ++headers) {
    std::string name = take(':');
    request.headers.push_back({std::move(name), take('\n')});
  }
  request.body = text;
  return request;
}

/// Whether it stands in the target, the body, or the value of a header.
inline bool holds(const corpus::Request& request, std::string_view secret) {
  const auto in = [secret](std::string_view text) { return text.find(secret) != text.npos; };
  return in(request.target) || in(request.body) ||
         std::ranges::any_of(request.headers, [&](const corpus::Header& header) { return in(header.value); });
}

}  // namespace fuzz
