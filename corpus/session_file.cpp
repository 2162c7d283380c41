#include "corpus/session_file.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <future>
#include <numeric>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "corpus/line_parser.h"
#include "corpus/line_source.h"
#include "corpus/line_writer.h"

namespace corpus {
namespace {

Fault system_fault(const std::string& path, int error) {
  return {Error::unreadable, path, std::generic_category().message(error)};
}

}  // namespace

// Writing.

SessionWriter::SessionWriter(std::unique_ptr<std::FILE, Close> file, std::string path)
    : file_(std::move(file)), path_(std::move(path)), lines_(std::make_unique<LineWriter>()) {}

SessionWriter::SessionWriter(SessionWriter&&) noexcept = default;
SessionWriter& SessionWriter::operator=(SessionWriter&&) noexcept = default;
SessionWriter::~SessionWriter() = default;

Result<SessionWriter> SessionWriter::create(const std::filesystem::path& path, const SessionInfo& info) {
  std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "wbx"));
  if (!file) return std::unexpected(system_fault(path.string(), errno));
  std::setvbuf(file.get(), nullptr, _IONBF, 0);  // pending_ is the buffer: what is in it is written in one call
  SessionWriter writer(std::move(file), path.string());
  writer.lines_->info(writer.pending_, info);
  if (auto flushed = writer.flush(); !flushed) return std::unexpected(std::move(flushed.error()));
  return writer;
}

void SessionWriter::request(const Exchange& exchange) {
  lines_->request(pending_, exchange);
  ++messages_;
}

void SessionWriter::outcome(const Exchange& exchange) {
  if (!exchange.ended_at_all()) return;
  lines_->outcome(pending_, exchange);
  ++messages_;
}

Result<void> SessionWriter::flush() {
  assert((file_ || !state_) && "nothing may be written after finish()");
  if (!state_) return state_;
  if (std::fwrite(pending_.data(), 1, pending_.size(), file_.get()) != pending_.size()) {
    state_ = std::unexpected(system_fault(path_, errno));
  }
  // Room for one huge body must not be held until the end of a long recording.
  constexpr std::size_t kKept = 4 << 20;
  pending_.clear();
  if (pending_.capacity() > kKept) pending_.shrink_to_fit();
  return state_;
}

Result<void> SessionWriter::finish(Micros time) {
  return finish({time, messages_, {}, {}});
}

Result<void> SessionWriter::finish(const SessionEnd& end) {
  lines_->end(pending_, end);
  if (flush() && std::fclose(file_.release()) != 0) state_ = std::unexpected(system_fault(path_, errno));
  return state_;
}

namespace {

/// One line to be written.
struct Event {
  Micros time;
  const Exchange* exchange;
  bool outcome;
};

/// The lines of a session in order of time; an outcome always after its request, even if its time says otherwise.
std::vector<Event> events_of(const Session& session) {
  std::vector<Event> events;
  for (const Exchange& exchange : session.exchanges) {
    events.push_back({exchange.sent, &exchange, false});
    if (exchange.ended_at_all()) events.push_back({std::max(exchange.ended, exchange.sent), &exchange, true});
  }
  std::ranges::stable_sort(events, {}, &Event::time);
  return events;
}

}  // namespace

Result<void> write_session(const std::filesystem::path& path, const Session& session) {
  auto writer = SessionWriter::create(path, session.info);
  if (!writer) return std::unexpected(std::move(writer.error()));
  constexpr std::int64_t kFlushEvery = 256;  // messages: half a megabyte of usual ones
  std::int64_t written = 0;
  for (const Event& event : events_of(session)) {
    event.outcome ? writer->outcome(*event.exchange) : writer->request(*event.exchange);
    if (++written % kFlushEvery != 0) continue;
    if (auto flushed = writer->flush(); !flushed) return flushed;
  }
  return session.end ? writer->finish(*session.end) : writer->flush();
}

