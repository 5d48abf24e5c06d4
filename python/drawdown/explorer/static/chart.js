// Draws bands, lines and marks on two axes. It draws numbers as they come, and computes none.

import { h, s } from "./dom.js";

const LEFT = 52, RIGHT = 14, TOP = 12, BOTTOM = 26;

export function day(text) {
  return Date.parse(text) / 864e5;
}

function dateTicks(say, low, high, most) {
  const first = new Date(low * 864e5), last = new Date(high * 864e5);
  const span = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
  const every = [1, 3, 6, 12, 24, 60, 120].find((step) => span / step <= most) || 240;
  const found = [];
  const begin = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth() + (first.getUTCDate() > 1 ? 1 : 0)) / every) * every;
  for (let month = begin; ; month += every) {
    const year = Math.floor(month / 12), at = Date.UTC(year, month % 12, 1) / 864e5;
    if (at > high) return found;
    found.push({ at, text: every >= 12 ? String(year) : say.drawn(`${say.months[month % 12]} ${year}`) });
  }
}

function numberTicks(say, low, high, most) {
  const rough = (high - low) / Math.max(most, 1);
  const size = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 5, 10].map((k) => k * size).find((one) => one >= rough) || size;
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9) + 0; k * step <= high + step * 1e-9; k += 1) {
    found.push({ at: k * step + 0, text: say.number(k * step + 0) });
  }
  return found;
}

function rounded(value) {
  const size = 10 ** Math.floor(Math.log10(value || 1));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((k) => k * size).find((one) => one >= value * 0.999) || 1;
}

// The top of an axis stays where it is while a hand moves: it grows, and shrinks only by half.
function settled(box, top) {
  const before = box.ddTop || 0;
  if (top > before || top < before / 2) box.ddTop = rounded(top);
  return box.ddTop || 1;
}

export function chart(say, box, about) {
  const width = Math.max(box.clientWidth || 640, 260), height = about.height || 240;
  const { x, y } = about;
  const top = y.max === undefined ? settled(box, y.top) : y.max;
  const low = y.min || 0;
  const over = (at) => LEFT + ((at - x.min) / (x.max - x.min || 1)) * (width - LEFT - RIGHT);
  const up = (at) => height - BOTTOM - ((at - low) / (top - low || 1)) * (height - TOP - BOTTOM);
  const sheet = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": about.label });
  const ticks = x.dates ? dateTicks(say, x.min, x.max, width / 90) : numberTicks(say, x.min, x.max, width / 80);
  for (const tick of numberTicks(say, low, top, (height - TOP - BOTTOM) / 36)) {
    sheet.append(s("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: up(tick.at), y2: up(tick.at) }));
    const text = y.percent ? `${Math.round(tick.at * 100)} %` : tick.text;
    sheet.append(s("text", { class: "tick", x: LEFT - 7, y: up(tick.at) + 4, "text-anchor": "end", text }));
  }
  for (const tick of ticks) {
    sheet.append(s("line", { class: "grid", x1: over(tick.at), x2: over(tick.at), y1: TOP, y2: height - BOTTOM }));
    const edge = over(tick.at) > width - 40 ? "end" : "middle";
    sheet.append(s("text", { class: "tick", x: edge === "end" ? width - 2 : over(tick.at), y: height - 8, "text-anchor": edge, text: tick.text }));
  }
  for (const layer of about.layers) {
    if (layer) sheet.append(...drawn(layer, over, up, { width, height, x, top }));
  }
  box.replaceChildren(sheet);
}

function drawn(layer, over, up, frame) {
  const inside = (at) => at >= frame.x.min - 1e-9 && at <= frame.x.max + 1e-9;
  if (layer.kind === "band") {
    const there = layer.xs.map((at, k) => k).filter((k) => inside(layer.xs[k]) && layer.low[k] !== null && layer.high[k] !== null);
    const upper = there.map((k) => `${over(layer.xs[k]).toFixed(1)},${up(layer.high[k]).toFixed(1)}`);
    const lower = there.reverse().map((k) => `${over(layer.xs[k]).toFixed(1)},${up(layer.low[k]).toFixed(1)}`);
    return [s("polygon", { class: layer.class, points: [...upper, ...lower].join(" ") })];
  }
  if (layer.kind === "line") {
    const points = layer.xs.map((at, k) => [at, layer.ys[k]]).filter(([at, value]) => inside(at) && value !== null && value !== undefined);
    return [s("polyline", { class: layer.class, points: points.map(([at, value]) => `${over(at).toFixed(1)},${up(value).toFixed(1)}`).join(" ") })];
  }
  if (layer.kind === "rule" && inside(layer.at)) {
    const late = over(layer.at) > frame.width * 0.6;
    return [
      s("line", { class: layer.class, x1: over(layer.at), x2: over(layer.at), y1: TOP, y2: frame.height - BOTTOM }),
      s("text", { class: "note", x: over(layer.at) + (late ? -6 : 6), y: TOP + 11, "text-anchor": late ? "end" : "start", text: layer.text }),
    ];
  }
  if (layer.kind === "dot" && inside(layer.at)) {
    return [s("circle", { class: layer.class, cx: over(layer.at), cy: up(layer.y), r: 4.5 })];
  }
  return [];
}

export function legend(items) {
  return h("p", { class: "legend" }, ...items.map(([kind, text]) => h("span", { class: `of-${kind}` },
    s("svg", { width: 26, height: 12, "aria-hidden": "true" },
      kind === "band" ? s("rect", { class: "band", x: 1, y: 1, width: 24, height: 10 })
        : s("line", { class: kind, x1: 1, x2: 25, y1: 6, y2: 6 })), text)));
}
