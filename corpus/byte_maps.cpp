#include "corpus/byte_maps.h"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__x86_64__) && defined(__SSE2__)
#include <immintrin.h>
#define ROLLCALL_WIDE [[gnu::target("avx2")]]
#endif

namespace corpus {
namespace {

constexpr std::string_view kKinds = "\"\\%':=<J@+/. ";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";

/// For each byte the kinds that it is of; the highest bit stands for base64.
constexpr std::uint16_t kIsBase64 = 1U << 15;
constexpr auto kKindsOf = [] {
  std::array<std::uint16_t, 256> kinds{};
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    kinds[static_cast<unsigned char>(kKinds[i])] |= static_cast<std::uint16_t>(1U << i);
  }
  for (const char letter : kBase64) kinds[static_cast<unsigned char>(letter)] |= kIsBase64;
  return kinds;
}();

template <typename Is>
void map(std::string_view bytes, std::uint64_t* words, Is is) {
  for (std::size_t at = 0; at < bytes.size(); at += kMapped) {
    std::uint64_t word = 0;
    const std::size_t end = std::min(bytes.size() - at, kMapped);
    for (std::size_t i = 0; i < end; ++i) word |= std::uint64_t{is(bytes[at + i])} << i;
    *words++ = word;
  }
}

#ifdef ROLLCALL_WIDE

// Which of sixteen kinds a byte is of says a table of its low four bits together with one of its high four: a kind's
// bit is set in both where it has the byte. In a table a kind may have several bytes, if it has all pairs of their
// halves.
struct Halves {
  std::array<char, 16> low{};
  std::array<char, 16> high{};

  constexpr void add(char byte, unsigned kind) {
    const auto code = static_cast<unsigned char>(byte);
    low[code & 15] = static_cast<char>(static_cast<unsigned char>(low[code & 15]) | 1U << kind);
    high[code >> 4] = static_cast<char>(static_cast<unsigned char>(high[code >> 4]) | 1U << kind);
  }
};

constexpr Halves halves_of(std::string_view bytes) {
  Halves halves;
  for (std::size_t i = 0; i < bytes.size(); ++i) halves.add(bytes[i], static_cast<unsigned>(i));
  return halves;
}
constexpr Halves kFirstKinds = halves_of(kKinds.substr(0, 8));
constexpr Halves kOtherKinds = halves_of(kKinds.substr(8));

/// One kind for each high half.
constexpr Halves kBase64Halves = [] {
  Halves halves;
  for (const char letter : kBase64) halves.add(letter, static_cast<unsigned char>(letter) >> 4);
  return halves;
}();

constexpr std::size_t kWide = 32;

/// The last bytes of a text, and others behind them.
struct Rest {
  char bytes[kMapped];

  Rest(const char* from, std::size_t size, char other) {
    std::memset(bytes, other, sizeof bytes);
    std::memcpy(bytes, from, size);
  }
};

ROLLCALL_WIDE __m256i wide(const char* bytes) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
}

ROLLCALL_WIDE __m256i twice(const std::array<char, 16>& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

/// The halves of bytes as places in tables.
struct WideHalves {
  __m256i low;
  __m256i high;
};

ROLLCALL_WIDE WideHalves wide_halves(__m256i bytes) {
  const __m256i four_bits = _mm256_set1_epi8(15);
  return {_mm256_and_si256(bytes, four_bits), _mm256_and_si256(_mm256_srli_epi16(bytes, 4), four_bits)};
}

ROLLCALL_WIDE __m256i looked_up(const WideHalves& halves, __m256i low, __m256i high) {
  return _mm256_and_si256(_mm256_shuffle_epi8(low, halves.low), _mm256_shuffle_epi8(high, halves.high));
}

ROLLCALL_WIDE std::uint64_t mask(__m256i first, __m256i second) {
  const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(first));
  const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(second));
  return std::uint64_t{high} << 32 | low;
}

ROLLCALL_WIDE void map_byte_widely(std::string_view bytes, char byte, std::uint64_t* words) {
  const __m256i sought = _mm256_set1_epi8(byte);
  const char* from = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= kMapped; left -= kMapped, from += kMapped) {
    *words++ = mask(_mm256_cmpeq_epi8(wide(from), sought), _mm256_cmpeq_epi8(wide(from + kWide), sought));
  }
  if (left == 0) return;
  const Rest rest(from, left, static_cast<char>(~byte));
  *words = mask(_mm256_cmpeq_epi8(wide(rest.bytes), sought), _mm256_cmpeq_epi8(wide(rest.bytes + kWide), sought));
}

