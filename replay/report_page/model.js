"use strict";
// The data of the page, and where things stand on it. A row is one exchange: recorded, live, or both.
const run = JSON.parse(document.getElementById("data").textContent);

// On a phone a row has two lines.
const narrow = matchMedia("(max-width: 760px)");
const heightOfRow = () => narrow.matches ? 46 : 30;

function sideOf(values) {
  if (!values) return null;
  const [number, line, sent, ended, due, outcome, byHand] = values;
  return { number, line, sent, ended, due, outcome, byHand, late: due === null ? null : sent - due };
}

/// Rows of a session with their findings; nothing if the page holds the verdict alone.
function rowsOf(session) {
  if (!session.page) return [];
  const byRecorded = new Map(), byLive = new Map();
  const rows = session.page.rows.map(([leg, what, calls, recorded, live], index) => {
    const row = { index, leg, what, calls, recorded: sideOf(recorded), live: sideOf(live), findings: [] };
    if (row.recorded) byRecorded.set(row.recorded.number, row);
    if (row.live) byLive.set(row.live.number, row);
    return row;
  });
  for (const finding of session.findings ?? []) {
    const row = (finding.live && byLive.get(finding.live.exchange)) ??
      (finding.recorded && byRecorded.get(finding.recorded.exchange));
    if (row) row.findings.push(finding);
    finding.row = row ? row.index : -1;
  }
  return rows;
}

/// When these rows begin and end on these sides.
function spanOf(rows, sides) {
  const span = { from: Infinity, to: 1 };
  for (const row of rows) {
    for (const side of sides) {
      if (!row[side]) continue;
      span.from = Math.min(span.from, row[side].sent);
      span.to = Math.max(span.to, row[side].ended ?? row[side].sent);
    }
  }
  return span.from === Infinity ? { from: 0, to: 1 } : span;
}

/// Whether one call took so much longer than the other, as with --asap, that one clock cannot serve both.
function areApart(rows) {
  const [one, other] = ["recorded", "live"].map((side) => spanOf(rows, [side]).to);
  return rows.some((row) => row.recorded) && rows.some((row) => row.live) && Math.max(one, other) > 1.5 * Math.min(one, other);
}

/// Both calls on true time axes, of one clock or of two. Of `rows` that a filter left of `all`, the axes begin with the
/// first and end with the last. A row's text moves down where another one stands.
function layoutOf(rows, all, zoom) {
  const apart = areApart(all), rowHeight = heightOfRow();
  const height = Math.min(8e6, Math.max(420, rows.length * rowHeight) * zoom);
  const axes = {};
  for (const side of ["recorded", "live"]) {
    const { from, to } = spanOf(rows, apart ? [side] : ["recorded", "live"]);
    const start = rows.length === all.length ? 0 : from;
    axes[side] = { start, scale: height / Math.max(1, to - start) };
  }
  const y = (side, time) => (time - axes[side].start) * axes[side].scale;
  for (const row of rows) row.at = row.recorded ? y("recorded", row.recorded.sent) : y("live", row.live.sent);
  const placed = [...rows].sort((a, b) => a.at - b.at || a.index - b.index);
  let next = 0;
  for (const row of placed) {
    row.top = Math.max(next, row.at);
    next = row.top + rowHeight;
    const times = ["recorded", "live"].filter((side) => row[side]).flatMap((side) =>
      [row[side].due ?? row[side].sent, row[side].sent, row[side].ended ?? row[side].sent].map((time) => y(side, time)));
    row.reach = [Math.min(...times), Math.max(next, ...times)];  // all that is drawn of it
  }
  return { placed, axes, y, height: Math.max(height, next) + rowHeight, rowHeight, apart };
}

/// The first of the sorted rows whose `key` is not below `value`.
function firstFrom(rows, key, value) {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle][key] < value) low = middle + 1; else high = middle;
  }
  return low;
}

/// What the messages of a row hold: unpacked at the first look, a block at a time.
async function messagesOf(session, index) {
  const page = session.page;
  const block = Math.floor(index / page.rowsPacked);
  page.unpacked ??= new Map();
  if (!page.unpacked.has(block)) {
    const bytes = Uint8Array.from(atob(page.packed[block]), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    page.unpacked.set(block, JSON.parse(await new Response(stream).text()));
  }
  return page.unpacked.get(block)[index % page.rowsPacked];
}
