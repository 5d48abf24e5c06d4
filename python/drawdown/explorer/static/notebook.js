// The explorer in a notebook, which asks its kernel.

import { mount } from "./explorer.js";

function render({ model, el }) {
  const waiting = new Map();
  const listeners = [];
  let count = 0;
  const heard = (message) => {
    if (message.id === undefined) return listeners.forEach((listen) => listen(message));
    waiting.get(message.id)?.(message.answer || message);
    waiting.delete(message.id);
  };
  model.on("msg:custom", heard);
  const root = document.createElement("div");
  el.append(root);
  // Several views of one widget have one model: each hears its own answers.
  const view = Math.random().toString(36).slice(2);
  const unmount = mount(root, {
    ask: (message) => new Promise((resolve) => {
      count += 1;
      waiting.set(`${view}-${count}`, resolve);
      model.send({ id: `${view}-${count}`, message });
    }),
    voice: model.get("voice"),
    silence: "view-silence-kernel",
    told: (listen) => listeners.push(listen),
  });
  return () => { model.off("msg:custom", heard); unmount(); };
}

export default { render };
