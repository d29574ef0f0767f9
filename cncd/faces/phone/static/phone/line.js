// The line on top says in words what waits on this phone, and when the page was fetched.

import { PHOTOS_LAST, count } from "./outbox.js";
import { lost } from "./storage.js";

const line = document.getElementById("line");
const { outbox } = document.body.dataset;
const online = line?.innerHTML;
let fetched = null; // when the page was fetched, if it comes from this phone

export async function tell() {
  if (!line) return;
  const [all, photos, refused] = await Promise.all([count("waiting"), count("waiting", PHOTOS_LAST), count("refused")]);
  const { dataset: words } = line, parts = [], waiting = all - photos, gone = lost(all + refused);
  const many = { lost: gone, refused, waiting, photos };
  for (const [name, number] of Object.entries(many)) {
    if (number) parts.push(words[name].replace("#", number.toLocaleString("vi-VN")));
  }
  if (!navigator.onLine) parts.push(words.offline);
  if (fetched) parts.push(words.fetched.replace("#", moment(fetched)));
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

const ZONE = { timeZone: "Asia/Ho_Chi_Minh" };

function moment(date) {
  const time = date.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", ...ZONE });
  const day = (each) => each.toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", ...ZONE });
  return day(date) === day(new Date()) ? time : `${time} ${day(date)}`;
}

navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data.fetched) fetched = new Date(data.fetched);
  if (data.fetched || data.sent) tell();
});
navigator.serviceWorker?.controller?.postMessage({ ask: "fetched" });
// A page shown again by the way back says what is true now.
addEventListener("pageshow", (event) => event.persisted && tell());
