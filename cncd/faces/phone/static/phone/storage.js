// Room on this phone: asked to be kept for good, said in time when it runs short, and when it was wiped.

import { remove, wasMade, within } from "./outbox.js";

const SCARCE = 4_000_000; // bytes: twenty photos
const DAY = 24 * 3600 * 1000; // milliseconds
const YEAR = 365 * 24 * 3600; // seconds

/** Asks the browser once not to clear away what this phone keeps. */
export async function stay() {
  try {
    if (localStorage.getItem("stay")) return;
    localStorage.setItem("stay", "asked");
    await navigator.storage?.persist?.();
  } catch { /* a browser that keeps nothing can't be asked */ }
}

/** Whether the phone is nearly full; asked of it once a day, and again as long as it is.
 *
 *  Browsers no longer tell the truth about room, so it is tried: written and taken out at once.
 */
export async function isScarce() {
  if (Date.now() - Number(localStorage.getItem("roomy") ?? 0) < DAY) return false;
  const probe = { id: "probe", bytes: new Blob([new Uint8Array(SCARCE)]) };
  try {
    await within("readwrite", (store) => store.put(probe));
    await remove(probe.id);
    localStorage.setItem("roomy", Date.now());
    return false;
  } catch (error) {
    return error.name === "QuotaExceededError";
  }
}

/** How many entries the phone itself has thrown away unsent: told until somebody has seen it.
 *
 *  A cookie outlives what a browser clears when the phone is full, so it remembers how many there were.
 */
export function lost(held) {
  const before = Number(/(?:^|; )held=(\d+)/.exec(document.cookie)?.[1] ?? 0);
  if (held !== before) document.cookie = `held=${held}; path=/; max-age=${YEAR}; samesite=lax`;
  if (wasMade() && before && !held) localStorage.setItem("lost", before);
  return lostBefore();
}

export const lostBefore = () => Number(localStorage.getItem("lost") ?? 0);
export const sawLost = () => localStorage.removeItem("lost");

/** What was made for practice is not kept once the practice is over. */
export async function forgetPractice() {
  await within("readwrite", (store) => {
    const walk = store.openCursor();
    walk.onsuccess = () => {
      const here = walk.result;
      if (!here) return;
      if (here.value.training) here.delete();
      here.continue();
    };
  });
  localStorage.removeItem("practice");
}
