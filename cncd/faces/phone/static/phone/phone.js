// The line on top says in words what waits on this phone; what waits is sent when there is a network.

import { count } from "./outbox.js";
import { flush } from "./sending.js";

const { user, outbox } = document.body.dataset;
const line = document.getElementById("line");
const online = line?.innerHTML;

async function tell() {
  if (!line) return;
  const [waiting, refused] = await Promise.all([count("waiting"), count("refused")]);
  const parts = [];
  if (refused) parts.push(line.dataset.refused.replace("#", refused));
  if (waiting) parts.push(line.dataset.waiting.replace("#", waiting));
  if (!navigator.onLine) parts.push(line.dataset.offline);
  line.classList.toggle("is-offline", parts.length > 0);
  if (!parts.length) {
    line.innerHTML = online;
    return;
  }
  const dot = document.createElement("span");
  dot.className = "dot";
  const link = document.createElement("a");
  link.href = outbox;
  link.textContent = parts.join(" · ");
  line.replaceChildren(dot, " ", link);
}

async function sendAndTell(options) {
  await tell();
  if (user && navigator.onLine && (await count("waiting"))) {
    await flush(user, options);
    await tell();
  }
}

addEventListener("online", () => sendAndTell({ now: true }));
addEventListener("offline", tell);
addEventListener("kept", tell);
document.addEventListener("visibilitychange", () => document.hidden || sendAndTell());
setInterval(() => document.hidden || sendAndTell(), 30_000);
sendAndTell();
