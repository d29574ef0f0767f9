// What was entered and not yet taken by the server: kept in this phone's own database.
//
// An envelope: {id, user, kind, about, fields, files, title, page, made, state, tries, next, told}.
// state: waiting → recorded (kept a week, to be seen), refused (until its author decides).

const NAME = "outbox";
const KEPT = 7 * 24 * 3600 * 1000; // milliseconds a recorded one stays to be seen
let opened;

function database() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open(NAME, 1);
    ask.onupgradeneeded = () => {
      const store = ask.result.createObjectStore("envelopes", { keyPath: "id" });
      store.createIndex("turn", ["state", "rank", "made"]);
    };
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => { opened = null; fail(ask.error); };
  });
  return opened;
}

async function within(mode, work) {
  const base = await database();
  return new Promise((done, fail) => {
    const deal = base.transaction("envelopes", mode, { durability: "strict" });
    let answer;
    deal.oncomplete = () => done(answer);
    deal.onabort = deal.onerror = () => fail(deal.error);
    work(deal.objectStore("envelopes"), (found) => { answer = found; });
  });
}

// Entries first, reports that count them last: whatever was made later must not overtake.
const RANKS = { "report.save": 8, "report.send": 9 };

/** Keeps an envelope; fails (QuotaExceededError) when the phone is full, and nothing is kept. */
export function put(envelope) {
  envelope.rank = RANKS[envelope.kind] ?? 1;
  return within("readwrite", (store) => store.put(envelope));
}

export function get(id) {
  return within("readonly", (store, found) => {
    const ask = store.get(id);
    ask.onsuccess = () => found(ask.result);
  });
}

export function remove(id) {
  return within("readwrite", (store) => store.delete(id));
}

/** Changes an envelope unless it was changed or removed since it was read; says whether it did. */
export function change(seen, changes) {
  return within("readwrite", (store, found) => {
    const ask = store.get(seen.id);
    ask.onsuccess = () => {
      const held = ask.result?.state === seen.state && ask.result.edition === seen.edition;
      if (held) store.put({ ...ask.result, ...changes });
      found(held);
    };
  });
}

const all = (state) => IDBKeyRange.bound([state], [state, []]);

/** The next one to send after the given turn: [rank, made], never more than one in memory. */
export function nextWaiting(user, after) {
  return within("readonly", (store, found) => {
    const range = after ? IDBKeyRange.bound(["waiting", ...after], ["waiting", []], true) : all("waiting");
    const walk = store.index("turn").openCursor(range);
    walk.onsuccess = () => {
      const here = walk.result;
      if (here && here.value.user !== user) here.continue();
      else found(here?.value);
    };
  });
}

export function count(state) {
  return within("readonly", (store, found) => {
    const ask = store.index("turn").count(all(state));
    ask.onsuccess = () => found(ask.result);
  });
}

/** The newest of a state, at most so many. */
export function newest(state, most) {
  return within("readonly", (store, found) => {
    const rows = [];
    const walk = store.index("turn").openCursor(all(state), "prev");
    walk.onsuccess = () => {
      if (walk.result && rows.push(walk.result.value) < most) walk.result.continue();
      else found(rows);
    };
  });
}

/** Lets go of what was recorded more than a week ago. */
export function tidy(now = Date.now()) {
  return within("readwrite", (store) => {
    const walk = store.index("turn").openCursor(all("recorded"));
    walk.onsuccess = () => {
      if (!walk.result) return;
      if (walk.result.value.done < now - KEPT) walk.result.delete();
      walk.result.continue();
    };
  });
}
