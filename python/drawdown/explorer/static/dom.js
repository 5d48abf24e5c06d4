// Elements, made without any text being read as markup.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, about, children) {
  for (const [name, value] of Object.entries(about || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function h(tag, about, ...children) {
  return filled(document.createElement(tag), about, children);
}

export function s(tag, about, ...children) {
  return filled(document.createElementNS(SVG, tag), about, children);
}

let counted = 0;

export function fresh(name) {
  counted += 1;
  return `dd-${name}-${counted}`;
}

// A box of its own to scroll sideways in, by keyboard too.
export function scrolled(caption, node) {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, node);
}

// Cells are texts, or elements where a text has a language of its own.
export function table(head, rows, caption) {
  return scrolled(caption, h("table", null,
    h("caption", { class: "hidden", text: caption }),
    h("thead", null, h("tr", null, ...head.map((cell) => (cell ? h("th", { scope: "col" }, cell) : h("td"))))),
    h("tbody", null, ...rows.map(([name, ...cells]) => h("tr", null,
      h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", null, cell)))))));
}

export function saved(name, text, kind) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
