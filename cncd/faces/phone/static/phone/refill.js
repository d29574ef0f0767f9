// An entry that waits on this phone, put back into its form for change.

import { newest } from "./outbox.js";

const MOST = 100; // of those that are sent last: corrections and reports

/** What was kept of this very thing, an entry's correction or a month's report, and not taken yet. */
export async function standing(form, user) {
  const kinds = [form, ...form.querySelectorAll("[data-outbox]")].map((each) => each.dataset.outbox);
  const about = JSON.stringify(JSON.parse(form.dataset.about));
  const isIt = (row) => row.user === user && kinds.includes(row.kind) && JSON.stringify(row.about) === about;
  return (await newest("waiting", MOST)).find(isIt) ?? (await newest("refused", MOST)).find(isIt);
}

/** This page's address, as it is opened anew. */
export function address() {
  const query = new URLSearchParams(location.search);
  query.delete("again");
  return location.pathname + (query.size ? `?${query}` : "");
}

/** Leaves for good; a place on this very page is shown anew, where the browser alone would only scroll. */
export function goTo(page) {
  const isHere = page.split("#")[0] === location.pathname + location.search;
  location.replace(page);
  if (isHere) location.reload();
}

/** Fills the form with what the envelope holds, and with its photos. */
export function fill(form, held, photos) {
  const values = new Map();
  for (const [name, value] of held.fields) values.set(name, [...(values.get(name) ?? []), value]);
  const files = [...(held.files ?? []), ...photos.flatMap((photo) => photo.files)];
  for (const field of form.elements) {
    const found = values.get(field.name);
    if (field.name === "seen") continue; // the counts that this very page shows
    if (field.type === "checkbox" || field.type === "radio") field.checked = !!found?.includes(field.value);
    else if (field.type === "file") carry(field, files);
    else if (found && field.type !== "submit") field.value = found.shift();
  }
}

function carry(field, files) {
  const all = new DataTransfer();
  for (const [name, blob, title] of files) if (name === field.name) all.items.add(new File([blob], title, { type: blob.type }));
  field.files = all.files;
  field.dispatchEvent(new Event("filled")); // shrink.js shows them
}

// What was scanned stands in the address, also when the page is one that was kept before.
for (const field of document.querySelectorAll("[data-from]")) field.value = new URLSearchParams(location.search).get(field.dataset.from) ?? field.value;
