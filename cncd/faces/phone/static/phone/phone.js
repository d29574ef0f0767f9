// What waits is sent when there is a network; the pages are kept for when there is none.

import { tell } from "./line.js";
import { count } from "./outbox.js";
import { flush } from "./sending.js";
import { forgetPractice } from "./storage.js";

const { user, worker, keep, later, unsent } = document.body.dataset;

async function sendAndTell(options) {
  await tell();
  if (user && navigator.onLine && (await count("waiting"))) {
    await flush(user, options);
    await tell();
    dispatchEvent(new Event("sent"));
  }
}

addEventListener("online", () => sendAndTell({ now: true }));
addEventListener("offline", tell);
addEventListener("kept", async () => {
  await tell();
  // The system sends it later even with the page closed, where it can.
  const { sync } = (await navigator.serviceWorker?.getRegistration()) ?? {};
  await sync?.register("outbox").catch(() => {});
});
document.addEventListener("visibilitychange", () => document.hidden || sendAndTell());
setInterval(() => document.hidden || sendAndTell(), 30_000);
sendAndTell();

// What was made for practice and not sent goes when the practice is over.
if (document.body.dataset.training) localStorage.setItem("practice", "1");
else if (localStorage.getItem("practice")) {
  await forgetPractice();
  await tell();
}

// Whose officer to call is known without a network too.
const call = document.querySelector(".phone-call a[href^='tel:']");
if (call) localStorage.setItem("officer", call.getAttribute("href"));

// "The same as last time" without a network: the values go along to the page that is opened.
document.querySelector("[data-like]")?.addEventListener("click", (event) => {
  sessionStorage.setItem("like", event.currentTarget.dataset.like);
});

// Signing out leaves what waits on the phone, unsent until its author is back: ask first.
for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sure || !waiting) return;
    event.preventDefault();
    delete form.dataset.sent;
    if (!confirm(unsent.replace("#", waiting))) return;
    form.dataset.sure = "1";
    form.requestSubmit();
  }, true);
}
const waiting = user ? await count("waiting") : 0;

// -- the app on the home screen --------------------------------------------------------------

const install = document.getElementById("install");
let asked;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  asked = event;
  if (install) install.hidden = false;
});
install?.addEventListener("click", async () => {
  asked.prompt();
  const { outcome } = await asked.userChoice;
  if (outcome === "accepted") install.hidden = true;
});

if (worker && user && navigator.serviceWorker) {
  const seen = !!navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(worker, { type: "module", scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  // What is asked of the team is fetched from the second visit on: the first one stays light.
  const pages = () => [...keep.split(" "), ...(seen && later ? later.split(" ") : [])];
  const warm = (worker) => keep && navigator.onLine && worker.postMessage({ ask: "warm", pages: pages(), user });
  warm(active);
  navigator.serviceWorker.addEventListener("controllerchange", () => warm(navigator.serviceWorker.controller));
}
