// The few words of Asio that the harness speaks, with their executor spelt out.
//
// Asio's own aliases carry a type-erased executor, which costs an allocation and virtual calls in every operation. One
// thread and one io_context are all that a run has, so the io_context's own executor is named instead.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace harness {

using Clock = std::chrono::steady_clock;
using Executor = boost::asio::io_context::executor_type;

/// What every coroutine of the harness returns.
template <typename T>
using Task = boost::asio::awaitable<T, Executor>;

using Tcp = boost::asio::ip::tcp;
using TcpSocket = boost::asio::basic_stream_socket<Tcp, Executor>;
using TcpAcceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

/// How operations are awaited: errors come as the first value and are looked at on the next line, never thrown.
///
/// `co_await` stands in a statement of its own, never in the condition of a loop nor under `&&`, `||` or `?:`: g++ 12
/// destroys the temporaries of those twice or too early.
inline constexpr auto kAwait = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>{});

/// Hands to the system what it takes at once, and returns how much that was; all of it, or `ec` says why not:
/// would_block if the rest has to wait. An asynchronous write costs a turn of the event loop even if nothing has to
/// wait.
inline std::size_t write_now(TcpSocket& socket, std::string_view bytes, boost::system::error_code& ec) {
  std::size_t sent = 0;
  while (sent < bytes.size() && !ec) {
    sent += socket.write_some(boost::asio::buffer(bytes.data() + sent, bytes.size() - sent), ec);
  }
  return sent;
}

/// Memory of one message that is kept for the next one. Notifications and answers fit many times; a recording that is
/// fetched once in a while does not, and must not be paid for until the end.
inline constexpr std::size_t kKeptMemory = 256 * 1024;

/// How large messages may be and how long things may take. Time-outs are noticed by a sweep (sweep.h), so they fire
/// up to a quarter of a second late.
struct HttpLimits {
  /// Start line and fields, together. ASP.NET Core's server takes 32 KiB: what a bot would take gets to it.
  std::size_t header = 64 * 1024;
  /// The content of one message, which is held in memory. ASP.NET Core's server takes 30 MB.
  std::size_t body = 64 * 1024 * 1024;
  /// The whole header of a request from its first byte, and each further read of a body.
  std::chrono::milliseconds read{30'000};
  /// Each message written.
  std::chrono::milliseconds write{30'000};
  /// Finding the host, connecting and the TLS handshake, together.
  std::chrono::milliseconds connect{10'000};
  /// From the request written to the first byte of its answer. .NET's HttpClient gives up after 100 s: the caller gives
  /// up first, so that what it does then is what it would do without us.
  std::chrono::milliseconds answer{120'000};
  /// A caller's connection between two requests. Longer than the two minutes for which callers usually keep one.
  std::chrono::milliseconds idle{180'000};
  /// Our connection to an upstream between two requests; an upstream's `Keep-Alive: timeout` shortens it.
  std::chrono::milliseconds pooled{60'000};
  /// A tunnel through which nothing passes. Longer than the pings of any WebSocket are apart.
  std::chrono::milliseconds tunnel{600'000};
};

}  // namespace harness
