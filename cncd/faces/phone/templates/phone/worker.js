{% load static %}// Keeps the phone's pages for when there is no network, and sends what waits when there is.
// {{ version }}
import { flush } from "{% static "phone/sending.js" %}";
import { anyWork, fresh, held, keep, sweep, wipe } from "{% static "phone/keeping.js" %}";
import { isLocked } from "{% static "devices/lock.js" %}";
import { openPush, showPush } from "{% static "notices/shown.js" %}";

const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{% url "phone:offline" %}", DOOR = "{% url "account_login" %}", PIN = "{% url "devices:pin" %}";
const PATIENCE = 4000; // milliseconds for the network before the page as it was last
const KEPT = /^\/(m\/|reports\/(write|sent)\/|notices\/|account\/pin\/$|training\/\w+\/\d+\/(quiz|feedback)\/$|$)/;
const fetched = new Map(); // client id → when the page it shows was fetched

// A file whose name holds its digest never changes, so an update fetches only what is new.
addEventListener("install", (event) => event.waitUntil((async () => {
  const store = await caches.open("files");
  const named = (file) => /\.[0-9a-f]{12}\./.test(file);
  const wanted = [];
  for (const file of FILES) if (!(named(file) && await store.match(file))) wanted.push(new Request(file, { cache: named(file) ? "default" : "reload" }));
  await store.addAll(wanted);
  await store.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit" }));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(event, url) : posted(request, url));
  else if (url.pathname.startsWith("{% get_static_prefix %}")) event.respondWith(file(request));
});

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** A form sent without a network says so; what changes every page makes all of them be fetched anew. */
async function posted(request, url) {
  try {
    const answer = await fetch(request);
    if (/^\/(preferences|language|m\/practice)\//.test(url.pathname)) await wipe();
    return answer;
  } catch {
    return Response.redirect(`${OFFLINE}?unsaved=1`);
  }
}

/** From the network while it answers in time, else as it was fetched last. */
async function page(event, url) {
  await sweep();
  const locked = KEPT.test(url.pathname) && url.pathname !== PIN && (await isLocked());
  const form = locked ? null : await anyWork(url, "{{ version }}");
  if (form) return form;
  const asked = fetch(event.request).then(async (answer) => {
    // Whoever signs in next must not see the pages of the one before.
    if (answer.ok && (url.pathname === DOOR || url.pathname.startsWith("/in/"))) await wipe();
    else if (KEPT.test(url.pathname)) event.waitUntil(keep(url, answer, "{{ version }}"));
    return answer;
  });
  event.waitUntil(asked.catch(() => {}));
  const soon = new Promise((done) => setTimeout(done, navigator.onLine ? PATIENCE : 0));
  const answer = await Promise.race([asked.catch(() => null), soon]);
  if (answer) return answer;
  const old = KEPT.test(url.pathname) ? await held(url) : null;
  if (!old) return asked.catch(() => caches.match(OFFLINE));
  if (locked) return Response.redirect(`${PIN}?next=${encodeURIComponent(url.pathname + url.search)}`);
  fetched.set(event.resultingClientId, Number(old.headers.get("x-fetched")));
  return old;
}

addEventListener("message", (event) => {
  const { ask, pages, user } = event.data;
  if (ask === "fetched") event.source.postMessage({ fetched: fetched.get(event.source.id) });
  if (ask !== "warm") return;
  const isFile = (each) => each.startsWith("{% get_static_prefix %}");
  const files = [...FILES, ...pages.filter(isFile)];
  event.waitUntil(fresh(pages.filter((each) => !isFile(each)), files, "{{ version }}", user));
});

addEventListener("push", showPush);
addEventListener("notificationclick", openPush);

addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(background());
});

/** Sends as whoever opened the pages last on this phone. */
async function background() {
  const said = await (await caches.open("whose")).match("/whose");
  if (said) await flush(await said.text(), { now: true });
  for (const client of await clients.matchAll()) client.postMessage({ sent: true });
}
