// What each tab shows of an answer.

import { chart, day, legend } from "./chart.js";
import { h, s, table } from "./dom.js";

const ROW = 34, SMALL = 104;

function figure(title, note, box, items) {
  return h("figure", null, h("figcaption", null, h("h2", { text: title }), note ? h("p", { class: "small", text: note }) : null),
    legend(items), box);
}

function people(say, box, answer, part, small) {
  const xs = answer.people.weeks.map(day);
  const top = Math.max(...part.p90, ...part.announced, ...(part.base || [0]));
  const last = part.p50[part.p50.length - 1];
  chart(say, box, {
    height: small ? 150 : 270,
    label: say("view-people-label", { place: part.title, first: part.p50[0], last, verdict: answer.verdict }),
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

function finish(say, box, answer, small) {
  const found = answer.finish;
  if (!found) return box.replaceChildren(h("p", { text: say("view-no-finish") }));
  const xs = found.days.map(day), time = answer.on_time;
  chart(say, box, {
    height: small ? SMALL : 240,
    label: say("view-finish-label", { verdict: answer.verdict }),
    x: { dates: true, min: xs[0], max: xs[xs.length - 1] },
    y: { max: 1, percent: true },
    layers: [
      { kind: "band", class: "band", xs, low: found.low, high: found.high },
      found.base ? { kind: "line", class: "base", xs, ys: found.base } : null,
      { kind: "line", class: "main", xs, ys: found.share },
      time ? { kind: "rule", class: "announced", at: day(time.by), text: say.drawn(say("view-announced-on", { date: time.by })) } : null,
      time ? { kind: "dot", class: "dot", at: day(time.by), y: time.share } : null,
    ],
  });
}

function exceedance(say, box, answer, small) {
  const found = answer.exceedance;
  if (!found) return box.replaceChildren(h("p", { text: say("view-no-threats") }));
  const xs = found.levels;
  chart(say, box, {
    height: small ? SMALL : 240,
    label: say("view-bad-label"),
    x: { min: 0, max: xs[xs.length - 1] },
    y: { max: 1, percent: true },
    layers: [
      { kind: "band", class: "band", xs, low: found.low, high: found.high },
      found.base ? { kind: "line", class: "base", xs, ys: found.base } : null,
      { kind: "line", class: "main", xs, ys: found.share },
    ],
  });
}

// The picture of a tab, small, for where there is no room beside the controls.
export function glance(say, box, answer, tab) {
  if (tab === "losses" && answer.exceedance) exceedance(say, box, answer, true);
  else if (answer.finish) finish(say, box, answer, true);
  else people(say, box, answer, answer.people.parts[0], true);
}

function differences(say, box, rows) {
  const shown = rows.filter((row) => row.share);
  if (!shown.length) {
    box.replaceChildren(h("p", { class: "quiet", text: say("view-apart-none") }));
    return;
  }
  const width = Math.max(box.clientWidth || 640, 260), left = Math.min(170, width * 0.36), right = 16;
  const most = Math.max(0.02, ...shown.flatMap((row) => row.share.map(Math.abs)));
  if (!box.ddMost || most > box.ddMost || most < box.ddMost / 3) box.ddMost = most * 1.25;
  const over = (at) => left + ((at + box.ddMost) / (2 * box.ddMost)) * (width - left - right);
  const height = shown.length * ROW + 30;
  const told = shown.map((row) => say("view-apart-one", { name: row.name, more: row.more, ends: row.ends })).join(say("list-semicolon"));
  const sheet = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": say("view-apart-label", { told }) });
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
    const text = `${share > 0 ? "+" : "−"}${say.field(Math.abs(share * 100).toPrecision(2))} %`;
    sheet.append(s("text", { class: "tick", x: over(share), y: height - 6, "text-anchor": "middle", text }));
  }
  sheet.append(s("text", { class: "tick", x: over(0), y: height - 6, "text-anchor": "middle", text: say("view-as-the-baseline") }));
  box.replaceChildren(sheet);
}

function measures(say, rows, caption) {
  const beside = rows.some((row) => row.more);
  const head = ["", say("view-unit"), say("view-mean"), say("view-95"), ...(beside ? [say("view-more-than"), say("view-95")] : [])];
  return table(head, rows.map((row) => [row.name, row.unit, row.mean, row.interval, ...(beside ? [row.more, row.ends] : [])]), caption);
}

// Lines and bands that more than one picture has, for their legends.
const sure = (say) => ["band", say("view-interval")];
const base = (say) => ["base", say("view-the-baseline")];

export function schedule(say) {
  const boxes = { all: h("div", { class: "box" }), finish: h("div", { class: "box" }) };
  const sites = h("div", { class: "sites" }), dates = h("div");
  const node = h("div", null,
    figure(say("view-people"), "", boxes.all, [["main", say("view-in-the-middle")], ["band", say("view-band")], ["announced", say("view-announced")], base(say)]),
    figure(say("view-finish"), say("view-finish-note"), boxes.finish, [["main", say("view-this")], sure(say), base(say)]),
    h("h2", { text: say("view-site-by-site") }), sites, h("h2", { text: say("view-dates") }), dates);
  return {
    node,
    show(answer) {
      const [all, ...each] = answer.people.parts;
      people(say, boxes.all, answer, all, false);
      finish(say, boxes.finish, answer);
      while (sites.children.length > each.length) sites.lastChild.remove();
      each.forEach((part, k) => {
        if (!sites.children[k]) sites.append(h("div", null, h("h3"), h("div", { class: "box" })));
        sites.children[k].firstChild.replaceChildren(say.authors(part.title));
        people(say, sites.children[k].lastChild, answer, part, true);
      });
      dates.replaceChildren(table(answer.dates.head, answer.dates.rows, say("view-dates")));
    },
  };
}

export function losses(say) {
  const boxes = { apart: h("div", { class: "box" }), exceed: h("div", { class: "box" }) }, numbers = h("div");
  const node = h("div", null,
    h("figure", null, h("figcaption", null, h("h2", { text: say("view-apart") }),
      h("p", { class: "small", text: say("view-apart-note") })), boxes.apart),
    figure(say("view-bad"), say("view-bad-note"), boxes.exceed, [["main", say("view-this")], sure(say), base(say)]),
    h("h2", { text: say("view-expected") }), numbers);
  return {
    node,
    show(answer) {
      differences(say, boxes.apart, answer.losses);
      exceedance(say, boxes.exceed, answer);
      numbers.replaceChildren(measures(say, answer.losses, say("view-tab-losses")));
    },
  };
}

export function decisions(say) {
  const numbers = h("div");
  return {
    node: numbers,
    show(answer) {
      numbers.replaceChildren(answer.decisions.length ? measures(say, answer.decisions, say("view-tab-decisions"))
        : h("p", { text: say("view-no-decisions") }));
    },
  };
}