std::int64_t message_count(const Session& session) {
  std::int64_t count = 0;
  for (const Exchange& exchange : session.exchanges) count += exchange.ended_at_all() ? 2 : 1;
  return count;
}

// Reading.

namespace {

/// Finds exchanges by their numbers. Numbers usually count up from 1, so most stand in a table; what is too large for
/// that goes into a map.
class Numbers {
 public:
  /// The place for the exchange of that number: null until somebody puts it there.
  Exchange*& operator[](std::int64_t number) {
    const auto place = static_cast<std::size_t>(number);
    if (place < table_.size()) return table_[place];
    ++misses_;
    if (sparse_.empty() && place < 4 * misses_ + 1000) {
      table_.resize(place + 1);
      return table_[place];
    }
    return sparse_[number];
  }

 private:
  std::size_t misses_ = 0;
  std::vector<Exchange*> table_;  // grows only while the map is empty, so that no number can be in both
  std::unordered_map<std::int64_t, Exchange*> sparse_;
};

/// Puts a session together from what its lines say. Takes nothing from a line that it calls damaged.
class Assembly {
 public:
  explicit Assembly(Session& session) : session_(session) {}

  /// Empty, or why the line does not fit the ones before it.
  std::string take(Line&& line, std::size_t number) {
    if (session_.end) return "stands after the end line";
    if (auto* end = std::get_if<SessionEnd>(&line)) {
      session_.end = std::move(*end);
      return {};
    }
    if (auto* request = std::get_if<Exchange>(&line)) return take_request(std::move(*request), number);
    return take_outcome(std::move(std::get<OutcomeLine>(line)), number);
  }

 private:
  std::string take_request(Exchange&& exchange, std::size_t number) {
    Exchange*& place = by_number_[exchange.number];
    if (place) return "a second request of exchange " + std::to_string(exchange.number);
    exchange.request_line = number;
    place = &session_.exchanges.emplace_back(std::move(exchange));
    return {};
  }

  std::string take_outcome(OutcomeLine&& line, std::size_t number) {
    Exchange* const known = by_number_[line.number];
    if (!known) return "an outcome of exchange " + std::to_string(line.number) + " before its request";
    Exchange& exchange = *known;
    if (exchange.ended_at_all()) return "a second outcome of exchange " + std::to_string(line.number);
    exchange.outcome = std::move(line.outcome);
    exchange.outcome_extra = std::move(line.extra);
    exchange.ended = line.time;
    exchange.outcome_line = number;
    return {};
  }

