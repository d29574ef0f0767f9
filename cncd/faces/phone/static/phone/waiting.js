// The page of what waits on this phone: what, since when, why not; send now, change, remove.

import { PHOTO, get, newest } from "./outbox.js";
import { photosWaiting } from "./photos.js";
import { flush } from "./sending.js";
import { dropMine, sendMine, table } from "./sides.js";
import { lostBefore, sawLost } from "./storage.js";

const MOST = 100; // rows shown; the line on top counts all
const list = document.getElementById("outbox"), words = list.dataset;
const { user } = document.body.dataset;
const officer = document.querySelector(".phone-call a[href^='tel:']")?.getAttribute("href") ?? localStorage.getItem("officer");

const STATES = [["refused", words.refused], ["waiting", words.waiting], ["recorded", words.recorded]];

async function draw() {
  const parts = [];
  for (const [state, title] of STATES) {
    const rows = await newest(state, MOST);
    if (!rows.length) continue;
    for (const row of rows) row.photos = row.kind === PHOTO ? 0 : await photosWaiting(row.id);
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
  const body = document.createElement(row.answer.page ? "a" : "div");
  if (row.answer.page) body.href = row.answer.page;
  body.append(inWords(row, row.answer.told));
  const item = document.createElement("li");
  item.append(body);
  return item;
}

function open(row) {
  const item = document.createElement("li");
  const body = document.createElement("div");
  body.className = "outbox-row";
  body.append(inWords(row, row.state === "refused" ? row.why.told : said(row)));
  for (const [, label, message] of row.why?.faults ?? []) body.append(small(label ? `${label}: ${message}` : message));
  const choice = row.state === "refused" && row.user === user ? row.why.choice : null;
  const sides = choice && table(choice);
  if (sides) body.append(sides);
  const buttons = document.createElement("p");
  buttons.className = "outbox-buttons";
  if (choice?.tap) buttons.append(button(choice.tap, "btn-primary", () => sendMine(row)));
  for (const [tap, again] of choice?.taps ?? []) buttons.append(button(tap, "btn-primary", () => sendMine(row, again)));
  if (choice?.drop) buttons.append(button(choice.drop, "btn-outline-primary", () => confirm(words.sureDrop) && dropMine(row)));
  if (row.page && row.user === user && !choice?.drop && row.why?.state !== "different") buttons.append(link(words.change, `${row.page}${row.page.includes("?") ? "&" : "?"}again=${row.id}`));
  if (row.why?.page && row.why.page !== row.page) buttons.append(link(words.look, row.why.page));
  if (row.state === "refused" && officer) buttons.append(link(words.ask, officer));
  if (!choice?.drop) buttons.append(button(words.remove, "btn-outline-primary", () => confirm(row.tries ? words.sureTried : words.sure) && dropMine(row)));
  body.append(buttons);
  item.append(body);
  return item;
}

/** A button that does something to what waits; then it is sent, and the list drawn anew. */
function button(text, look, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-sm ${look}`;
  made.textContent = text;
  made.addEventListener("click", async () => {
    if ((await act()) === false) return;
    dispatchEvent(new Event("kept"));
    await flush(user, { now: true });
    dispatchEvent(new Event("kept"));
    draw();
  });
  return made;
}

function inWords(row, text) {
  const told = document.createElement("span"), name = document.createElement("strong");
  name.textContent = row.kind === PHOTO ? `${words.photo}: ${row.title}` : row.title;
  told.append(name, small(new Date(row.made).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" })));
  if (text) told.append(small(text));
  if (row.photos) told.append(small(words.photos.replace("#", row.photos)));
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
addEventListener("sent", draw);
draw();

const kept = new URLSearchParams(location.search).get("kept");
if (kept && (await get(kept))?.state === "waiting") document.getElementById("kept").hidden = false;

// What a full phone threw away is said until its owner has read it.
const gone = lostBefore(), notice = document.getElementById("lost");
if (gone) {
  notice.hidden = false;
  notice.querySelector("span").textContent = notice.dataset.told.replace("#", gone);
  notice.querySelector("button").addEventListener("click", () => {
    sawLost();
    notice.hidden = true;
    dispatchEvent(new Event("kept"));
  });
}
