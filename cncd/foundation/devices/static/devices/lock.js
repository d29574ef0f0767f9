// The PIN of this device without a network. No page is needed: the service worker imports it too.
//
// One record in this phone's own database "lock":
// {lockedAfterMs, lastUsed, salt, rounds, verifier, tries}. The PIN itself is kept nowhere.

const NAME = "lock";
const ROUNDS = 310_000;
const MOST = 5;
const AWAKE = "cncd_awake"; // a cookie that ends with the browser
const HOUR = 3600_000;
let opened;

function database() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open(NAME, 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore("lock");
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => { opened = null; fail(ask.error); };
  });
  return opened;
}

/** The record; what `work`, if given, returns for it takes its place (undefined: nothing changes). */
async function record(work) {
  const base = await database();
  return new Promise((done, fail) => {
    const deal = base.transaction("lock", work ? "readwrite" : "readonly", { durability: "strict" });
    const store = deal.objectStore("lock"), ask = store.get(1);
    let held;
    ask.onsuccess = () => {
      held = ask.result;
      const next = work?.(held);
      if (next) store.put((held = next), 1);
    };
    deal.oncomplete = () => done(held);
    deal.onabort = deal.onerror = () => fail(deal.error);
  });
}

async function derive(pin, salt, rounds) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const about = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(about, key, 256));
}

/** Whether the browser was not closed since the PIN was typed; where that can't be asked, yes. */
async function awake() {
  return globalThis.cookieStore ? Boolean(await cookieStore.get(AWAKE)) : true;
}

/** Whether the PIN must be typed before a kept page is shown. */
export async function isLocked(now = Date.now()) {
  const held = await record();
  if (!held) return false;
  const idle = now - held.lastUsed;
  // A clock set back by more than an hour is no way round.
  if (!held.verifier || idle > held.lockedAfterMs || idle < -HOUR) return true;
  return !(await awake());
}

/** Keeps what is needed to ask for this PIN; called when the server has just taken it. */
export async function keep(pin, lockedAfterMs, now = Date.now()) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const verifier = await derive(pin, salt, ROUNDS);
  await record(() => ({ lockedAfterMs, lastUsed: now, salt, rounds: ROUNDS, verifier, tries: 0 }));
}

/** Tries a PIN without a network: {right, left}. After five wrong ones the kept pages are gone. */
export async function check(pin, now = Date.now()) {
  // A try counts before it is looked at: closing the browser in between wins nothing.
  const held = await record((was) => was?.verifier && { ...was, tries: was.tries + 1 });
  if (!held?.verifier) return { right: false, left: 0 };
  const found = await derive(pin, held.salt, held.rounds);
  if (held.tries <= MOST && found.every((byte, place) => byte === held.verifier[place])) {
    await record((was) => ({ ...was, tries: 0, lastUsed: now }));
    await globalThis.cookieStore?.set({ name: AWAKE, value: "phone", sameSite: "lax" });
    return { right: true, left: MOST };
  }
  if (held.tries >= MOST) {
    await caches.delete("pages");
    await record((was) => ({ ...was, verifier: null }));
  }
  return { right: false, left: Math.max(MOST - held.tries, 0) };
}

/** The unlocked device is in use. */
export function touch(now = Date.now()) {
  return record((was) => was && { ...was, lastUsed: now });
}

/** Nobody is signed in here, or without a PIN: nothing of the lock stays, nor of the pages. */
export async function forget() {
  if (!globalThis.indexedDB) return;
  await globalThis.caches?.delete("pages");
  const base = await database();
  base.transaction("lock", "readwrite").objectStore("lock").clear();
}
