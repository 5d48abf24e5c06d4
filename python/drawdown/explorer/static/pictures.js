// What each tab shows of an answer.

import { chart, day, legend } from "./chart.js";
import { h, s, table } from "./dom.js";

const ROW = 34;

function figure(title, note, box, items) {
  return h("figure", null, h("figcaption", null, h("h3", { text: title }), note ? h("p", { class: "small", text: note }) : null),
    legend(items), box);
}

function people(box, answer, part, small) {
  const xs = answer.people.weeks.map(day);
  const top = Math.max(...part.p90, ...part.announced, ...(part.base || [0]));
  const last = part.p50[part.p50.length - 1];
  chart(box, {
    height: small ? 150 : 270,
    label: `${part.title}: people on site by week, from ${part.p50[0]} at the start to ${last} at the end in the middle history; ${answer.verdict}`,
    x: { dates: true, min: xs[0], max: xs[xs.length - 1] },
    y: { top },
    layers: [
      { kind: "band", class: "band", xs, low: part.p10, high: part.p90 },
      part.base ? { kind: "line", class: "base", xs, ys: part.base } : null,
      { kind: "line", class: "announced", xs, ys: part.announced },
      { kind: "line", class: "main", xs, ys: part.p50 },
    ],
  });
}

function finish(box, answer) {
  const found = answer.finish;
  if (!found) return box.replaceChildren(h("p", { text: "Nobody is to leave under this plan: there is no finish." }));
  const xs = found.days.map(day), time = answer.on_time;
  chart(box, {
    height: 240,
    label: `The chance that everything is done by each date; ${answer.verdict}`,
    x: { dates: true, min: xs[0], max: xs[xs.length - 1] },
    y: { max: 1, percent: true },
    layers: [
      { kind: "band", class: "band", xs, low: found.low, high: found.high },
      found.base ? { kind: "line", class: "base", xs, ys: found.base } : null,
      { kind: "line", class: "main", xs, ys: found.share },
      time ? { kind: "rule", class: "announced", at: day(time.by), text: `announced ${time.by}` } : null,
      time ? { kind: "dot", class: "dot", at: day(time.by), y: time.share } : null,
    ],
  });
}

function exceedance(box, answer) {
  const found = answer.exceedance;
  if (!found) return box.replaceChildren(h("p", { text: "The scenario has no threats: nobody is harmed." }));
  const xs = found.levels;
  chart(box, {
    height: 240,
    label: "The chance of that many wounded and killed, or more",
    x: { min: 0, max: xs[xs.length - 1] },
    y: { max: 1, percent: true },
    layers: [
      { kind: "band", class: "band", xs, low: found.low, high: found.high },
      found.base ? { kind: "line", class: "base", xs, ys: found.base } : null,
      { kind: "line", class: "main", xs, ys: found.share },
    ],
  });
}

function differences(box, rows) {
  const shown = rows.filter((row) => row.share);
  if (!shown.length) {
    box.replaceChildren(h("p", { class: "quiet", text: "This is the baseline. Move something, and what it adds and takes away is drawn here." }));
    return;
  }
  const width = Math.max(box.clientWidth || 640, 260), left = Math.min(170, width * 0.36), right = 16;
  const most = Math.max(0.02, ...shown.flatMap((row) => row.share.map(Math.abs)));
  if (!box.ddMost || most > box.ddMost || most < box.ddMost / 3) box.ddMost = most * 1.25;
  const over = (at) => left + ((at + box.ddMost) / (2 * box.ddMost)) * (width - left - right);
  const height = shown.length * ROW + 30;
  const told = shown.map((row) => `${row.name} ${row.more} (${row.ends})`).join("; ");
  const sheet = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `Differences to the baseline: ${told}` });
  sheet.append(s("line", { class: "zero", x1: over(0), x2: over(0), y1: 4, y2: height - 24 }));
  shown.forEach((row, k) => {
    const at = k * ROW + 20, [mid, low, high] = row.share, kind = row.sure ? "sure" : "open";
    sheet.append(
      s("text", { class: "name", x: left - 10, y: at + 4, "text-anchor": "end", text: row.name }),
      s("line", { class: `reach ${kind}`, x1: over(low), x2: over(high), y1: at, y2: at }),
      s("circle", { class: `point ${kind}`, cx: over(mid), cy: at, r: 5 }),
      s("text", { class: "note", x: over(mid), y: at - 9, "text-anchor": "middle", text: row.more }));
  });
  for (const share of [-box.ddMost / 1.25, box.ddMost / 1.25]) {
    const text = `${share > 0 ? "+" : "−"}${Math.abs(share * 100).toPrecision(2)} %`;
    sheet.append(s("text", { class: "tick", x: over(share), y: height - 6, "text-anchor": "middle", text }));
  }
  sheet.append(s("text", { class: "tick", x: over(0), y: height - 6, "text-anchor": "middle", text: "as the baseline" }));
  box.replaceChildren(sheet);
}

