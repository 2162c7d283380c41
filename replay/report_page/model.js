"use strict";
// The data of the page, and where things stand on it. A row is one exchange: recorded, live, or both.
const run = JSON.parse(document.getElementById("data").textContent);
const rowHeight = 30;

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

/// Both calls on true time axes that begin at the top. One clock serves both unless one call took much longer, as with
/// --asap: then each has its own, and its ticks say so. A row's text moves down where another one stands.
function layoutOf(rows, zoom) {
  const lengthOf = (side) => rows.reduce((most, row) => Math.max(most, row[side] ? row[side].ended ?? row[side].sent : 0), 1);
  const recorded = lengthOf("recorded"), live = lengthOf("live");
  const apart = Math.max(recorded, live) > 1.5 * Math.min(recorded, live) && rows.some((row) => row.live);
  const height = Math.min(8e6, Math.max(420, rows.length * rowHeight) * zoom);
  const both = Math.max(recorded, live);
  const scale = { recorded: height / (apart ? recorded : both), live: height / (apart ? live : both) };
  for (const row of rows) {
    row.at = row.recorded ? row.recorded.sent * scale.recorded : row.live.sent * scale.live;
  }
  const placed = [...rows].sort((a, b) => a.at - b.at || a.index - b.index);
  let next = 0;
  for (const row of placed) {
    row.top = Math.max(next, row.at);
    next = row.top + rowHeight;
  }
  return { placed, scale, height: Math.max(height, next) + rowHeight, apart };
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
