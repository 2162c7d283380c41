#include "corpus/seeds.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/json_scan.h"

namespace corpus {
namespace {

/// libFuzzer's own limit (kMaxSize of its Word): longer entries are dropped without a word.
constexpr std::size_t kLongestWord = 64;

/// Collects seeds, each once.
class Collector {
 public:
  void add(std::string_view target, std::string_view bytes) {
    if (bytes.empty() || !seen_.emplace(target, bytes).second) return;
    seeds_.push_back({target, std::string(bytes)});
  }

  std::vector<Seed> take() { return std::move(seeds_); }

 private:
  std::set<std::pair<std::string_view, std::string>> seen_;
  std::vector<Seed> seeds_;
};

/// As the redaction target cuts its input: the target, the headers, a line each, and the body.
std::string lines_of(const Request& request) {
  std::string lines = request.target + "\n";
  std::size_t headers = 0;
  for (const Header& header : request.headers) {
    if (++headers > 8) break;  // the target takes no more
    lines += header.name + ":" + header.value + "\n";
  }
  return lines + request.body;
}

/// What frames a body on the wire is not what was recorded: a body is kept after its chunks have been joined.
bool frames_body(const Header& header) {
  std::string name = header.name;
  std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return name == "content-length" || name == "transfer-encoding";
}

std::string wire_of(const std::string& first_line, const Headers& headers, const std::string& body) {
  std::string wire = first_line + "\r\n";
  for (const Header& header : headers) {
    if (!frames_body(header)) wire += header.name + ": " + header.value + "\r\n";
  }
  return wire + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void add_wire(const Exchange& exchange, Collector& collector) {
  const Request& request = exchange.request;
  collector.add(kHttpMessageSeeds,
                wire_of(request.method + " " + request.target + " HTTP/1.1", request.headers, request.body));
  if (const Response* response = exchange.response()) {
    // Beast, and every reader that keeps to RFC 9112, wants the space behind the status even without a reason.
    collector.add(kHttpMessageSeeds,
                  wire_of("HTTP/1.1 " + std::to_string(response->status) + " ", response->headers, response->body));
  }
}

/// A pair for each id of the body: itself, and itself backwards in the place of an id that a replay made.
std::string pairs_of(const std::string& body) {
  std::string pairs;
  std::set<std::string> seen;
  for (const Span& span : find_guids(body)) {
    const std::string id = canonical_id(span.of(body));
    if (seen.insert(id).second) pairs += id + " " + std::string(id.rbegin(), id.rend()) + "\n";
  }
  return pairs;
}

void add_graph_leg(const Exchange& exchange, Collector& collector) {
  const GraphPath path = parse_graph_path(exchange.request.target);
  if (!path.calls) return;
  if (path.last() == "invite") collector.add(kInviteSeeds, exchange.request.body);
  if (const Response* response = exchange.response()) collector.add(kOperationSeeds, response->body);
}

/// The word as an entry: printable bytes as they are, the rest, quotes and backslashes as \xHH.
std::string entry_of(std::string_view word) {
  std::string entry = "\"";
  for (const char letter : word) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= 0x20 && byte < 0x7f && letter != '"' && letter != '\\') {
      entry += letter;
    } else {
      entry.append("\\x");
      append_hex(entry, byte);
    }
  }
  return entry + "\"";
}

}  // namespace

std::vector<Seed> seeds_of(const Session& session) {
  Collector collector;
  for (const Exchange& exchange : session.exchanges) {
    if (exchange.leg == Leg::webhook) {
      collector.add(kNotificationSeeds, exchange.request.body);
    } else {
      add_graph_leg(exchange, collector);
    }
    collector.add(kRedactionSeeds, lines_of(exchange.request));
    add_wire(exchange, collector);
    const std::string& body = exchange.request.body;
    if (const std::string pairs = pairs_of(body); !pairs.empty()) {
      collector.add(kCorrelationSeeds, pairs + "\n" + body);
    }
  }
  return collector.take();
}

std::string seed_name(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  EVP_Q_digest(nullptr, "SHA1", nullptr, bytes.data(), bytes.size(), digest.data(), &size);
  std::string name;
  for (std::size_t at = 0; at < size; ++at) {
    append_hex(name, digest[at]);
  }
  return name;
}

void add_dictionary_words(std::string_view body, std::set<std::string>& entries) {
  JsonScanner scanner(body);
  for (JsonToken token; scanner.next(token);) {
    if ((token.kind != JsonToken::Kind::key && token.kind != JsonToken::Kind::string) || !token.closed) continue;
    const std::string_view text = scanner.bytes_of(token);
    if (text.empty() || text.size() + 2 > kLongestWord || !find_guids(text).empty()) continue;
    entries.insert(entry_of(body.substr(token.begin - 1, text.size() + 2)));
  }
}

}  // namespace corpus
