#include "harness/tape.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "harness/live_log.h"

namespace harness {

Tape::Tape(boost::asio::io_context& io, corpus::SessionWriter writer,
           std::function<void(const corpus::Fault&)> on_fault)
    : io_(io), writer_(std::move(writer)), redactor_(random_key()), on_fault_(std::move(on_fault)) {
  Sweep::of(io).add(*this);
}

corpus::Result<std::unique_ptr<Tape>> Tape::create(boost::asio::io_context& io, const std::string& path,
                                                   const corpus::SessionInfo& info,
                                                   std::function<void(const corpus::Fault&)> on_fault) {
  auto writer = corpus::SessionWriter::create(path, info);
  if (!writer) return std::unexpected(std::move(writer.error()));
  return std::make_unique<Tape>(io, std::move(*writer), std::move(on_fault));
}

corpus::Micros Tape::now() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - anchor_).count();
}

void Tape::begin(corpus::Exchange& exchange) {
  exchange.number = ++last_number_;
  exchange.sent = now();
}

void Tape::request(corpus::Exchange& exchange) {
  if (ended_) return;
  redactor_.redact(exchange.request);
  writer_.request(exchange);
  pending_ = true;
}

void Tape::outcome(corpus::Exchange& exchange) {
  if (ended_) return;
  if (auto* response = std::get_if<corpus::Response>(&exchange.outcome)) redactor_.redact(*response);
  writer_.outcome(exchange);
  pending_ = true;
}

// Whoever comes first after the handlers that are ready now writes for all of them.
Task<bool> Tape::written() {
  co_await boost::asio::post(io_.get_executor(), kAwait);
  co_return flush();
}

bool Tape::flush() {
  if (ended_) return false;
  if (!std::exchange(pending_, false)) return true;
  const auto flushed = writer_.flush();
  if (flushed) return true;
  ended_ = true;
  on_fault_(flushed.error());
  return false;
}

corpus::Result<void> Tape::finish() {
  if (std::exchange(ended_, true)) return {};
  return writer_.finish(now());
}

void Tape::sweep(Clock::time_point) {
  flush();
}

}  // namespace harness