function measures(rows, caption) {
  const beside = rows.some((row) => row.more);
  const head = ["", "unit", "mean", "95 %", ...(beside ? ["more than the baseline", "95 %"] : [])];
  return table(head, rows.map((row) => [row.name, row.unit, row.mean, row.interval, ...(beside ? [row.more, row.ends] : [])]), caption);
}

const BAND = ["band", "eight histories of ten"];
const SURE = ["band", "95 % interval"];
const BASE = ["base", "baseline"];

export function schedule() {
  const boxes = { all: h("div", { class: "box" }), finish: h("div", { class: "box" }) };
  const sites = h("div", { class: "sites" }), dates = h("div");
  const node = h("div", null,
    figure("People on site, by week", "", boxes.all, [["main", "in the middle history"], BAND, ["announced", "announced"], BASE]),
    figure("When everything is done", "The chance that it is done by the end of each date.", boxes.finish, [["main", "this setting"], SURE, BASE]),
    h("h3", { text: "Site by site" }), sites, h("h3", { text: "Dates" }), dates);
  return {
    node,
    show(answer) {
      const [all, ...each] = answer.people.parts;
      people(boxes.all, answer, all, false);
      finish(boxes.finish, answer);
      while (sites.children.length > each.length) sites.lastChild.remove();
      each.forEach((part, k) => {
        if (!sites.children[k]) sites.append(h("div", null, h("h4"), h("div", { class: "box" })));
        sites.children[k].firstChild.textContent = part.title;
        people(sites.children[k].lastChild, answer, part, true);
      });
      dates.replaceChildren(table(answer.dates.head, answer.dates.rows, "Dates"));
    },
  };
}

export function losses() {
  const boxes = { apart: h("div", { class: "box" }), exceed: h("div", { class: "box" }) }, numbers = h("div");
  const node = h("div", null,
    h("figure", null, h("figcaption", null, h("h3", { text: "What this setting adds and takes away" }),
      h("p", { class: "small", text: "Beside the baseline, in the same histories, in parts of what the baseline expects; the line is the 95 % interval, hollow where it does not tell from none." })), boxes.apart),
    figure("How bad it can get", "The chance of that many wounded and killed, or more, up to the horizon.", boxes.exceed, [["main", "this setting"], SURE, BASE]),
    h("h3", { text: "What is expected" }), numbers);
  return {
    node,
    show(answer) {
      differences(boxes.apart, answer.losses);
      exceedance(boxes.exceed, answer);
      numbers.replaceChildren(measures(answer.losses, "Losses"));
    },
  };
}

export function decisions() {
  const numbers = h("div");
  return {
    node: numbers,
    show(answer) {
      numbers.replaceChildren(answer.decisions.length ? measures(answer.decisions, "Decisions")
        : h("p", { text: "The plan decides nothing as it goes: there is nothing to tell." }));
    },
  };
}
