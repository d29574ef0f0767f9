// The page of what waits on this phone: what, since when, why not; send now, change, remove.

import { get, newest, remove } from "./outbox.js";
import { flush } from "./sending.js";

const MOST = 100; // rows shown; the line on top counts all
const list = document.getElementById("outbox"), words = list.dataset;
const { user } = document.body.dataset;

const STATES = [["refused", words.refused], ["waiting", words.waiting], ["recorded", words.recorded]];

async function draw() {
  const parts = [];
  for (const [state, title] of STATES) {
    const rows = await newest(state, MOST);
    if (!rows.length) continue;
    const head = document.createElement("h2");
    head.textContent = title;
    const held = document.createElement("ul");
    held.className = "rows outbox-rows";
    held.append(...rows.map((row) => (state === "recorded" ? recorded(row) : open(row))));
    parts.push(head, held);
  }
  if (!parts.length) {
    const empty = document.createElement("p");
    empty.className = "all-done";
    empty.textContent = words.empty;
    parts.push(empty);
  }
  list.replaceChildren(...parts);
}

function recorded(row) {
  const link = document.createElement("a");
  link.href = row.answer.page;
  link.append(inWords(row, row.answer.told));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function open(row) {
  const item = document.createElement("li");
  const body = document.createElement("div");
  body.className = "outbox-row";
  body.append(inWords(row, row.state === "refused" ? row.why.told : said(row)));
  for (const [, label, message] of row.why?.faults ?? []) body.append(small(label ? `${label}: ${message}` : message));
  const buttons = document.createElement("p");
  buttons.className = "outbox-buttons";
  buttons.append(link(words.change, `${row.page}${row.page.includes("?") ? "&" : "?"}again=${row.id}`));
  if (row.why?.page) buttons.append(link(words.look, row.why.page));
  const away = document.createElement("button");
  away.type = "button";
  away.className = "btn btn-outline-primary btn-sm";
  away.textContent = words.remove;
  away.addEventListener("click", async () => {
    if (confirm(row.tries ? words.sureTried : words.sure)) {
      await remove(row.id);
      dispatchEvent(new Event("kept"));
      draw();
    }
  });
  buttons.append(away);
  body.append(buttons);
  item.append(body);
  return item;
}

function inWords(row, text) {
  const told = document.createElement("span"), name = document.createElement("strong");
  name.textContent = row.title;
  told.append(name, small(new Date(row.made).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" })));
  if (text) told.append(small(text));
  return told;
}

const said = (row) => (row.user !== user ? words.other : row.outcome === "signed_out" ? words.signedOut : row.tries ? words.tried : words.fresh);

function small(text) {
  const line = document.createElement("small");
  line.textContent = text;
  return line;
}

function link(text, address) {
  const made = document.createElement("a");
  made.className = "btn btn-outline-primary btn-sm";
  made.href = address;
  made.textContent = text;
  return made;
}

document.getElementById("send-now").addEventListener("click", async () => {
  const outcomes = Object.values(await flush(user, { now: true }));
  if (outcomes.includes("signed_out")) location.assign("/account/login/?next=" + location.pathname);
  dispatchEvent(new Event("kept")); // the line on top counts anew
  draw();
});
addEventListener("online", () => setTimeout(draw, 1000));
draw();

const kept = new URLSearchParams(location.search).get("kept");
if (kept && (await get(kept))?.state === "waiting") document.getElementById("kept").hidden = false;
