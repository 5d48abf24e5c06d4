// Says things in the language of the page. Messages and signs come from Python; values are put in here.

import { h } from "./dom.js";

// `say(key, values)` is a message; beside it stands how numbers are written, and what is marked as of
// another language than the page.
export function speaker({ language, rtl, words, months, signs }) {
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const written = (text) => text.replace(/[,.+−-]/g, (sign) => signs[sign] ?? sign);
  const decimal = signs["."] ?? ".";
  const inEnglish = language === "en" ? {} : { lang: "en", dir: "ltr" };
  const marked = (about, text) => (text && language !== "en" ? h("span", { ...about, text }) : text);

  return Object.assign(say, {
    language, rtl, months, inEnglish,
    number: (value) => written(value.toLocaleString("en", { maximumFractionDigits: 6 })),
    // As a field has it, which is also read: without what parts thousands.
    field: (value) => String(value).replace(".", decimal),
    read(text) {
      const found = text === "" ? NaN : Number(text.replace(decimal, "."));
      return Number.isFinite(found) ? found : text;
    },
    english: (text) => marked(inEnglish, text),
    // What an author wrote, whatever his language is.
    authors: (text) => marked({ dir: "auto" }, text),
    // Within a picture, which goes from left to right in every language.
    drawn: (text) => (rtl && /\p{Script=Arabic}/u.test(text) ? `\u2067${text}\u2069` : text),
  });
}
