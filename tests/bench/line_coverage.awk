# Line coverage from the tracefile of llvm-cov (lcov's format): a line for each source below `folder`, the sum, and each
# line that is not reached, with the reason if the file `reasons` has one (parser_coverage.reasons says how). Exit status 1
# if less than `bar` per cent are reached, 3 if there is nothing to count or a reason does not hold.
BEGIN {
  FS = "|"
  while ((getline < reasons) > 0) {
    if (/^#/ || NF != 4) continue
    kind[++rules] = $1; source[rules] = $2; text[rules] = $3; reason[rules] = $4
  }
}

/^SF:/ {
  path = index($0, folder) == 4 ? substr($0, 4) : ""
  name = substr(path, length(folder) + 1)
  if (path != "") paths[name] = path
}
/^DA:/ && path != "" {
  split(substr($0, 4), entry, ",")
  runs[name, entry[1]] = entry[2]
}

function fail(message) {
  print "line_coverage.awk: " message > "/dev/stderr"
  failed = 1
}

# Takes the function that begins on that line out: up to a brace below its first letter, or only that line.
function take_out(name, rule, line, lines, first, indent) {
  match(lines[line], /[^ ]/)
  indent = substr(lines[line], 1, RSTART - 1)
  for (first = line;; ++line) {
    if (runs[name, line] > 0) fail(name ":" line " is reached, but said to be no part of the parser: " text[rule])
    delete runs[name, line]
    if (line == first && lines[line] ~ /[;}]$/) return
    if (!(line in lines) || lines[line] == indent "}") return
  }
}

function count_source(name, lines, number, rule, all, hit, at) {
  for (number = 1; (getline at < paths[name]) > 0; ++number) lines[number] = at
  close(paths[name])
  for (rule = 1; rule <= rules; ++rule) {
    if (kind[rule] != "other" || source[rule] != name) continue
    for (at = 1; at < number; ++at) {
      if (index(lines[at], text[rule]) == 0) continue
      ++used[rule]
      take_out(name, rule, at, lines)
    }
  }
  for (at = 1; at < number; ++at) {
    if (!((name, at) in runs)) continue
    ++all
    if (runs[name, at] > 0) { ++hit; continue }
    why = ""
    for (rule = 1; rule <= rules; ++rule) {
      if (kind[rule] == "line" && source[rule] == name && index(lines[at], text[rule]) > 0) why = "   <- " reason[rule]
    }
    missed[++misses] = "not reached: corpus/" name ":" at ": " lines[at] why
  }
  if (all == 0) return
  printf "%-26s %4d of %4d lines, %5.1f %%\n", "corpus/" name, hit, all, 100 * hit / all
  sum += all
  reached += hit
}

END {
  count = 0
  for (name in paths) names[++count] = name
  for (i = 2; i <= count; ++i) {  # sorted by name
    for (j = i; j > 1 && names[j - 1] > names[j]; --j) { swap = names[j]; names[j] = names[j - 1]; names[j - 1] = swap }
  }
  for (i = 1; i <= count; ++i) {
    split("", lines)
    count_source(names[i], lines)
  }
  for (rule = 1; rule <= rules; ++rule) {
    if (kind[rule] == "other" && used[rule] != 1) fail(source[rule] " has " used[rule] + 0 " functions: " text[rule])
  }
  if (sum == 0) fail("no source below " folder)
  if (failed) exit 3
  printf "%-26s %4d of %4d lines, %5.2f %% (%s %% are wanted)\n", "in all", reached, sum, 100 * reached / sum, bar
  for (i = 1; i <= misses; ++i) print missed[i]
  exit 100 * reached < bar * sum
}
