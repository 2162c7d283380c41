#include "harness/live_log.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

namespace harness {

LiveLog::LiveLog(corpus::SessionInfo info, Redacting when) {
  if (when == Redacting::at_once) redactor_.emplace(random_key());
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
  if (redactor_) redactor_->redact(request);
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
  auto* const response = std::get_if<corpus::Response>(&outcome);
  if (redactor_ && response != nullptr) redactor_->redact(*response);
  exchange.outcome = std::move(outcome);
  exchange.ended = ended;
  exchange.outcome_line = ++lines_;
  if (writer_) {
    writer_->outcome(exchange);
    (void)writer_->flush();
  }
}

void LiveLog::died(replay::Death death) {
  std::optional<corpus::Redactor> own;  // the end is text by now when all else is redacted later
  corpus::Redactor& redactor = redactor_ ? *redactor_ : own.emplace(random_key());
  for (std::string& line : death.output) {
    corpus::Response message;
    message.body = std::move(line);
    redactor.redact(message);
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

// In the order in which the messages came: a value that has once been seen as a secret is one from then on.
void redact(corpus::Session& live) {
  struct Line {
    std::size_t number;
    corpus::Exchange* exchange;
    bool answer;
  };
  std::vector<Line> lines;
  for (corpus::Exchange& exchange : live.exchanges) {
    lines.push_back({exchange.request_line, &exchange, false});
    if (exchange.response() != nullptr) lines.push_back({exchange.outcome_line, &exchange, true});
  }
  std::ranges::stable_sort(lines, {}, &Line::number);
  corpus::Redactor redactor(random_key());
  for (const Line& line : lines) {
    if (line.answer) {
      redactor.redact(std::get<corpus::Response>(line.exchange->outcome));
    } else {
      redactor.redact(line.exchange->request);
    }
  }
}

corpus::Redactor::Key random_key() {
  std::random_device random;
  corpus::Redactor::Key key;
  // As much of a word as there is: drawing one takes longer than all else about a redactor.
  for (std::size_t at = 0; at < key.size(); at += sizeof(std::random_device::result_type)) {
    const std::random_device::result_type word = random();
    std::memcpy(key.data() + at, &word, std::min(sizeof word, key.size() - at));
  }
  return key;
}

std::string utc_now() {
  const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06d}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (now - seconds).count());
}

}  // namespace harness
