#include "harness/live_log.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <random>

namespace harness {

LiveLog::LiveLog(corpus::SessionInfo info) : redactor_(random_key()) {
  session_.info = std::move(info);
}

corpus::Result<LiveLog> LiveLog::create(corpus::SessionInfo info, const std::string& path) {
  LiveLog log(std::move(info));
  auto writer = corpus::SessionWriter::create(path, log.session_.info);
  if (!writer) return std::unexpected(writer.error());
  log.writer_.emplace(std::move(*writer));
  log.session_.path = path;
  return log;
}

std::size_t LiveLog::request(corpus::Leg leg, corpus::Request request, corpus::Micros sent,
                             std::optional<corpus::Micros> due, const std::optional<replay::HandMark>& by_hand) {
  redactor_.redact(request);
  corpus::Exchange& exchange = session_.exchanges.emplace_back();
  exchange.number = static_cast<std::int64_t>(session_.exchanges.size());
  exchange.leg = leg;
  exchange.sent = sent;
  exchange.due = due;
  exchange.request = std::move(request);
  if (by_hand) exchange.request_extra = replay::to_member(*by_hand);
  exchange.request_line = ++lines_;
  if (writer_) {
    writer_->request(exchange);
    (void)writer_->flush();  // a fault stays and is reported by finish()
  }
  return session_.exchanges.size() - 1;
}

void LiveLog::outcome(std::size_t index, corpus::Outcome outcome, corpus::Micros ended) {
  corpus::Exchange& exchange = session_.exchanges[index];
  if (auto* response = std::get_if<corpus::Response>(&outcome)) redactor_.redact(*response);
  exchange.outcome = std::move(outcome);
  exchange.ended = ended;
  exchange.outcome_line = ++lines_;
  if (writer_) {
    writer_->outcome(exchange);
    (void)writer_->flush();
  }
}

void LiveLog::died(replay::Death death) {
  for (std::string& line : death.output) {
    corpus::Response message;
    message.body = std::move(line);
    redactor_.redact(message);
    line = std::move(message.body);
  }
  died_ = replay::to_member(death);
}

void LiveLog::note(const replay::HandNote& note) {
  noted_ = replay::to_member(note);
}

corpus::Result<void> LiveLog::finish(corpus::Micros time) {
  const std::string extra = died_ + (died_.empty() || noted_.empty() ? "" : ",") + noted_;
  session_.end = corpus::SessionEnd{time, static_cast<std::int64_t>(lines_ - 1), extra, {}};
  // The reader sorts in the same way, so that a verdict from the file is a verdict from memory.
  std::ranges::stable_sort(session_.exchanges, {}, &corpus::Exchange::sent);
  return writer_ ? writer_->finish(*session_.end) : corpus::Result<void>();
}

corpus::Redactor::Key random_key() {
  std::random_device random;
  corpus::Redactor::Key key;
  for (std::byte& byte : key) byte = static_cast<std::byte>(random());
  return key;
}

std::string utc_now() {
  const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06d}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (now - seconds).count());
}

}  // namespace harness
