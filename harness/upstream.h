// One connection to an upstream, plain or TLS.
#pragma once

#include <boost/asio/ip/basic_resolver.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "harness/address.h"
#include "harness/failure.h"
#include "harness/read_buffer.h"
#include "harness/stream.h"
#include "harness/sweep.h"

namespace harness {

/// A socket with a deadline, and TLS over it if the URL says so. It turns error codes into the words of a failure.
///
/// Owned by the exchange that uses it, and by the pool of an HttpClient in between. One operation at a time.
class Upstream : public Sweep::Visited {
 public:
  /// `tls` may be null if it will never go to an https URL.
  Upstream(boost::asio::io_context& io, TlsContext tls);

  /// Finds the host, connects and shakes hands. True, or why() tells.
  Task<bool> connect(const Url& url, std::chrono::milliseconds limit);
  /// Sends what the system takes at once and returns how much that is: mostly all, without a turn of the event loop.
  std::size_t write_at_once(std::string_view bytes);
  /// Sends all of `bytes` behind the first `sent`, which grows with what the system takes.
  Task<bool> write(std::string_view bytes, std::chrono::milliseconds limit, std::size_t& sent);
  /// Reads what there is into buffer(). False at the end of the stream (why() is "closed") and on failure.
  Task<bool> read(std::chrono::milliseconds limit);

  /// Ends the running operation, and every later one, with this failure. Nothing if there is a failure already.
  void abort(std::string_view failure);
  /// Breaks the connection, so that the other side gets a reset; why() is "reset" then.
  void reset();
  /// Tells the other side that nothing more will be sent.
  void end_sending();
  /// Forgets a failure to write, so that what the other side said before it left can still be read.
  void forgive() { why_ = {}; }
  /// Whether anything has come since the connection was made or taken from the pool.
  bool has_received() const { return has_received_; }
  /// Whether the other side has left, or has sent what nobody asked for, while the connection lay in the pool.
  bool is_stale();

  std::string_view why() const { return why_; }
  /// The system's or OpenSSL's own words for a failure, for a person.
  const std::string& detail() const { return detail_; }
  ReadBuffer& buffer() { return buffer_; }
  /// The connection itself, for a conversation that is not HTTP; its operations have no deadline.
  Stream& stream() { return stream_; }
  /// While pooled: when to give the connection up.
  Clock::time_point pooled_until{};

 private:
  void sweep(Clock::time_point now) override;
  bool failed(boost::system::error_code ec, std::string_view usual);
  Task<bool> shake_hands(const Url& url);

  boost::asio::io_context& io_;
  Sweep& sweep_;
  TlsContext context_;
  Stream stream_;
  std::optional<boost::asio::ip::basic_resolver<Tcp, Executor>> resolver_;
  ReadBuffer buffer_;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool has_received_ = false;
  std::string_view why_;
  std::string detail_;
};

}  // namespace harness
