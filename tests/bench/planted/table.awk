# The table of planted_bench.sh, from the list of mistakes (PLANTED=list) and the finds (configuration seed mistake
# execution). A trial without a find counts as one beyond all executions. Exit status 1 if the last configuration misses a
# bar: each mistake in most trials, 50,000 executions in the median of all mistakes.

function median_of(list, n,    i, j, swap) {
  for (i = 2; i <= n; ++i)
    for (j = i; j > 1 && list[j] < list[j - 1]; --j) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
  return list[int(n / 2) + 1]  # of an even number the later one: half of a find is none
}

function shown(executions) { return executions > runs ? "-" : sprintf("%d", executions) }

function summary(label, of,    c, b, n, found, most, line) {
  line = ""
  for (c = 1; c <= nc; ++c) {
    n = found = most = 0
    for (b = 1; b <= nb; ++b) {
      if (of != "" && group[b] != of && depth[b] != of) continue
      all[++n] = median[c, b]
      found += count[c, b] + 0
      most += 2 * count[c, b] > trials
    }
    line = line sprintf(" | %3d %2d/%-2d %8s", found, most, n, shown(median_of(all, n)))
    if (of == "") { total_most[c] = most; total_median[c] = median_of(all, n) }
  }
  printf "%-33s%s\n", label, line
}

BEGIN { nc = split(configurations, names, " ") }

FNR == NR {
  split($0, field, "\t")
  name[++nb] = field[1]; group[nb] = field[2]; depth[nb] = field[4]
  if (!(field[2] in seen)) { seen[field[2]] = 1; order[++ng] = field[2] }
  next
}

{ at[$1, $3, $2] = $4 }

END {
  line = sprintf("%-33s", "mistake (group, * deep)")
  for (c = 1; c <= nc; ++c) line = line sprintf(" | %18s", names[c])
  print line
  for (b = 1; b <= nb; ++b) {
    line = ""
    for (c = 1; c <= nc; ++c) {
      for (t = 1; t <= trials; ++t) {
        found = (names[c], name[b], t) in at
        count[c, b] += found
        executions[t] = found ? at[names[c], name[b], t] : runs + 1
      }
      median[c, b] = median_of(executions, trials)
      line = line sprintf(" | %4d/%-2d %10s", count[c, b], trials, shown(median[c, b]))
    }
    printf "%-33s%s\n", name[b] " (" group[b] (depth[b] == "deep" ? " *)" : ")"), line
  }
  print ""
  line = sprintf("%-33s", "finds, in most trials, median")
  for (c = 1; c <= nc; ++c) line = line sprintf(" | %18s", names[c])
  print line
  for (g = 1; g <= ng; ++g) summary(order[g], order[g])
  summary("shallow", "shallow")
  summary("deep", "deep")
  summary("all", "")
  if (total_most[nc] < nb) print "missed: every mistake in most trials"
  if (total_median[nc] > 50000) print "missed: 50,000 executions in the median"
  exit total_most[nc] < nb || total_median[nc] > 50000
}
