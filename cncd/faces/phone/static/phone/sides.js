// What a person has to decide: both versions side by side, and one's own sent once more.

import { change, put, remove } from "./outbox.js";

/** The two versions of a refused entry as a table; null when there is nothing to compare. */
export function table({ sides, heads, other }) {
  if (!sides.length) return null;
  const made = document.createElement("table");
  made.className = "table sides caption-top";
  if (other) made.createCaption().textContent = other;
  const head = made.createTHead().insertRow();
  head.insertCell();
  for (const text of heads) head.append(cell("th", text, "col"));
  const body = made.createTBody();
  for (const [label, ...texts] of sides) {
    const row = body.insertRow();
    row.append(cell("th", label, "row"), ...texts.map((text) => cell("td", text || "–")));
  }
  return made;
}

function cell(kind, text, scope) {
  const made = document.createElement(kind);
  made.textContent = text;
  if (scope) made.scope = scope;
  return made;
}

/** Sends one's own again, over what was just shown; as a correction where the entry stands already. */
export async function sendMine({ why, photos, ...row }, again = why.choice.again) {
  const { choice, state } = why;
  const fields = choice.kind ? [] : row.fields.filter(([name]) => !(name in again));
  for (const [name, value] of Object.entries(again)) {
    for (const each of [value].flat()) fields.push([name, each]);
  }
  const as = choice.kind ? { kind: choice.kind, about: choice.about } : {};
  const id = state === "different" ? crypto.randomUUID() : row.id;
  await put({ ...row, ...as, id, fields, edition: crypto.randomUUID(), state: "waiting", tries: 0, next: 0 });
  if (id !== row.id) await dropMine({ ...row, why });
}

/** Leaves what is recorded as it is. Photos of an entry that the server has still go to it. */
export function dropMine(row) {
  if (row.why?.state !== "different") return remove(row.id);
  return change(row, { state: "recorded", answer: { page: row.why.page, told: "" }, done: Date.now() });
}
