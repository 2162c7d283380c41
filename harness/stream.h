// One connection, plain or with TLS over it.
#pragma once

#include <boost/system/error_code.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>

#include "harness/net.h"
#include "harness/read_buffer.h"
#include "harness/tls_context.h"

// OpenSSL's own name for SSL.
struct ssl_st;

namespace harness {

/// A socket on which TLS may be begun at any time. Reads and writes go straight to the system, or through OpenSSL to
/// the system, with one buffer and no turn of the event loop in between: Asio's own stream costs several of both.
///
/// Owned by whoever talks on it, and never moved. One read and one write at a time. What it awaits ends with
/// operation_aborted after cancel() or close(). An end that TLS has not announced is stream_truncated, not eof.
class Stream {
 public:
  /// What an operation came to, and how many bytes it has moved.
  using Moved = std::tuple<boost::system::error_code, std::size_t>;

  explicit Stream(boost::asio::io_context& io);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  TcpSocket& socket() { return socket_; }
  /// The settings that every connection of ours has. To be called once it is connected.
  void prepare();

  /// Shakes hands as the server; `ahead` has been read from the socket already.
  Task<boost::system::error_code> accept_tls(TlsContext context, std::string_view ahead);
  /// Shakes hands as the client of `host`, for which the certificate has to be.
  Task<boost::system::error_code> connect_tls(TlsContext context, std::string host);
  /// Goes on without TLS, after a handshake that has failed.
  void leave_tls();
  bool secure() const { return ssl_ != nullptr; }
  /// OpenSSL's words for what is wrong with the other side's certificate; empty if nothing is.
  std::string certificate_fault() const;
  /// Whether a handshake failed because the client speaks HTTP without TLS.
  static bool is_plain_http(boost::system::error_code ec);

  /// Reads what there is, at least one byte unless there is an error.
  Task<Moved> read_some(boost::asio::mutable_buffer buffer);
  /// Writes all of it.
  Task<Moved> write(boost::asio::const_buffer bytes);
  /// Writes what the system takes at once and returns how much that was; all of it, or `ec` says why not: would_block
  /// if the rest has to wait.
  std::size_t write_now(std::string_view bytes, boost::system::error_code& ec);
  /// What a read would find, which is left there: would_block if nothing, no error if bytes, else how it has ended.
  boost::system::error_code peek();

  /// Tells the other side that nothing more will come; it may still be read from.
  void end_sending();
  /// Ends the operations that are under way.
  void cancel();
  void close();

  /// The address that the other side has called, without port; empty if it has gone.
  std::string local_host() const;
  /// The stream of a connection of OpenSSL's.
  static Stream& of(const ssl_st* ssl);

 private:
  friend struct SocketBio;

  void begin_tls(TlsContext context, std::string_view ahead);
  Task<boost::system::error_code> shake_hands();
  Task<Moved> read_secure(boost::asio::mutable_buffer buffer);
  Task<Moved> write_secure(boost::asio::const_buffer bytes);
  std::size_t write_now_secure(std::string_view bytes, boost::system::error_code& ec);
  boost::system::error_code why(int result);
  Task<boost::system::error_code> wait();

  TcpSocket socket_;
  TlsContext context_;  // its certificates are chosen by what its deleter keeps
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  ReadBuffer received_;  // from the socket, for OpenSSL
  bool wants_to_write_ = false;
  boost::system::error_code socket_error_;
  bool at_end_ = false;  // of what comes in through the socket
  bool broken_ = false;  // OpenSSL must not be asked for anything more
};

}  // namespace harness
