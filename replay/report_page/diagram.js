// The sequence diagram: arrows at their true times on a canvas as large as the window, texts as rows beside it. Only what
// is in view is drawn, and only what is in view has elements.
class Diagram {
  /// `budget`: how late a delivery may be, null if nobody said.
  constructor(open, budget) {
    this.open = open;
    this.budget = budget;
    this.zoom = 1;
    this.selected = -1;
    this.canvas = make("canvas", "arrows");
    this.canvas.setAttribute("aria-hidden", "true");
    this.rowsBox = make("div", "rows");
    this.space = make("div", "space", null, this.canvas, this.rowsBox);
    this.box = make("div", "diagram", null, this.space);
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "listbox");
    this.box.setAttribute("aria-label", "Exchanges in order of time; Enter opens one");
    this.box.addEventListener("scroll", () => this.draw());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.space.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  /// On paper there is nothing to scroll: all of it, unless that would be a book.
  print(begins) {
    this.box.classList.toggle("whole", begins && this.layout.height < 15000);
    this.draw();
  }

  show(rows, all) {
    [this.rows, this.all] = [rows, all];
    this.layout = layoutOf(rows, all, this.zoom);
    this.space.style.height = this.layout.height + "px";
    this.selected = Math.min(this.selected, rows.length - 1);
    this.made = new Map();  // place of a row -> its element
    this.rowsBox.replaceChildren(...(rows.length ? [] : [make("p", "empty note", "No exchange is left by these filters.")]));
    this.draw();
  }

  // What is selected, or else at the top, stays where it is.
  setZoom(zoom) {
    const inView = firstFrom(this.layout.placed, "top", this.box.scrollTop), row = this.layout.placed[this.selected];
    const held = row && this.isInView(row) ? row : this.layout.placed[inView];
    const from = held ? held.top - this.box.scrollTop : 0;
    this.zoom = Math.min(64, Math.max(1, zoom));
    this.show(this.rows, this.all);
    if (held) this.box.scrollTop = held.top - from;
    this.draw();
  }

  isInView(row) {
    return row.top >= this.box.scrollTop && row.top + this.layout.rowHeight <= this.box.scrollTop + this.box.clientHeight;
  }

  select(place) {
    const rows = this.layout.placed;
    if (!rows.length) return;
    this.selected = Math.min(rows.length - 1, Math.max(0, place));
    if (!this.isInView(rows[this.selected])) this.box.scrollTop = rows[this.selected].top - this.box.clientHeight / 2;
    this.draw();
  }

