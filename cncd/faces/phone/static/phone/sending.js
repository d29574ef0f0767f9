// Sends what waits, one after the other; one sender for all windows.

import { change, nextWaiting, tidy } from "./outbox.js";

const DOOR = "/envelopes/";
const LIMIT = 60_000; // milliseconds for one answer
const LONGEST = 15 * 60_000; // between two tries

/** Sends all that waits for its turn; returns what became of them, {id: state}. */
export async function flush(user, { now = false } = {}) {
  if (!navigator.onLine) return {};
  // One sender at a time, over all windows and the worker.
  return navigator.locks.request("outbox", () => sendAll(user, now));
}

async function sendAll(user, now) {
  const outcomes = {};
  let after = null;
  for (;;) {
    const envelope = await nextWaiting(user, after);
    if (!envelope) break;
    if (!now && envelope.next > Date.now()) break; // what waits behind it keeps its place
    const outcome = await send(envelope);
    outcomes[envelope.id] = outcome;
    if (outcome === "waiting" || outcome === "signed_out") break;
    after = [envelope.rank, envelope.made];
  }
  await tidy();
  return outcomes;
}

async function send(envelope) {
  let answer, said;
  try {
    answer = await fetch(DOOR, {
      method: "POST",
      body: body(envelope),
      headers: { "X-Outbox": "1", Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT),
    });
    if (answer.type === "opaqueredirect") return later(envelope, "signed_out");
    said = await answer.json();
  } catch {
    return later(envelope, "waiting");
  }
  return settle(envelope, answer.status, said);
}

function body(envelope) {
  const form = new FormData();
  const content = new URLSearchParams(envelope.fields);
  const about = JSON.stringify(envelope.about);
  const plain = { id: envelope.id, kind: envelope.kind, about, content, made_at: envelope.made };
  for (const [name, value] of Object.entries(plain)) form.append(name, value);
  for (const [name, file, title] of envelope.files) form.append(name, file, title);
  form.append("sent_at", Date.now());
  return form;
}

async function settle(envelope, status, said) {
  if (status === 401) return later(envelope, "signed_out");
  if (said.state === "recorded") {
    await change(envelope, { state: "recorded", answer: said.answer, files: [], done: Date.now() });
    return "recorded";
  }
  if (["refused", "different", "malformed"].includes(said.state)) {
    await change(envelope, { state: "refused", why: said, done: Date.now() });
    return "refused";
  }
  return later(envelope, "waiting"); // a server that fails is asked again
}

async function later(envelope, outcome) {
  const pause = Math.min(5000 * 2 ** envelope.tries, LONGEST) * (0.75 + Math.random() / 2);
  await change(envelope, { tries: envelope.tries + 1, next: Date.now() + pause, outcome });
  return outcome;
}
