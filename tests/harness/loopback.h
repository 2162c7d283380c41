// Both ends of a connection, byte by byte, and a loop to run them in.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "harness/address.h"
#include "harness/net.h"

namespace harness {

/// One end of a connection that says exactly what a test writes and shows exactly what came.
class Raw {
 public:
  explicit Raw(boost::asio::io_context& io) : socket(io) {}

  Task<void> connect(std::string address);
  /// False if the other side does not take it all.
  Task<bool> send(std::string_view bytes);
  /// What came, up to and including `marker`; what came before the end of the stream if there is none.
  Task<std::string> receive_through(std::string_view marker);
  /// Exactly that many bytes, fewer only at the end of the stream.
  Task<std::string> receive_bytes(std::size_t count);
  /// Everything up to the end of the stream; a reset counts as one.
  Task<std::string> receive_all();
  /// A request with its body, for those with a Content-Length or without one.
  Task<std::string> receive_request();
  /// Ends the connection by a reset instead of the usual farewell.
  void reset();

  TcpSocket socket;

 private:
  Task<bool> receive_some();

  std::string received_;
};

/// A listener of which each connection is played by the test.
class RawListener {
 public:
  explicit RawListener(boost::asio::io_context& io);
  Task<std::unique_ptr<Raw>> accept();
  /// "127.0.0.1:41233"
  std::string address() const;
  Url url() const { return *parse_url("http://" + address()); }
  void close() { acceptor_.close(); }

 private:
  boost::asio::io_context& io_;
  TcpAcceptor acceptor_;
};

/// Runs a test's coroutines. A test that hangs fails after half a minute instead.
class Loop {
 public:
  boost::asio::io_context io{1};

  /// Runs `script`, a function that returns a Task, to its end, and everything else as long as that takes.
  template <typename Script>
  auto run(Script script) {
    using Value = typename decltype(script())::value_type;
    bool done = false;
    if constexpr (std::is_void_v<Value>) {
      boost::asio::co_spawn(io.get_executor(), script(), [&](const std::exception_ptr& error) {
        done = true;
        finish(error);
      });
      run_until(done);
    } else {
      std::optional<Value> result;
      boost::asio::co_spawn(io.get_executor(), script(), [&](const std::exception_ptr& error, Value value) {
        result = std::move(value);
        done = true;
        finish(error);
      });
      run_until(done);
      return std::move(*result);
    }
  }

  /// Runs `script` beside the one that run() is given.
  void beside(std::function<Task<void>()> script);

 private:
  void finish(const std::exception_ptr& error) {
    io.stop();
    if (error) std::rethrow_exception(error);
  }
  void run_until(const bool& done);

  std::list<std::function<Task<void>()>> scripts_;
};

/// A request to any host.
corpus::Request request(std::string method, std::string target, std::string body = "");
/// The same with a field more.
corpus::Request with(corpus::Request request, std::string name, std::string value);
/// A response with fields.
corpus::Response response(int status, corpus::Headers headers, std::string body = "");

/// Limits that are reached within a test.
HttpLimits short_limits();

}  // namespace harness
