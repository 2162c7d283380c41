// The style and the script of the page, as replay/report_page/ has them: embedded when the library is built.
#pragma once

#include <string_view>

namespace replay {

extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;
/// "sha256-…" of each, as Content-Security-Policy wants it.
extern const std::string_view kPageStyleHash;
extern const std::string_view kPageScriptHash;

}  // namespace replay