ROLLCALL_WIDE void map_base64_widely(std::string_view bytes, std::uint64_t* words) {
  const __m256i low = twice(kBase64Halves.low);
  const __m256i high = twice(kBase64Halves.high);
  const __m256i none = _mm256_setzero_si256();
  const char* from = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= kMapped; left -= kMapped, from += kMapped) {
    const __m256i first = looked_up(wide_halves(wide(from)), low, high);
    const __m256i second = looked_up(wide_halves(wide(from + kWide)), low, high);
    *words++ = ~mask(_mm256_cmpeq_epi8(first, none), _mm256_cmpeq_epi8(second, none));
  }
  if (left == 0) return;
  const Rest rest(from, left, '\0');
  const __m256i first = looked_up(wide_halves(wide(rest.bytes)), low, high);
  const __m256i second = looked_up(wide_halves(wide(rest.bytes + kWide)), low, high);
  *words = ~mask(_mm256_cmpeq_epi8(first, none), _mm256_cmpeq_epi8(second, none));
}

ROLLCALL_WIDE unsigned all_of(__m256i kinds) {
  std::array<std::uint64_t, 4> seen;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(seen.data()), kinds);
  std::uint64_t any = seen[0] | seen[1] | seen[2] | seen[3];
  any |= any >> 32;
  any |= any >> 16;
  return static_cast<unsigned>((any | any >> 8) & 255);
}

ROLLCALL_WIDE unsigned kinds_widely(std::string_view bytes) {
  const __m256i first_low = twice(kFirstKinds.low);
  const __m256i first_high = twice(kFirstKinds.high);
  const __m256i other_low = twice(kOtherKinds.low);
  const __m256i other_high = twice(kOtherKinds.high);
  __m256i first = _mm256_setzero_si256();
  __m256i other = _mm256_setzero_si256();
  const char* from = bytes.data();
  std::size_t left = bytes.size();
  const std::size_t tail = left % kWide;
  const Rest rest(from + (left - tail), tail, '\0');
  for (; left > 0; left -= std::min(left, kWide), from += kWide) {
    const WideHalves halves = wide_halves(wide(left < kWide ? rest.bytes : from));
    first = _mm256_or_si256(first, looked_up(halves, first_low, first_high));
    other = _mm256_or_si256(other, looked_up(halves, other_low, other_high));
  }
  return all_of(first) | all_of(other) << 8;
}

ROLLCALL_WIDE std::size_t pair_widely(std::string_view text, char first, char last, std::size_t reach,
                                      std::size_t from) {
  const __m256i front = _mm256_set1_epi8(first);
  const __m256i back = _mm256_set1_epi8(last);
  for (; from + reach + kWide <= text.size(); from += kWide) {
    const char* const bytes = text.data() + from;
    const __m256i both =
        _mm256_and_si256(_mm256_cmpeq_epi8(wide(bytes), front), _mm256_cmpeq_epi8(wide(bytes + reach), back));
    const auto places = static_cast<std::uint32_t>(_mm256_movemask_epi8(both));
    if (places != 0) return from + static_cast<std::size_t>(std::countr_zero(places));
  }
  return plainly::find_pair(text, first, last, reach, from);
}

bool has_wide() {
  static const bool has = [] {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
  }();
  return has;
}

#endif

}  // namespace

namespace plainly {

void map_byte(std::string_view bytes, char byte, std::uint64_t* words) {
  map(bytes, words, [byte](char one) { return one == byte; });
}

void map_base64(std::string_view bytes, std::uint64_t* words) {
  map(bytes, words, [](char one) { return (kKindsOf[static_cast<unsigned char>(one)] & kIsBase64) != 0; });
}

unsigned kinds_in(std::string_view bytes) {
  unsigned kinds = 0;
  for (const char byte : bytes) kinds |= kKindsOf[static_cast<unsigned char>(byte)];
  return kinds & ~unsigned{kIsBase64};
}

std::size_t find_pair(std::string_view text, char first, char last, std::size_t reach, std::size_t from) {
  for (std::size_t at = text.find(first, from); at < text.size() && reach < text.size() - at;
       at = text.find(first, at + 1)) {
    if (text[at + reach] == last) return at;
  }
  return text.npos;
}

}  // namespace plainly

void map_byte(std::string_view bytes, char byte, std::uint64_t* words) {
#ifdef ROLLCALL_WIDE
  if (has_wide()) return map_byte_widely(bytes, byte, words);
#endif
  plainly::map_byte(bytes, byte, words);
}

void map_base64(std::string_view bytes, std::uint64_t* words) {
#ifdef ROLLCALL_WIDE
  if (has_wide()) return map_base64_widely(bytes, words);
#endif
  plainly::map_base64(bytes, words);
}

unsigned kinds_in(std::string_view bytes) {
#ifdef ROLLCALL_WIDE
  if (has_wide()) return bytes.empty() ? 0 : kinds_widely(bytes);
#endif
  return plainly::kinds_in(bytes);
}

std::size_t find_pair(std::string_view text, char first, char last, std::size_t reach, std::size_t from) {
#ifdef ROLLCALL_WIDE
  if (has_wide()) return pair_widely(text, first, last, reach, from);
#endif
  return plainly::find_pair(text, first, last, reach, from);
}

}  // namespace corpus
