// HTTP/1 messages from bytes. The only place that knows Beast, which is kept inside the source file.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "corpus/exchange.h"

namespace harness {

/// Why a message cannot be taken.
enum class ParseFault {
  none,
  malformed,         ///< not HTTP/1, or framing that two readers could understand in two ways
  header_too_large,  ///< start line and fields, a chunk's line, or trailers
  body_too_large,
  unknown_coding,  ///< a transfer coding other than chunked
};

/// Fills a corpus::Request or corpus::Response with what comes in pieces: fields in order and spelling of the wire,
/// content without its transfer coding.
///
/// Built on Beast's basic_parser, the documented way to parse into one's own types. Stricter than that: a message with
/// both Content-Length and Transfer-Encoding, with two lengths, or (requests) without exactly one Host is malformed,
/// for these are what request smuggling is made of. Trailers are checked and dropped (RFC 9110, 6.5.1 allows it).
template <typename Message>
class MessageParser {
 public:
  MessageParser();
  ~MessageParser();
  MessageParser(MessageParser&&) noexcept;
  MessageParser& operator=(MessageParser&&) noexcept;

  /// Begins the next message. What `message` held is overwritten in place, so that its memory is used again; it must
  /// outlive the parsing. `bodiless`: the answer to a HEAD request, which ends with its header whatever that says.
  void start(Message& message, std::size_t header_limit, std::size_t body_limit, bool bodiless = false);
  /// Takes what it can of `bytes` and returns how many those were; the rest has to come again with more behind it.
  std::size_t feed(std::string_view bytes);
  /// The connection has ended. True if that makes the message whole (an answer delimited by close).
  bool feed_end();

  ParseFault fault() const;
  bool header_done() const;
  bool done() const;
  /// After the header: whether the connection can carry another message after this one.
  bool keep_alive() const;
  bool http_1_0() const;
  /// After the header: the sender waits for a 100 before it sends the body (requests only).
  bool expects_continue() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

using RequestParser = MessageParser<corpus::Request>;
using ResponseParser = MessageParser<corpus::Response>;

}  // namespace harness
