// On pages of a device with a PIN: a page left open asks for it like any other.

import { isLocked, touch } from "./lock.js";

async function look() {
  if (document.hidden) return;
  if (await isLocked()) location.replace(`/account/pin/?next=${encodeURIComponent(location.pathname + location.search)}`);
  else await touch();
}

document.addEventListener("visibilitychange", look);
addEventListener("pageshow", look);
look();
