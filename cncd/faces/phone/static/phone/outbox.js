// What was entered and not yet taken by the server: kept in this phone's own database.
//
// An envelope: {id, user, kind, about, owner, fields, files, title, page, made, state, tries, next, told}.
// state: waiting → recorded (kept a week, to be seen), refused (until its author decides).
// A photo is an envelope of its own; `owner` is the id of the entry that it belongs to.

const NAME = "outbox", VERSION = 2;
const KEPT = 7 * 24 * 3600 * 1000; // milliseconds a recorded one stays to be seen
const INDEXES = {
  turn: ["state", "rank", "made"], // how many, and the newest
  mine: ["user", "state", "rank", "made", "id"], // whose turn it is
  over: ["state", "done"],
  owner: "owner",
};
export const PHOTO = "activity.photo", PHOTOS_LAST = 20;
// Entries first, reports that count them after; nobody's entry or report waits for a picture.
const RANKS = { ...Object.fromEntries(["listing", "shop", "payment", "commitment", "consent", "broken", "close"].map((what) => [`register.${what}`, 2])), "activity.edit": 3, "activity.withdraw": 3, "activity.restore": 3, "report.save": 8, "report.send": 9, "report.supplement": 9, [PHOTO]: PHOTOS_LAST };
let opened, isNew = false;

function database() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open(NAME, VERSION);
    ask.onupgradeneeded = ({ oldVersion }) => {
      isNew = !oldVersion;
      const { result, transaction } = ask;
      const store = oldVersion ? transaction.objectStore("envelopes") : result.createObjectStore("envelopes", { keyPath: "id" });
      for (const [name, path] of Object.entries(INDEXES)) store.indexNames.contains(name) || store.createIndex(name, path);
    };
    ask.onsuccess = () => {
      // Another window with a later program must not wait for this one.
      ask.result.onversionchange = () => { ask.result.close(); opened = null; };
      done(ask.result);
    };
    ask.onerror = () => { opened = null; fail(ask.error); };
  });
  return opened;
}

/** Whether there was no database before this page: all that it held is gone, if it held anything. */
export const wasMade = () => isNew;

/** Runs `work(store, found)` in one transaction; gives what `found` was called with. */
export async function within(mode, work) {
  const base = await database();
  return new Promise((done, fail) => {
    const deal = base.transaction("envelopes", mode, { durability: "strict" });
    let answer;
    deal.oncomplete = () => done(answer);
    deal.onabort = () => fail(deal.error ?? new DOMException("full", "QuotaExceededError"));
    work(deal.objectStore("envelopes"), (found) => { answer = found; });
  });
}

const ranked = (envelope) => ({ ...envelope, rank: RANKS[envelope.kind] ?? 1 });

/** Keeps an envelope, and instead of the photos it had those given; when the phone is full
 *  (QuotaExceededError) nothing is kept. */
export function put(envelope, photos) {
  return within("readwrite", (store) => {
    const keep = () => { for (const each of [envelope, ...(photos ?? [])]) store.put(ranked(each)); };
    if (photos) withoutPhotos(store, envelope.id, keep);
    else keep();
  });
}

export function get(id) {
  return within("readonly", (store, found) => {
    const ask = store.get(id);
    ask.onsuccess = () => found(ask.result);
  });
}

/** Takes an envelope out, and its photos with it. */
export function remove(id) {
  return within("readwrite", (store) => withoutPhotos(store, id, () => store.delete(id)));
}

function withoutPhotos(store, id, then) {
  const ask = store.index("owner").getAllKeys(id);
  ask.onsuccess = () => {
    for (const key of ask.result) store.delete(key);
    then();
  };
}

/** Changes an envelope unless it was changed or removed since it was read; says whether it did. */
export async function change(seen, changes) {
  const alter = (how) => within("readwrite", (store, found) => {
    const ask = store.get(seen.id);
    ask.onsuccess = () => {
      const held = ask.result?.state === seen.state && ask.result.edition === seen.edition;
      if (held) how(store, ask.result);
      found(held);
    };
  });
  try {
    return await alter((store, held) => store.put({ ...held, ...changes }));
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error;
    // Too full to note that the server has it: then it need not be kept. Else it stays as it is.
    return changes.state === "recorded" && alter((store) => store.delete(seen.id));
  }
}

export const all = (...start) => IDBKeyRange.bound(start, [...start, []]);
const entries = (...start) => IDBKeyRange.bound(start, [...start, PHOTOS_LAST]);

/** The next one to send after the given turn: [rank, made, id], never more than one in memory. */
export function nextWaiting(user, after) {
  return within("readonly", (store, found) => {
    const start = [user, "waiting"];
    const range = after ? IDBKeyRange.bound([...start, ...after, []], [...start, PHOTOS_LAST]) : entries(...start);
    const ask = store.index("mine").get(range);
    ask.onsuccess = () => found(ask.result);
  });
}

/** How many of a state; with a rank, how many of that rank. */
export function count(state, ...rank) {
  return within("readonly", (store, found) => {
    const ask = store.index("turn").count(all(state, ...rank));
    ask.onsuccess = () => found(ask.result);
  });
}

/** The newest of a state, at most so many; photos that wait are counted with their entry. */
export function newest(state, most) {
  return within("readonly", (store, found) => {
    const rows = [], range = state === "refused" ? all(state) : entries(state);
    const walk = store.index("turn").openCursor(range, "prev");
    walk.onsuccess = () => {
      if (walk.result && rows.push(walk.result.value) < most) walk.result.continue();
      else found(rows);
    };
  });
}

/** Lets go of what was recorded more than a week ago. */
export function tidy(now = Date.now()) {
  return within("readwrite", (store) => {
    const ask = store.index("over").getAllKeys(IDBKeyRange.bound(["recorded"], ["recorded", now - KEPT]));
    ask.onsuccess = () => ask.result.forEach((key) => store.delete(key));
  });
}