  goTo(row) {
    const place = this.layout.placed.indexOf(row);
    if (place < 0) return false;
    this.select(place);
    this.open(row);
    return true;
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.layout.rowHeight) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    if (event.key in moves) this.select(this.selected + moves[event.key]);
    else if ([" ", "Enter"].includes(event.key) && this.selected >= 0) this.open(this.layout.placed[this.selected]);
    else return;
    event.preventDefault();
  }

  click(event) {
    const option = event.target.closest(".row");
    if (option) return this.goTo(this.layout.placed[Number(option.dataset.place)]);
    const y = event.clientY - this.space.getBoundingClientRect().top;
    const rows = this.layout.placed, at = firstFrom(rows, "at", y);
    const near = [rows[at - 1], rows[at]].filter(Boolean).sort((a, b) => Math.abs(a.at - y) - Math.abs(b.at - y))[0];
    if (near) this.goTo(near);
  }

  draw() {
    if (!this.layout) return;
    const top = this.box.scrollTop, view = this.box.clientHeight, width = this.canvas.clientWidth;
    this.arrows(top, view, width);
    this.texts(top, view);
    if (this.made.has(this.selected)) this.box.setAttribute("aria-activedescendant", "row" + this.selected);
    else this.box.removeAttribute("aria-activedescendant");
  }

  // The rows in view. Those that were there already stay: to make them all anew at each step would not be smooth.
  texts(top, view) {
    const rows = this.layout.placed, first = firstFrom(rows, "top", top - this.layout.rowHeight);
    const end = firstFrom(rows, "top", top + view);
    for (const [place, element] of this.made) {
      if (place >= first && place < end) continue;
      element.remove();
      this.made.delete(place);
    }
    let next = null;
    for (let place = end - 1; place >= first; --place) {
      const element = this.made.get(place) ?? this.element(rows[place], place);
      if (!this.made.has(place)) this.rowsBox.insertBefore(element, next);
      this.made.set(place, element);
      element.classList.toggle("selected", place === this.selected);
      element.setAttribute("aria-selected", String(place === this.selected));
      next = element;
    }
  }

  element(row, place) {
    const outcome = (row.live ?? row.recorded).outcome;
    const element = make("div", row.findings.length ? "row found" : "row", null, make("span", "time", ((row.recorded ?? row.live).sent / 1e6).toFixed(3)),
      make("span", "leg", row.leg ? "bot → Graph" : "→ bot"), make("span", "what", inShort(row.what)));
    const more = make("span", "more", null, make("span", "outcome", outcome));
    if (row.live?.late > 0) {
      const late = make("span", "late", "+" + milliseconds(row.live.late));
      late.title = "sent so much later than it was due";
      if (this.budget !== null && row.live.late > this.budget) late.classList.add("alert");
      more.append(late);
    }
    const byHand = row.live?.byHand || row.recorded?.byHand;
    if (byHand) more.append(make("span", "badge", byHand));
    for (const finding of row.findings.slice(0, 2)) more.append(make("span", "badge", finding.kind));
    element.append(more);
    element.title = visible(row.what);
    element.id = "row" + place;
    element.dataset.place = place;
    element.setAttribute("role", "option");
    element.setAttribute("aria-posinset", String(place + 1));
    element.setAttribute("aria-setsize", String(this.layout.placed.length));
    element.style.top = row.top + "px";
    return element;
  }

  arrows(top, view, width) {
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(view * ratio);
    this.canvas.style.height = view + "px";
    const pen = this.canvas.getContext("2d");
    const style = getComputedStyle(this.canvas);
    const ink = style.getPropertyValue("--ink"), soft = style.getPropertyValue("--soft"), quiet = style.getPropertyValue("--quiet");
    const accent = style.getPropertyValue("--accent"), paper = style.getPropertyValue("--card");
    pen.scale(ratio, ratio);
    const half = width / 2, [graph, bot] = half < 100 ? [half * 0.55, half * 0.93] : [half * 0.34, half * 0.9];
    const sides = { recorded: [graph, bot], live: [half + graph, half + bot] };
    for (const x of [...sides.recorded, ...sides.live]) this.line(pen, soft, x, 0, x, view);
    for (const row of this.layout.placed) {
      if (row.reach[0] > top + view + 4 || row.reach[1] < top - 4) continue;
      const near = row.top < top + view && row.top > top - this.layout.rowHeight && row.at > top - view;
      if (near) this.leaders(pen, row, sides, row.findings.length ? accent : soft, width, top);
      const color = row.findings.length ? accent : ink;
      for (const side of ["recorded", "live"]) if (row[side]) this.arrow(pen, row, side, sides[side], color, top, view);
    }
    pen.font = "10px system-ui, sans-serif";
    for (const side of ["recorded", "live"]) this.ticks(pen, side, side === "live" ? half : 0, quiet, paper, top, view);
  }

  // From the exchange to its text. What did not come leaves a gap, with a broken line across it.
  leaders(pen, row, sides, color, width, top) {
    const y = row.at - top, end = sides.live[1];
    if (!row.live) this.line(pen, color, sides.recorded[1], y, end, y, [2, 4]);
    this.line(pen, color, end, y, width, row.top + this.layout.rowHeight / 2 - top);
  }

  // A delivery goes right, to the bot; a request of the bot goes left. The bar is the time until its answer.
  arrow(pen, row, side, [graph, bot], color, top, view) {
    const at = (time) => this.layout.y(side, time) - top;
    const y = at(row[side].sent), end = row[side].ended === null ? y : at(row[side].ended);
    const due = row[side].due === null ? y : Math.min(y, at(row[side].due));
    const [from, to] = row.leg ? [bot, graph] : [graph, bot], head = Math.sign(from - to) * 5;
    if (y - due > 2) {  // late: from when it was due
      this.line(pen, color, from - 4, due, from + 4, due);
      this.line(pen, color, from, due, from, y, [2, 2]);
    }
    pen.lineWidth = row.findings.length ? 2 : 1;
    this.line(pen, color, from, y, to, y);
    this.line(pen, color, to, y, to + head, y - 3);
    this.line(pen, color, to, y, to + head, y + 3);
    pen.fillStyle = color;
    pen.fillRect(to - 2, y, 4, Math.max(1, end - y));
    if (row.findings.length) { pen.beginPath(); pen.arc(from, y, 4, 0, 7); pen.fill(); }
    pen.lineWidth = 1;
  }

  // Times stand before what is drawn, with an edge of the ground's colour, so that they can be read upon a line.
  ticks(pen, side, x, color, ground, top, view) {
    const { start, scale } = this.layout.axes[side];
    let step = 1000;
    for (let i = 1; step * scale < 60; ++i) step *= i % 3 === 2 ? 2.5 : 2;
    pen.strokeStyle = ground;
    pen.fillStyle = color;
    pen.lineWidth = 3;
    for (let t = Math.ceil((start + (top - 12) / scale) / step) * step; this.layout.y(side, t) < top + view; t += step) {
      const text = t >= 1e6 ? +(t / 1e6).toFixed(3) + " s" : t / 1000 + " ms", y = this.layout.y(side, t) - top + 10;
      pen.strokeText(text, x + 3, y);
      pen.fillText(text, x + 3, y);
    }
    pen.lineWidth = 1;
  }

  line(pen, color, x, y, toX, toY, dashes = []) {
    pen.strokeStyle = color;
    pen.setLineDash(dashes);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(toX, toY);
    pen.stroke();
  }
}
