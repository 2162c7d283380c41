// What an HttpServer is made of. For the sources of http_server.h alone.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "harness/address.h"
#include "harness/http_parser.h"
#include "harness/http_server.h"
#include "harness/read_buffer.h"
#include "harness/stream.h"
#include "harness/sweep.h"

namespace harness {

// One caller's connection. Its coroutine owns it; the sweep ends what takes too long.
struct HttpServer::Connection final : Sweep::Visited {
  explicit Connection(boost::asio::io_context& io) : sweeper(Sweep::of(io)), stream(io) { sweeper.add(*this); }

  void sweep(Clock::time_point now) override {
    if (now >= deadline) {
      overdue = true;
      cut();
    }
    if (call.caller_left_ && caller_has_left()) std::exchange(call.caller_left_, nullptr)();
  }

  // Ends the operation that is under way; one that has ended already ends well.
  void cut() { stream.cancel(); }

  bool caller_has_left() {
    const boost::system::error_code ec = stream.peek();
    return ec && ec != boost::asio::error::would_block;
  }

  std::string caller() {
    boost::system::error_code ec;
    const auto remote = stream.socket().remote_endpoint(ec);
    return ec ? "a caller" : to_string(HostPort{remote.address().to_string(), remote.port()});
  }

  void expect_within(std::chrono::milliseconds limit) {
    overdue = false;
    deadline = sweeper.after(limit);
  }
  void expect_nothing() { deadline = Clock::time_point::max(); }

  Sweep& sweeper;
  Stream stream;
  RequestParser parser;
  ReadBuffer buffer;
  Call call;
  Clock::time_point deadline = Clock::time_point::max();
  bool overdue = false;
  bool busy = false;  // a request is under way: not to be closed by drain()
  bool handed_over = false;
  boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> hook;
};

struct HttpServer::State {
  State(boost::asio::io_context& context, const HttpLimits& sizes, CallHandler answerer)
      : io(context), limits(sizes), handler(std::move(answerer)), acceptor(context), drained(context) {}

  // In http_server.cpp:
  Task<bool> read_request(Connection& connection);
  Task<bool> read_more(Connection& connection);
  Task<bool> shake_hands(Connection& connection, TlsContext context);
  void stop_accepting();
  // In http_server_answers.cpp:
  Task<bool> write(Connection& connection, std::string_view bytes, std::size_t sent = 0);
  Task<bool> answer(Connection& connection);
  Task<bool> write_in_steps(Connection& connection);
  Task<void> refuse(Connection& connection, const corpus::Response& response);
  Task<void> send_refusal(Connection& connection, std::string wire, std::string why);
  void note(Connection& connection, std::string_view what);

  using Hook = boost::intrusive::member_hook<
      Connection, boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>,
      &Connection::hook>;

  boost::asio::io_context& io;
  HttpLimits limits;
  CallHandler handler;
  TlsContext tls;  // null: callers speak plain HTTP
  std::function<void(const std::string&)> on_note;
  std::size_t notes = 0;
  bool takes_connect = false;
  TcpAcceptor acceptor;
  Timer drained;
  bool draining = false;
  bool closed = false;
  std::size_t refused = 0;
  boost::intrusive::list<Connection, Hook, boost::intrusive::constant_time_size<false>> connections;
};

}  // namespace harness
