#include "corpus/keyed_hash.h"

#include <openssl/evp.h>

#include <cassert>

namespace corpus {
namespace {

void update(EVP_MD_CTX* context, std::string_view text) {
  EVP_DigestUpdate(context, text.data(), text.size());
}

/// A context of SHA-256, which is released with it.
struct Context {
  Context() : md(EVP_MD_CTX_new()) {}
  ~Context() { EVP_MD_CTX_free(md); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  EVP_MD_CTX* md;
};

}  // namespace

/// RFC 2104: the two halves of the work that depend on the key alone, done once. (OpenSSL's own HMAC looks its
/// algorithm up each time, which takes as long as hashing a kilobyte.)
struct KeyedHash::State {
  Context inner;
  Context outer;
  Context work;
};

KeyedHash::KeyedHash(std::span<const std::byte> key) : state_(std::make_unique<State>()) {
  constexpr std::size_t kBlock = 64;
  assert(key.size() <= kBlock && "a longer key would have to be hashed first");
  const auto start = [&](Context& context, unsigned char mask) {
    std::array<unsigned char, kBlock> block{};
    for (std::size_t i = 0; i < kBlock; ++i) {
      block[i] = static_cast<unsigned char>((i < key.size() ? std::to_integer<unsigned>(key[i]) : 0U) ^ mask);
    }
    EVP_DigestInit_ex(context.md, EVP_sha256(), nullptr);
    EVP_DigestUpdate(context.md, block.data(), block.size());
  };
  start(state_->inner, 0x36);
  start(state_->outer, 0x5c);
}

KeyedHash::~KeyedHash() = default;
KeyedHash::KeyedHash(KeyedHash&&) noexcept = default;
KeyedHash& KeyedHash::operator=(KeyedHash&&) noexcept = default;

Digest KeyedHash::of(std::string_view before, std::string_view text) const {
  Digest digest{};
  EVP_MD_CTX* const work = state_->work.md;
  EVP_MD_CTX_copy_ex(work, state_->inner.md);
  update(work, before);
  update(work, text);
  EVP_DigestFinal_ex(work, digest.data(), nullptr);
  EVP_MD_CTX_copy_ex(work, state_->outer.md);
  EVP_DigestUpdate(work, digest.data(), digest.size());
  EVP_DigestFinal_ex(work, digest.data(), nullptr);
  return digest;
}

}  // namespace corpus
