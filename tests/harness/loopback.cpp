#include "loopback.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

namespace harness {

namespace asio = boost::asio;

Task<void> Raw::connect(std::string address) {
  const HostPort at = *parse_host_port(address);
  const Tcp::endpoint endpoint(asio::ip::make_address(at.host), at.port);
  auto [ec] = co_await socket.async_connect(endpoint, kAwait);
  EXPECT_FALSE(ec) << ec.message();
}

Task<bool> Raw::send(std::string_view bytes) {
  auto [ec, count] = co_await asio::async_write(socket, asio::buffer(bytes.data(), bytes.size()), kAwait);
  co_return !ec;
}

Task<bool> Raw::receive_some() {
  char bytes[65536];
  auto [ec, count] = co_await socket.async_read_some(asio::buffer(bytes), kAwait);
  received_.append(bytes, count);
  co_return !ec;
}

Task<std::string> Raw::receive_through(std::string_view marker) {
  std::size_t at = 0;
  while ((at = received_.find(marker)) == std::string::npos) {
    if (!co_await receive_some()) co_return std::exchange(received_, {});
  }
  const std::string through = received_.substr(0, at + marker.size());
  received_.erase(0, through.size());
  co_return through;
}

Task<std::string> Raw::receive_bytes(std::size_t count) {
  while (received_.size() < count) {
    if (!co_await receive_some()) break;
  }
  const std::string bytes = received_.substr(0, count);
  received_.erase(0, bytes.size());
  co_return bytes;
}

Task<std::string> Raw::receive_all() {
  for (;;) {
    const bool more = co_await receive_some();
    if (!more) break;
  }
  co_return std::exchange(received_, {});
}

Task<std::string> Raw::receive_request() {
  std::string request = co_await receive_through("\r\n\r\n");
  const auto at = request.find("Content-Length: ");
  if (at != std::string::npos) request += co_await receive_bytes(std::stoul(request.substr(at + 16)));
  co_return request;
}

void Raw::reset() {
  socket.set_option(asio::socket_base::linger(true, 0));
  socket.close();
}

RawListener::RawListener(asio::io_context& io)
    : io_(io), acceptor_(io, Tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {}

Task<std::unique_ptr<Raw>> RawListener::accept() {
  auto raw = std::make_unique<Raw>(io_);
  auto [ec] = co_await acceptor_.async_accept(raw->socket, kAwait);
  EXPECT_FALSE(ec) << ec.message();
  co_return raw;
}

std::string RawListener::address() const {
  return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

void Loop::beside(std::function<Task<void>()> script) {
  scripts_.push_back(std::move(script));
  asio::co_spawn(io.get_executor(), scripts_.back()(), [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  });
}

void Loop::run_until(const bool& done) {
  io.restart();
  io.run_for(std::chrono::seconds(30));
  if (!done) throw std::runtime_error("the test hangs");
}

corpus::Request request(std::string method, std::string target, std::string body) {
  corpus::Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.headers.push_back({"Host", "any"});
  request.body = std::move(body);
  return request;
}

corpus::Request with(corpus::Request request, std::string name, std::string value) {
  request.headers.push_back({std::move(name), std::move(value)});
  return request;
}

corpus::Response response(int status, corpus::Headers headers, std::string body) {
  corpus::Response response;
  response.status = status;
  response.headers = std::move(headers);
  response.body = std::move(body);
  return response;
}

HttpLimits short_limits() {
  HttpLimits limits;
  limits.header = 4096;
  limits.body = 64 * 1024;
  limits.read = limits.write = limits.connect = limits.answer = std::chrono::milliseconds(50);
  return limits;
}

}  // namespace harness