  Session& session_;
  Numbers by_number_;  // into the deque, whose elements stay where they are
};

/// Sorts by `sent`, keeping the order of equal ones. In place, by places: a long session must not stand in memory
/// twice.
void sort_by_time(std::deque<Exchange>& exchanges) {
  if (std::ranges::is_sorted(exchanges, {}, &Exchange::sent)) return;
  std::vector<std::size_t> order(exchanges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t at) { return exchanges[at].sent; });
  for (std::size_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    Exchange first = std::move(exchanges[start]);
    std::size_t at = start;
    while (order[at] != start) {
      exchanges[at] = std::move(exchanges[order[at]]);
      at = std::exchange(order[at], at);
    }
    exchanges[at] = std::move(first);
    order[at] = at;
  }
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

/// What a line says, or why it cannot be taken.
struct ParsedLine {
  std::expected<Line, std::string> line;
  std::size_t number = 0;
  bool ended = true;
};

std::vector<ParsedLine> parse(const LineBatch& batch) {
  LineParser parser;
  std::vector<ParsedLine> parsed;
  parsed.reserve(batch.lines.size());
  for (const RawLine& raw : batch.lines) {
    if (raw.too_long) {
      const std::string problem = "the line is longer than " + std::to_string(kLongestLine >> 20) + " MiB";
      parsed.push_back({std::unexpected(problem), raw.number});
    } else if (!is_blank(raw.text)) {
      parsed.push_back({parser.line(raw.text), raw.number, raw.ended});
    }
  }
  return parsed;
}

void take(std::vector<ParsedLine>&& lines, Assembly& assembly, Session& session) {
  for (ParsedLine& parsed : lines) {
    auto& line = parsed.line;
    std::string problem = line ? assembly.take(std::move(*line), parsed.number) : std::move(line.error());
    if (problem.empty()) continue;
    if (!line && !parsed.ended) problem = "the file ends in the middle of this line";
    session.damage.push_back({Error::damaged, session.path + ":" + std::to_string(parsed.number), std::move(problem)});
  }
}

/// Reads all lines, the first one apart: `batch` has the first ones after it. A second thread parses a batch while this
/// one puts the session together from the batch before; a short file is not worth a thread.
void read_messages(LineBatch batch, LineSource& source, Session& session) {
  Assembly assembly(session);
  LineBatch next = source.next();
  if (next.lines.empty()) {
    take(parse(batch), assembly, session);
  } else {
    // Where the system has no thread to give, get() parses: that is what `deferred` allows.
    constexpr auto kPolicy = std::launch::async | std::launch::deferred;
    auto parsed = std::async(kPolicy, [batch = std::move(batch)] { return parse(batch); });
    while (!next.lines.empty()) {
      auto behind = std::async(kPolicy, [batch = std::move(next)] { return parse(batch); });
      next = source.next();
      take(parsed.get(), assembly, session);
      parsed = std::move(behind);
    }
    take(parsed.get(), assembly, session);
  }
  sort_by_time(session.exchanges);
}

/// What is parsed at once: long beside the start of a thread, small beside a long session.
constexpr std::size_t kPiece = 4 << 20;

/// Takes the first line that is not blank.
RawLine take_first_line(LineBatch& batch, LineSource& source) {
  for (; !batch.lines.empty(); batch = source.next()) {
    const auto found =
        std::ranges::find_if(batch.lines, [](const RawLine& line) { return line.too_long || !is_blank(line.text); });
    if (found == batch.lines.end()) continue;
    const RawLine first = *found;
    batch.lines.erase(batch.lines.begin(), found + 1);
    return first;
  }
  return {};
}

Result<Session> read_from(const ByteSource& bytes, std::size_t piece, std::string path) {
  LineSource source(bytes, piece);
  LineBatch batch = source.next();
  RawLine first = take_first_line(batch, source);
  if (first.number == 0) return std::unexpected(Fault{Error::not_session, path, "the file is empty"});
  // Editors on Windows put a byte order mark in front of what they save.
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (first.number == 1 && first.text.starts_with(kMark)) first.text.remove_prefix(kMark.size());
  auto info = LineParser().info(first.text);
  if (!info) {
    return std::unexpected(Fault{info.error().error, path + ":" + std::to_string(first.number), info.error().what});
  }
  Session session;
  session.info = std::move(*info);
  session.path = std::move(path);
  read_messages(std::move(batch), source, session);
  return session;
}

}  // namespace

Result<Session> read_session(const std::filesystem::path& path) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return std::unexpected(system_fault(path.string(), errno));
  std::setvbuf(file.get(), nullptr, _IONBF, 0);  // the pieces are large: straight into place, no copy
  int error = 0;
  const ByteSource source = [&](char* to, std::size_t size) {
    const std::size_t got = std::fread(to, 1, size, file.get());
    if (got == 0 && std::ferror(file.get())) error = errno;
    return got;
  };
  auto result = read_from(source, kPiece, path.string());
  if (error != 0) return std::unexpected(system_fault(path.string(), error));
  return result;
}

Result<Session> parse_session(std::string_view bytes, std::string path) {
  const ByteSource source = [&](char* to, std::size_t size) {
    const std::size_t got = bytes.copy(to, size);
    bytes.remove_prefix(got);
    return got;
  };
  return read_from(source, std::clamp<std::size_t>(bytes.size() + 1, 64, kPiece), std::move(path));
}

}  // namespace corpus
