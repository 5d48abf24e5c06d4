// The explorer on a page of its own, which asks the program that served it, and nobody else.

import { mount } from "./explorer.js";
import { speaker } from "./speaker.js";

const tab = crypto.randomUUID();
const voice = JSON.parse(document.getElementById("voice").textContent);
const say = speaker(voice);

function packed(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unpacked(text) {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
}

mount(document.getElementById("explorer"), {
  voice,
  async ask(message) {
    const reply = await fetch("ask", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ tab, message }) });
    if (!reply.ok) throw new Error(say("view-status", { status: reply.status }));
    return reply.json();
  },
  link: (text) => `${location.origin}${location.pathname}#${packed(text)}`,
  begun({ restore }) {
    const come = () => {
      try {
        if (location.hash.length > 1) restore(unpacked(location.hash.slice(1)));
      } catch {
        restore("");
      }
    };
    addEventListener("hashchange", come);
    come();
  },
});
