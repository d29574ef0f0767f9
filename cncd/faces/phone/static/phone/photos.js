// Photos travel one by one, each an envelope of its own, after the entry that they belong to.

import { PHOTO, PHOTOS_LAST, all, change, put, remove, within } from "./outbox.js";

const DOOR = "/envelopes/";
const LIMIT = 5 * 60_000; // milliseconds for one photo: 200 kB where the network is worst
const LONGEST = 15 * 60_000; // between two tries

/** The photos chosen in a form, as envelopes of the entry. */
export function enclosed(entry, files) {
  return files.map((file, place) => ({
    id: crypto.randomUUID(),
    edition: crypto.randomUUID(),
    user: entry.user,
    kind: PHOTO,
    about: { entry: entry.id },
    owner: entry.id,
    fields: [],
    files: [["photos", file, file.name]],
    title: entry.title,
    page: "",
    made: entry.made + place,
    state: "waiting",
    tries: 0,
    next: 0,
    ...(entry.training && { training: true }),
  }));
}

/** Keeps an entry with its photos; on a full phone the entry at least. Gives the photos left out. */
export async function keepAll(entry, photos) {
  try {
    await put(entry, photos);
    return [];
  } catch (error) {
    if (error.name !== "QuotaExceededError" || !photos.length) throw error;
  }
  await put(entry, []);
  const left = [];
  for (const photo of photos) await put(photo).catch(() => left.push(photo));
  return left;
}

export function photosOf(id) {
  return within("readonly", (store, found) => {
    const ask = store.index("owner").getAll(id);
    ask.onsuccess = () => found(ask.result.sort((a, b) => a.made - b.made));
  });
}

/** How many photos of an entry still wait. */
export function photosWaiting(id) {
  return within("readonly", (store, found) => {
    const ask = store.index("owner").count(id);
    ask.onsuccess = () => found(ask.result);
  });
}

/** The next photo after the given one whose entry the server has. */
function nextPhoto(user, after) {
  return within("readonly", (store, found) => {
    const start = [user, "waiting", PHOTOS_LAST];
    const range = after ? IDBKeyRange.bound([...start, after.made, after.id], [...start, []], true) : all(...start);
    const walk = store.index("mine").openCursor(range);
    walk.onsuccess = () => {
      const here = walk.result;
      if (!here) return;
      const owner = store.get(here.value.owner);
      owner.onsuccess = () => {
        if (["waiting", "refused"].includes(owner.result?.state)) here.continue();
        else found(here.value);
      };
    };
  });
}

/** Sends the photos whose entries have arrived; each is tried by itself, one sender at a time. */
export function sendPhotos(user, now) {
  return navigator.locks.request("photos", { ifAvailable: !now }, async (lock) => {
    let after = null;
    while (lock && navigator.onLine && (after = await nextPhoto(user, after))) {
      if (!now && after.next > Date.now()) continue;
      const went = await send(after);
      globalThis.dispatchEvent(new Event("kept")); // the line on top counts anew
      if (!went) return;
    }
  });
}

async function send(photo) {
  try {
    const answer = await fetch(DOOR, {
      method: "POST",
      body: body(photo),
      headers: { "X-Outbox": "1", "X-Sender": photo.user, Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT),
    });
    const { state, ...said } = answer.type === "opaqueredirect" ? { state: "signed_out" } : await answer.json();
    if (state === "recorded" || state === "trained") return remove(photo.id).then(() => true);
    if (["refused", "different", "malformed"].includes(state)) {
      return change(photo, { state: "refused", why: { state, ...said }, done: Date.now() });
    }
    await later(photo, answer.status === 401 ? "signed_out" : state);
  } catch {
    await later(photo, "waiting");
  }
  return false;
}

function body(photo) {
  const form = new FormData();
  const plain = { id: photo.id, kind: photo.kind, about: JSON.stringify(photo.about), content: "", made_at: photo.made };
  for (const [name, value] of Object.entries(plain)) form.append(name, value);
  if (photo.training) form.append("training", 1);
  for (const [name, file, title] of photo.files) form.append(name, file, title);
  form.append("sent_at", Date.now());
  return form;
}

function later(photo, outcome) {
  const pause = Math.min(5000 * 2 ** photo.tries, LONGEST) * (0.75 + Math.random() / 2);
  return change(photo, { tries: photo.tries + 1, next: Date.now() + pause, outcome });
}
