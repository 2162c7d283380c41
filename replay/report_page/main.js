// The page: a summary of the run, and one session at a time. The address behind # tells which.

function badge(session) {
  const word = session.judgement ?? "not judged";
  return make("span", "judgement " + (word === "same" ? "same" : word === "inconclusive" ? "unsure" : "bad"), word);
}

function summary() {
  const table = make("table", "summary");
  const head = table.createTHead().insertRow();
  for (const title of ["session", "verdict", "findings", "requests", "deliveries", "late, p99"]) {
    const cell = make("th", "", title);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  run.sessions.forEach((session, index) => {
    const link = make("a", "", session.name || session.file);
    link.href = "#" + index;
    const row = body.insertRow();
    row.append(make("td", "", null, link), make("td", "", null, badge(session)));
    const cells = session.error ? [session.error, "", "", ""] : [session.findings.length || "none",
      `${session.requests.met} of ${session.requests.recorded}`,
      `${session.deliveries.made} of ${session.deliveries.recorded}`,
      session.lateness ? milliseconds(session.lateness.p99) : "unknown"];
    for (const cell of cells) row.append(make("td", "", cell));
  });
  for (const file of run.notPlayed) {
    const row = body.insertRow();
    row.append(make("td", "", file), make("td", "", "not played"));
    for (let i = 0; i < 4; ++i) row.append(make("td", ""));
  }
  const count = (judgement) => run.sessions.filter((session) => session.judgement === judgement).length;
  const others = [[count("different"), "different"], [count("inconclusive"), "inconclusive"], [count(null), "not judged"],
    [run.notPlayed.length, "not played"]].filter(([number]) => number).map(([number, word]) => `${number} ${word}`);
  const box = make("div", "scroll", null, table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Sessions");
  const title = `${count("same")} of ${run.sessions.length + run.notPlayed.length} sessions the same`;
  document.title = title + " · Rollcall";
  return make("main", "", null, make("h1", "", title), make("p", "facts", others.join(" · ")), box, make("p", "note", run.origin));
}

function histogram(name, title, figures) {
  const box = make("details", "times " + name, null, make("summary", "",
    `${title}: p50 ${milliseconds(figures.p50)} · p90 ${milliseconds(figures.p90)} · ` +
    `p99 ${milliseconds(figures.p99)} · max ${milliseconds(figures.max)}`));
  const most = Math.max(...figures.buckets.map((bucket) => bucket.deliveries));
  for (const bucket of figures.buckets) {
    const bar = make("span", "bar");
    bar.style.width = 60 * bucket.deliveries / most + "%";
    box.append(make("div", "bucket", null, make("span", "", "< " + milliseconds(bucket.below)), bar,
      make("span", "", bucket.deliveries)));
  }
  return box;
}

/// How late the player was, and how long the bot took; both from the times that were meant.
function histograms({ lateness, latency }) {
  if (!lateness) return [make("p", "note", "Lateness: unknown, the live session does not say when its deliveries were due.")];
  const late = histogram("lateness", `Lateness of ${counted(lateness.deliveries, "delivery", "deliveries")}`, lateness);
  if (!latency) return [late];
  const since = latency.deliveries === 1 ? "its delivery was" : "their deliveries were";
  return [late, histogram("latency", `Latency of ${counted(latency.deliveries, "answer")}, since ${since} due`, latency)];
}

/// That the player was too late, and with what; each leads to where it stands.
function tooLate(session, rows, goTo) {
  const { budget, latest } = session.tooLate;
  const box = make("div", "", null, make("p", "alert", `The player was too late: p99 is above the budget of ${milliseconds(budget)}` +
    (session.judgement === "inconclusive" ? ", so that nothing was found proves nothing." : ".")));
  for (const late of latest) {
    const line = make(rows.length ? "button" : "p", rows.length ? "plain" : "note", `${milliseconds(late.late)} late: ${late.what}`);
    line.addEventListener("click", () => rows.length && goTo(rows.find((row) => row.live?.number === late.exchange)));
    box.append(line);
  }
  return box;
}

// Differences that were learnt to be none, with their reasons.
function noise(session) {
  const known = session.noise;
  const box = make("details", "noise", null, make("summary", "",
    `Noise: ${known.count || "nothing"} suppressed (${known.file}, learnt from ${known.runs} runs)`));
  if (known.stale) box.append(make("p", "alert", "Learnt from another version of this session."));
  for (const sum of known.suppressed) box.append(make("p", "note", `${sum.times} × ${sum.what}: ${sum.why}`));
  return box;
}

function choice(label, options, change) {
  const select = make("select");
  for (const [value, text] of options) {
    const option = make("option", "", text);
    option.value = value;
    select.append(option);
  }
  select.addEventListener("change", change);
  select.setAttribute("aria-label", label);
  return select;
}

function button(text, label, act) {
  const element = make("button", "", text);
  element.setAttribute("aria-label", label);
  element.addEventListener("click", act);
  return element;
}

function facts(session) {
  const own = session.findings.filter((finding) => !finding.consequence).length;
  const follow = session.findings.length - own;
  const found = own ? counted(own, "finding") + (follow ? `, and ${follow} that follow${follow > 1 ? "" : "s"}` : "") : "nothing differs";
  return `${found} · requests ${session.requests.met} of ${session.requests.recorded} · deliveries ${session.deliveries.made} of ` +
    session.deliveries.recorded + (session.runs > 1 ? ` · ${session.runs} runs` : "");
}

/// Why the verdict is worth less than it looks.
function doubts(session, rows, goTo) {
  const { damagedLines, quit } = session, found = [];
  if (damagedLines) found.push(make("p", "alert", `${counted(damagedLines, "line")} of the files could not be read`));
  if (session.tooLate) found.push(tooLate(session, rows, goTo));
  if (quit) found.push(make("p", "alert", `Quit by hand before exchange ${quit.before}: deliveries not sent: ${quit.notSent}.`));
  return found;
}

const mostListed = 50;

/// A line for each finding; a click on it calls `goTo` with the number of its row.
function findingsList(session, goTo) {
  const list = make("div", "findings");
  for (const finding of session.findings.slice(0, mostListed)) {
    const line = headline(finding, session.runs);
    list.append(finding.row < 0 ? make("p", "", line) : button(line, line, () => goTo(finding.row)));
    if (finding.consequence) list.lastChild.classList.add("follows");
  }
  const more = session.findings.length - mostListed;
  if (more > 0) list.append(make("p", "note", `and ${more} more: choose "any finding"`));
  return list;
}

function sessionView(session) {
  const view = make("main");
  if (run.sessions.length + run.notPlayed.length > 1) {
    const back = make("a", "back", "All sessions");
    back.href = "#";
    view.append(back);
  }
  view.append(make("h1", "", session.name || session.file), badge(session));
  if (session.error) {
    view.append(make("p", "", session.error));
    return view;
  }
  const rows = rowsOf(session);
  view.append(make("p", "facts", facts(session)), ...doubts(session, rows, (row) => goTo(row)));
  view.append(...histograms(session));
  if (session.noise) view.append(noise(session));
  if (!rows.length) return view;
  const pane = make("aside", "detail");
  pane.tabIndex = -1;
  pane.hidden = true;
  pane.setAttribute("aria-label", "Exchange");
  let opener = null;
  const close = () => {
    pane.hidden = true;
    ++pane.turn;
    (opener?.isConnected ? opener : diagram.box).focus();
  };
  diagram = new Diagram((row) => {
    if (!pane.contains(document.activeElement)) opener = document.activeElement.closest("button, .diagram");
    showDetail(pane, session, row, close);
  }, session.tooLate?.budget ?? null);
  const shown = () => rows.filter((row) => (call.value === "" || row.calls.includes(Number(call.value))) &&
    (leg.value === "" || row.leg === Number(leg.value)) && (found.value === "" ||
      row.findings.some((finding) => found.value === "any" || finding.kind === found.value)));
  const filter = () => {
    const left = shown();
    count.textContent = `${left.length} of ${rows.length}`;
    diagram.selected = -1;
    diagram.box.scrollTop = 0;
    diagram.show(left, rows);
  };
  const goTo = (row) => {
    if (!row || diagram.goTo(row)) return;
    call.value = leg.value = found.value = "";
    filter();
    diagram.goTo(row);
  };
  const kinds = [...new Set(session.findings.map((finding) => finding.kind))];
  const call = choice("Call", [["", "every call"], ...session.page.calls.map((id, i) => [i, "call " + id.slice(0, 8)])], filter);
  const leg = choice("Leg", [["", "both legs"], [0, "to the bot"], [1, "to Graph"]], filter);
  const found = choice("Finding", [["", "found or not"], ["any", "any finding"], ...kinds.map((kind) => [kind, kind])], filter);
  const count = make("span", "note");
  count.setAttribute("role", "status");
  const head = (title) => make("span", "head", null, make("i", "", "Graph"), make("b", "", title), make("i", "", "bot"));
  view.append(make("div", "tools", null, call, leg, found, button("+", "Stretch the time axis", () => diagram.setZoom(diagram.zoom * 2)),
    button("−", "Shrink the time axis", () => diagram.setZoom(diagram.zoom / 2)), count));
  const legend = (areApart(rows) ? "each call has its own clock · " : "") +
    "● finding · bar: until the answer · +ms: sent later than it was due";
  view.append(findingsList(session, (at) => goTo(rows[at])), make("div", "heads", null, head("Recorded"), head("Live"),
    make("span", "", legend)), make("div", "panes", null, diagram.box, pane));
  view.addEventListener("keydown", (event) => { if (event.key === "Escape" && !pane.hidden) close(); });
  filter();
  return view;
}

function route() {
  const at = location.hash.slice(1);
  const session = run.sessions[/^\d+$/.test(at) ? Number(at) : run.sessions.length + run.notPlayed.length === 1 ? 0 : -1];
  const before = shown;
  shown = session ? run.sessions.indexOf(session) : -1;
  diagram = null;
  document.getElementById("app").replaceChildren(session ? sessionView(session) : summary());
  if (session) document.title = visible(`${session.name || session.file}: ${session.judgement ?? "not judged"} · Rollcall`);
  scrollTo(0, 0);
  if (!session) document.querySelector(`a[href="#${before}"]`)?.focus();
}

function printing(begins) {
  document.documentElement.classList.toggle("printing", begins);
  diagram?.print(begins);
}

let diagram = null;  // that of the session in view
let shown = -1;      // which that is
addEventListener("hashchange", route);
addEventListener("beforeprint", () => printing(true));
addEventListener("afterprint", () => printing(false));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => diagram?.draw());
narrow.addEventListener("change", () => diagram?.show(diagram.rows, diagram.all));
route();
