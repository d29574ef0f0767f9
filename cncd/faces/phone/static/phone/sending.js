// Sends what waits, in its turn; one sender for all windows. What is small goes together.

import { change, get, nextWaiting, remove, tidy } from "./outbox.js";
import { sendPhotos } from "./photos.js";

const DOOR = "/envelopes/";
const TOGETHER = 50, BYTES = 100_000; // at most in one request: minutes on the worst network
const LIMIT = 60_000; // milliseconds for one answer
const LONGEST = 15 * 60_000; // between two tries
export const practised = new Map(); // id → what the server answered to an entry made for practice

/** Sends all that waits for its turn; returns what became of them, {id: state}. */
export async function flush(user, { now = false, photos = true } = {}) {
  if (!navigator.onLine) return {};
  // One sender at a time, over all windows and the worker.
  const outcomes = await navigator.locks.request("outbox", () => sendAll(user, now));
  if (photos) await sendPhotos(user, now);
  return outcomes;
}

// Without an answer all stop, and what stands behind keeps its place. One over which the server
// itself stumbles lets its like pass; what may count it, of a later rank, stays behind it.
async function sendAll(user, now) {
  const outcomes = {};
  let turn = null, last = Infinity;
  for (;;) {
    const batch = [];
    let bytes = 0, next;
    while (batch.length < TOGETHER && (next = await nextWaiting(user, turn))) {
      if (next.after && ["waiting", "refused"].includes((await get(next.after))?.state)) {
        turn = [next.rank, next.made, next.id]; // the product it names comes first
        continue;
      }
      const size = next.files.length ? BYTES : JSON.stringify(plain(next)).length;
      const fits = !batch.length || (next.rank === batch[0].rank && bytes + size <= BYTES);
      if (next.rank > last || !fits) break;
      if (now || next.next <= Date.now()) {
        batch.push(next);
        bytes += size;
      } else if (next.outcome === "failed") last = next.rank;
      else break;
      turn = [next.rank, next.made, next.id];
    }
    if (!batch.length) break;
    const found = await send(user, batch);
    batch.forEach((envelope, place) => { outcomes[envelope.id] = found[place]; });
    if (found.includes("waiting") || found.includes("signed_out")) break;
    if (found.includes("failed")) last = batch[0].rank;
  }
  await tidy();
  return outcomes;
}

/** Sends them in one request and keeps what became of each; returns that, in their order. */
async function send(user, batch) {
  const settled = (how) => Promise.all(batch.map(how));
  let said;
  try {
    const answer = await fetch(DOOR, {
      method: "POST",
      ...(batch[0].files.length ? form(batch[0]) : list(batch)),
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT),
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) return settled((envelope) => later(envelope, "signed_out"));
    said = await answer.json();
  } catch {
    return settled((envelope) => later(envelope, "waiting"));
  }
  if (said.answers) {
    const answers = new Map(said.answers.map((each) => [each.id, each]));
    return settled((envelope) => settle(envelope, answers.get(envelope.id)));
  }
  if (batch.length === 1) return [await settle(batch[0], said)];
  // Not understood together: then each by itself.
  const found = [];
  for (const envelope of batch) found.push(...(await send(user, [envelope])));
  return found;

  function list(envelopes) {
    const body = JSON.stringify({ sent_at: Date.now(), envelopes: envelopes.map(plain) });
    return { body, headers: { ...headers(user), "Content-Type": "application/json" } };
  }

  function form(envelope) {
    const body = new FormData();
    for (const [name, value] of Object.entries(plain(envelope))) body.append(name, value);
    for (const [name, file, title] of envelope.files) body.append(name, file, title);
    body.append("sent_at", Date.now());
    return { body, headers: headers(user) };
  }
}

/** Whoever is signed in by now, in another window perhaps, must not send for somebody else. */
const headers = (user) => ({ "X-Outbox": "1", "X-Sender": user, Accept: "application/json" });

function plain({ id, kind, about, fields, made, training }) {
  const content = new URLSearchParams(fields).toString();
  return { id, kind, about: JSON.stringify(about), content, made_at: made, ...(training && { training: 1 }) };
}

async function settle(envelope, said) {
  switch (said?.state) {
    case "recorded":
      await change(envelope, { state: "recorded", answer: said.answer, fields: [], files: [], done: Date.now() });
      return "recorded";
    case "trained":
      practised.set(envelope.id, said.answer.told);
      await remove(envelope.id);
      globalThis.dispatchEvent(new Event("kept")); // the line on top counts anew
      return "trained";
    case "refused":
    case "different":
    case "malformed":
      await change(envelope, { state: "refused", why: said, done: Date.now() });
      return "refused";
    case "failed":
      return later(envelope, "failed");
    default:
      return later(envelope, "waiting");
  }
}

async function later(envelope, outcome) {
  const pause = Math.min(5000 * 2 ** envelope.tries, LONGEST) * (0.75 + Math.random() / 2);
  await change(envelope, { tries: envelope.tries + 1, next: Date.now() + pause, outcome });
  return outcome;
}
