# Writes the page's style and script into a source file, with the hashes that its policy names them by.
#
#   cmake -D OUT=FILE -D STYLE=FILE -D "SCRIPTS=FILE;…" -P embed.cmake
set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

# The SHA-256 of a text in base64: 64 hex digits are ten groups of six and one of four.
function(policy_hash text result)
  string(SHA256 hex "${text}")
  set(base64 "")
  foreach(begin RANGE 0 60 6)
    string(SUBSTRING "${hex}00" ${begin} 6 group)
    math(EXPR bits "0x${group}")
    foreach(shift 18 12 6 0)
      math(EXPR index "(${bits} >> ${shift}) & 63")
      string(SUBSTRING "${alphabet}" ${index} 1 letter)
      string(APPEND base64 "${letter}")
    endforeach()
  endforeach()
  string(SUBSTRING "${base64}" 0 43 base64)
  set(${result} "sha256-${base64}=" PARENT_SCOPE)
endfunction()

file(READ "${STYLE}" style)
set(script "")
foreach(file IN LISTS SCRIPTS)
  file(READ "${file}" text)
  string(APPEND script "${text}")
endforeach()
policy_hash("${style}" style_hash)
policy_hash("${script}" script_hash)

file(WRITE "${OUT}.new" "// Made of replay/report_page/ by embed.cmake.
#include \"replay/report_assets.h\"

namespace replay {

const std::string_view kPageStyle = R\"page(${style})page\";
const std::string_view kPageScript = R\"page(${script})page\";
const std::string_view kPageStyleHash = \"${style_hash}\";
const std::string_view kPageScriptHash = \"${script_hash}\";

}  // namespace replay
")
file(RENAME "${OUT}.new" "${OUT}")
