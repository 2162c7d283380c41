#include "corpus/spelling.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "corpus/json_scan.h"

namespace corpus {
namespace {

/// The byte of "%41" at the start of `raw`, or -1.
int percent_byte(std::string_view raw) {
  if (raw.size() < 3 || raw[0] != '%') return -1;
  int byte = -1;
  const auto [end, error] = std::from_chars(raw.data() + 1, raw.data() + 3, byte, 16);
  return error == std::errc{} && end == raw.data() + 3 && byte >= 0 ? byte : -1;
}

/// Appends what the first piece of `raw` stands for and gives its length.
std::size_t append_percent_piece(std::string& out, std::string_view raw, bool plus_is_space) {
  const std::size_t plain = std::min(plus_is_space ? raw.find_first_of("%+") : raw.find('%'), raw.size());
  if (plain > 0) {
    out.append(raw.substr(0, plain));
    return plain;
  }
  const int byte = percent_byte(raw);
  if (byte < 0) {
    out.push_back(raw[0] == '+' ? ' ' : raw[0]);
    return 1;
  }
  out.push_back(static_cast<char>(byte));
  return 3;
}

std::size_t append_piece(std::string& out, Spelling spelling, std::string_view raw) {
  if (spelling == Spelling::json) return append_unescaped_piece(out, raw);
  return append_percent_piece(out, raw, spelling == Spelling::form);
}

}  // namespace

void append_decoded(std::string& out, Spelling spelling, std::string_view raw) {
  while (!raw.empty()) raw.remove_prefix(append_piece(out, spelling, raw));
}

RawPlaces::RawPlaces(Spelling spelling, std::string_view raw) {
  std::string decoded;
  Piece piece;
  while (piece.raw.end < raw.size()) {
    decoded.clear();
    piece.raw.begin = piece.raw.end;
    piece.raw.end += append_piece(decoded, spelling, raw.substr(piece.raw.begin));
    piece.decoded.begin = piece.decoded.end;
    piece.decoded.end += decoded.size();
    pieces_.push_back(piece);
  }
}

const RawPlaces::Piece& RawPlaces::piece_with(std::size_t decoded_place) const {
  const auto after =
      std::ranges::upper_bound(pieces_, decoded_place, {}, [](const Piece& piece) { return piece.decoded.begin; });
  assert(after != pieces_.begin());
  return *std::prev(after);
}

Stretch RawPlaces::of(Stretch decoded) const {
  assert(decoded.begin < decoded.end);
  const auto is_plain = [](const Piece& piece) {
    return piece.raw.end - piece.raw.begin == piece.decoded.end - piece.decoded.begin;
  };
  // An escape belongs to the stretch as a whole; of plain bytes only those that are meant.
  const Piece& first = piece_with(decoded.begin);
  const Piece& last = piece_with(decoded.end - 1);
  return {first.raw.begin + (is_plain(first) ? decoded.begin - first.decoded.begin : 0),
          is_plain(last) ? last.raw.begin + (decoded.end - last.decoded.begin) : last.raw.end};
}

}  // namespace corpus
