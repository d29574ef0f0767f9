// The pages kept on this phone: as fetched, when, and of which version of the program.

const DAY = 24 * 3600 * 1000;
const LONGEST = 14 * DAY; // what a lost phone still shows is not older than that
const EACH_VISIT = 2; // pages fetched anew beside the one that is looked at: visits stay light
const LOG = /^\/m\/log\/[ck]-[^/]*\/$/, WRITE = /^\/m\/products\/write\//;
let swept = false;

const pages = () => caches.open("pages");
const at = (answer) => Number(answer?.headers.get("x-fetched") ?? 0);

export async function keep(url, answer, version) {
  if (!answer.ok || answer.redirected || !answer.headers.get("content-type")?.startsWith("text/html")) return;
  const copy = answer.clone(), headers = new Headers(copy.headers);
  headers.set("x-fetched", Date.now());
  headers.set("x-version", version);
  await (await pages()).put(url.href, new Response(await copy.blob(), { status: 200, headers }));
}

/** The page as it was fetched last; for what to log, the page that fits every kind of work. */
export async function held(url) {
  const store = await pages(), loose = { ignoreVary: true, ignoreSearch: true };
  const exact = await store.match(url.href, { ignoreVary: true });
  if (exact) return exact;
  if (url.pathname === "/") return store.match("/m/", loose);
  const alike = url.search.includes("month=") || url.search.includes("q=") ? null : await store.match(url.href, loose);
  const any = LOG.test(url.pathname) ? "/m/log/any/" : WRITE.test(url.pathname) && "/m/products/write/any/";
  return alike ?? (any ? store.match(any, loose) : undefined);
}

/** The form for what was tapped, at once: the page that fits every kind of work, if it is of today. */
export async function anyWork(url, version) {
  if (!LOG.test(url.pathname)) return null;
  const found = await (await pages()).match("/m/log/any/", { ignoreVary: true });
  return found?.headers.get("x-version") === version && at(found) > Date.now() - DAY ? found : null;
}

/** Lets go of pages that are too old; once in a worker's life. */
export async function sweep() {
  if (swept) return;
  swept = true;
  const store = await pages();
  for (const request of await store.keys()) {
    if (at(await store.match(request, { ignoreVary: true })) < Date.now() - LONGEST) await store.delete(request);
  }
}

export const wipe = () => caches.delete("pages");

/** Fetches the pages that are not at hand, all those of an earlier version, and a few of the oldest. */
export function fresh(...about) {
  return navigator.locks.request("pages", () => fetchThem(...about));
}

async function fetchThem(addresses, files, version, user) {
  await (await caches.open("whose")).put("/whose", new Response(user));
  const shelf = await caches.open("files"), store = await pages(), missing = [], old = [];
  for (const file of files) if (!(await shelf.match(file))) await shelf.add(file);
  for (const address of addresses) {
    const found = await store.match(address, { ignoreVary: true });
    if (found?.headers.get("x-version") !== version) missing.push(address);
    else if (at(found) < Date.now() - DAY) old.push([at(found), address]);
  }
  old.sort(([a], [b]) => a - b);
  for (const address of [...missing, ...old.slice(0, EACH_VISIT).map(([, each]) => each)]) {
    const url = new URL(address, location.origin);
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (new URL(answer.url).pathname.startsWith("/account/login/")) return wipe();
    await keep(url, answer, version);
  }
  if (missing.length && addresses.includes("/m/")) await drop(store, files, version);
}

/** When every page is of this version, what only earlier ones needed may go. */
async function drop(store, files, version) {
  for (const request of await store.keys()) {
    const found = await store.match(request, { ignoreVary: true });
    if (found?.headers.get("x-version") === version) continue;
    // Guides are on no list of the first page: those at hand are fetched anew, not dropped.
    if (request.url.includes("/m/library/")) await keep(new URL(request.url), await fetch(request.url), version);
    else await store.delete(request);
  }
  const shelf = await caches.open("files"), wanted = new Set(files);
  for (const request of await shelf.keys()) {
    const path = new URL(request.url).pathname;
    if (!wanted.has(path) && !/^\/m\/|\/library\//.test(path)) await shelf.delete(request);
  }
}
