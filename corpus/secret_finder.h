// Finds the secrets in a text: by the names they go under, by their shape, and by their value.
#pragma once

#include <string_view>
#include <vector>

#include "corpus/secret_names.h"
#include "corpus/secret_store.h"
#include "corpus/spelling.h"

namespace corpus {

/// Looks for the secrets of one text and collects them. What goes under the name of a secret is learned by the store,
/// so that its value is known elsewhere. Stand-ins are no secrets.
///
/// A text is also looked into where it spells another one: JSON in a JSON string, a URL in a form, and so on.
class SecretFinder {
 public:
  /// Finds places in `text`, and appends them to `found` in no order; they may overlap. All three must outlive the
  /// finder.
  SecretFinder(SecretStore& store, std::string_view text, std::vector<Secret>& found)
      : store_(store), text_(text), found_(found) {}

  /// Takes the text as any text: JSON that may be broken, or none at all.
  void look_into_text();
  /// Takes it as a form, or whatever else it may be.
  void look_into_form();
  /// Takes it as multipart/form-data: parts with names, or whatever else it may be.
  void look_into_multipart();
  /// Takes it as the target of a request: path and query.
  void look_into_target();
  /// Takes it as the value of a header that carries a secret in this way.
  void look_into_header(HeaderSecret kind);

 private:
  SecretFinder(SecretStore& store, std::string_view text, std::vector<Secret>& found, int depth)
      : store_(store), text_(text), found_(found), depth_(depth) {}

  void look_into_json();
  void look_into_plain_json();
  void look_into_parameters(std::string_view text);
  void look_into_loose_parameters();
  void look_into_lines_and_tags();
  void look_into_cookies(std::string_view cookies);
  void look_into_spelled(Spelling spelling, std::string_view raw);
  void find_url_passwords();
  void find_tokens();
  void find_known_values();

  void take_member(MemberSecret kind, std::string_view raw);
  std::size_t take_credentials(std::string_view value);  // returns where in the value they begin
  void learn_password(std::string_view basic_credentials);
  void take(std::string_view raw, std::string_view value);
  void take_spelled(Spelling spelling, std::string_view raw);

  SecretStore& store_;
  std::string_view text_;
  std::vector<Secret>& found_;
  int depth_ = 0;  // in how many other texts this one was found
};

}  // namespace corpus
