// A form marked data-outbox is kept on the phone first, then sent; without this file it is posted.

import { get, put, remove } from "./outbox.js";
import { flush } from "./sending.js";

const PATIENCE = 4000; // milliseconds a person waits for the server before going on
const { user, outbox } = document.body.dataset;

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("form[data-outbox]") || form.dataset.posted || button?.name === "step") return;
  event.preventDefault();
  const envelope = filled(form, button);
  try {
    await put(envelope);
  } catch (error) {
    return say(form, error.name === "QuotaExceededError" ? form.dataset.full : form.dataset.unkept);
  }
  form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  delete form.dataset.sent;
  await Promise.race([flush(user, { now: true }), new Promise((done) => setTimeout(done, PATIENCE))]);
  await leave(form, button, envelope.id);
}, true);

async function leave(form, button, id) {
  const held = await get(id);
  if (held?.state === "recorded") return location.assign(held.answer.page);
  if (held?.state === "refused" && navigator.onLine) {
    // The page itself shows best what is wrong, at each field.
    await remove(id);
    form.dataset.posted = "1";
    return form.requestSubmit(button);
  }
  if (navigator.onLine) return location.assign(`${outbox}?kept=${id}`);
  // Nothing can be opened now: the page stays, ready for the next entry.
  form.reset();
  delete form.dataset.again;
  say(form, form.dataset.kept, "success");
}

function filled(form, button) {
  const fields = [], files = [];
  for (const [name, value] of new FormData(form, button)) {
    if (name === "csrfmiddlewaretoken" || name === "envelope") continue;
    if (value instanceof File) value.size && files.push([name, value, value.name]);
    else fields.push([name, value]);
  }
  const { id, made } = JSON.parse(form.dataset.again ?? "{}");
  return {
    id: id ?? crypto.randomUUID(),
    edition: crypto.randomUUID(),
    user,
    kind: form.dataset.outbox,
    about: JSON.parse(form.dataset.about),
    fields,
    files,
    title: form.dataset.title,
    page: location.pathname + location.search,
    made: made ?? Date.now(),
    state: "waiting",
    tries: 0,
    next: 0,
  };
}

function say(form, text, tone = "danger") {
  let told = form.querySelector(".outbox-told");
  if (!told) {
    told = document.createElement("p");
    told.setAttribute("role", "alert");
    form.prepend(told);
  }
  told.className = `alert alert-${tone} outbox-told`;
  told.textContent = text;
  told.scrollIntoView({ block: "center" });
}

// An entry that waits is opened again for change: ?again=<id>.
const again = new URLSearchParams(location.search).get("again");
const form = document.querySelector("form[data-outbox]");
if (again && form) {
  const held = await get(again);
  if (held && held.state !== "recorded") {
    form.dataset.again = JSON.stringify({ id: held.state === "waiting" ? held.id : undefined, made: held.made });
    fill(form, held);
    if (held.state === "refused") form.addEventListener("kept", () => remove(held.id));
  }
}

function fill(form, held) {
  const values = new Map();
  for (const [name, value] of held.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    const found = values.get(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = !!found?.includes(field.value);
    else if (field.type === "file") field.files = carried(held.files, field.name);
    else if (found && field.type !== "submit") field.value = found.shift();
  }
}

function carried(files, wanted) {
  const all = new DataTransfer();
  for (const [name, blob, title] of files) if (name === wanted) all.items.add(new File([blob], title, { type: blob.type }));
  return all.files;
}
