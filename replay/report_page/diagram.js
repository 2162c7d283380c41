// The sequence diagram: arrows at their true times on a canvas as large as the window, texts as rows beside it. Only what
// is in view is drawn, and only what is in view has elements.
class Diagram {
  constructor(open) {
    this.open = open;
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
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  show(rows, all) {
    this.rows = rows;
    this.all = all;
    this.layout = layoutOf(rows, this.zoom);
    this.space.style.height = this.layout.height + "px";
    this.selected = Math.min(this.selected, rows.length - 1);
    this.draw();
  }

  setZoom(zoom) {
    this.zoom = Math.min(64, Math.max(1, zoom));
    this.show(this.rows, this.all);
    if (this.selected >= 0) this.select(this.selected);
  }

  select(place) {
    const rows = this.layout.placed;
    if (!rows.length) return;
    this.selected = Math.min(rows.length - 1, Math.max(0, place));
    const top = rows[this.selected].top, view = this.box.clientHeight;
    if (top < this.box.scrollTop || top + rowHeight > this.box.scrollTop + view) {
      this.box.scrollTop = top - view / 2;
    }
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
    const page = Math.max(1, Math.floor(this.box.clientHeight / rowHeight) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    if (event.key in moves) this.select(this.selected + moves[event.key]);
    else if (event.key === "Enter" && this.selected >= 0) this.open(this.layout.placed[this.selected]);
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
    const top = this.box.scrollTop, view = this.box.clientHeight, rows = this.layout.placed;
    const elements = [];
    for (let i = firstFrom(rows, "top", top - rowHeight); i < rows.length && rows[i].top < top + view; ++i) {
      elements.push(this.element(rows[i], i));
    }
    this.rowsBox.replaceChildren(...elements);
    if (this.selected >= 0) this.box.setAttribute("aria-activedescendant", "row" + this.selected);
    this.arrows(top, view);
  }

  element(row, place) {
    const name = ["row", row.findings.length ? "found" : "", place === this.selected ? "selected" : ""].join(" ");
    const outcome = (row.live ?? row.recorded).outcome;
    const element = make("div", name, null, make("span", "time", ((row.recorded ?? row.live).sent / 1e6).toFixed(3)),
      make("span", "leg", row.leg ? "bot → Graph" : "→ bot"), make("span", "what", inShort(row.what)),
      make("span", "outcome", outcome));
    if (row.live?.late > 0) element.append(make("span", "late", "+" + milliseconds(row.live.late)));
    const byHand = row.live?.byHand || row.recorded?.byHand;
    if (byHand) element.append(make("span", "badge", byHand));
    for (const finding of row.findings.slice(0, 2)) element.append(make("span", "badge", finding.kind));
    element.id = "row" + place;
    element.dataset.place = place;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", String(place === this.selected));
    element.setAttribute("aria-posinset", String(place + 1));
    element.setAttribute("aria-setsize", String(this.layout.placed.length));
    element.style.top = row.top + "px";
    return element;
  }

  arrows(top, view) {
    const width = this.canvas.clientWidth, ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(view * ratio);
    const pen = this.canvas.getContext("2d");
    const style = getComputedStyle(this.canvas);
    const ink = style.getPropertyValue("--ink"), soft = style.getPropertyValue("--soft"), quiet = style.getPropertyValue("--quiet");
    const accent = style.getPropertyValue("--accent");
    pen.scale(ratio, ratio);
    const half = width / 2, sides = { recorded: [half * 0.34, half * 0.9], live: [half * 1.34, half * 1.9] };
    pen.font = "10px system-ui, sans-serif";
    for (const side of ["recorded", "live"]) {
      pen.strokeStyle = soft;
      pen.fillStyle = quiet;
      for (const x of sides[side]) this.line(pen, x, 0, x, view);
      this.ticks(pen, this.layout.scale[side], side === "live" ? half : 0, top, view);
    }
    for (const row of this.layout.placed) {
      const color = row.findings.length ? accent : ink;
      for (const side of ["recorded", "live"]) if (row[side]) this.arrow(pen, row, side, sides[side], color, top, view);
      if (row.top < top + view && row.top > top - rowHeight && row.at > top - view) {
        pen.strokeStyle = row.findings.length ? accent : soft;
        this.line(pen, sides.live[1], row.at - top, width, row.top + rowHeight / 2 - top);
      }
    }
  }

  // A delivery goes right, to the bot; a request of the bot goes left. The bar is the time until its answer.
  arrow(pen, row, side, [graph, bot], color, top, view) {
    const scale = this.layout.scale[side], y = row[side].sent * scale - top;
    const end = row[side].ended === null ? y : row[side].ended * scale - top;
    if (end < -4 || y > view + 4) return;
    const [from, to] = row.leg ? [bot, graph] : [graph, bot], head = Math.sign(from - to) * 5;
    pen.strokeStyle = pen.fillStyle = color;
    pen.lineWidth = row.findings.length ? 2 : 1;
    this.line(pen, from, y, to, y);
    this.line(pen, to, y, to + head, y - 3);
    this.line(pen, to, y, to + head, y + 3);
    pen.fillRect(to - 2, y, 4, Math.max(1, end - y));
    if (row.findings.length) { pen.beginPath(); pen.arc(from, y, 4, 0, 7); pen.fill(); }
    pen.lineWidth = 1;
  }

  ticks(pen, scale, x, top, view) {
    let step = 1000;
    for (let i = 1; step * scale < 60; ++i) step *= i % 3 === 2 ? 2.5 : 2;
    for (let t = Math.floor(top / scale / step) * step; t * scale < top + view; t += step) {
      pen.fillText(t >= 1e6 ? +(t / 1e6).toFixed(3) + " s" : t / 1000 + " ms", x + 3, t * scale - top + 10);
    }
  }

  line(pen, x, y, toX, toY) {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(toX, toY);
    pen.stroke();
  }
}
