// A form marked data-outbox is kept on the phone first, then sent; without this file it is posted.

import { clearFaults, showFaults } from "./faults.js";
import { get, remove } from "./outbox.js";
import { enclosed, keepAll, photosOf } from "./photos.js";
import { address, fill, goTo, standing } from "./refill.js";
import { flush, practised } from "./sending.js";
import { isScarce, stay } from "./storage.js";

const PATIENCE = 4000; // milliseconds a person waits for the server before going on
const { user, outbox, training, trained } = document.body.dataset;

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("form[data-outbox]") || form.dataset.posted || button?.matches("[name=step], [name=fill]")) return;
  event.preventDefault();
  if (form.dataset.keeping) return; // a second press is not a second entry
  form.dataset.keeping = "1";
  await keep(form, button).finally(() => { delete form.dataset.keeping; delete form.dataset.sent; });
}, true);

async function keep(form, button) {
  if (form.dataset.one !== undefined) await letGo(form);
  const [envelope, pictures] = filled(form, button);
  let left;
  try {
    left = await keepAll(envelope, enclosed(envelope, pictures));
  } catch (error) {
    return say(form, error.name === "QuotaExceededError" ? form.dataset.full : form.dataset.unkept);
  }
  clearFaults(form);
  form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  stay();
  await Promise.race([flush(user, { now: true, photos: false }), new Promise((done) => setTimeout(done, PATIENCE))]);
  if (left.length) return sayLeft(form, left);
  await leave(form, button, envelope);
}

async function leave(form, button, envelope) {
  const held = await get(envelope.id), right = practised.get(envelope.id);
  if (right && form.dataset.one === undefined) start(form);
  if (right) return say(form, trained.replace("#", right), "success");
  // The page is left for good: going back must not offer to save the same once more.
  if (held?.state === "recorded" && held.answer.page === location.pathname) return say(form, held.answer.told, "success");
  if (held?.state === "recorded") return goTo(held.answer.page || outbox);
  if (held?.state === "refused" && !isToDecide(held.why)) {
    if (form.dataset.faults) return refill(form, held);
    // The page itself shows best what is wrong, at each field.
    await remove(held.id);
    form.dataset.posted = "1";
    return form.requestSubmit(button);
  }
  if (navigator.onLine) return location.replace(`${outbox}?kept=${envelope.id}`);
  // The page stays, ready for the next entry; of a report there is only one.
  if (form.dataset.one === undefined) start(form);
  else again(form, envelope);
  say(form, form.dataset.kept, "success");
}

// Two versions are decided between where what waits is shown.
const isToDecide = (why) => why.state === "different" || (!!why.choice && !why.asks);

function refill(form, held) {
  again(form, held);
  showFaults(form, held.why);
  dispatchEvent(new Event("kept")); // the line on top counts anew
}

function start(form) {
  form.reset();
  delete form.dataset.again;
  form.dispatchEvent(new CustomEvent("started", { bubbles: true }));
}

// The entry is safe; which photos are not is said by name, and they can be chosen again.
function sayLeft(form, left) {
  const names = left.map((photo) => photo.files[0][2]).join(", ");
  start(form);
  say(form, form.dataset.left.replace("#", names), "warning");
}

function filled(form, button) {
  const fields = [], files = [], pictures = [];
  const shrinks = new Set([...form.querySelectorAll("input[data-shrink]:not([data-along])")].map((input) => input.name));
  for (const [name, value] of new FormData(form, button)) {
    if (name === "csrfmiddlewaretoken" || name === "envelope") continue;
    if (!(value instanceof File)) fields.push([name, value]);
    else if (value.size && shrinks.has(name)) pictures.push(value);
    else if (value.size) files.push([name, value, value.name]);
  }
  const kind = button?.dataset.outbox ?? form.dataset.outbox;
  const { id, made, was } = JSON.parse(form.dataset.again ?? "{}");
  const envelope = {
    id: id ?? crypto.randomUUID(),
    edition: crypto.randomUUID(),
    user,
    kind,
    about: JSON.parse(form.dataset.about),
    fields,
    files,
    after: fields.map(([, value]) => /^entry:(.+)/.exec(value)?.[1]).find(Boolean), // what it names must arrive first
    title: button?.dataset.title ?? form.dataset.title,
    page: address(),
    made: was === kind ? made : Date.now(), // a report is sent when it is sent, not when it was saved
    state: "waiting",
    tries: 0,
    next: 0,
    ...(training && { training: true }),
  };
  return [envelope, pictures];
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

// What the server has recorded under this id, in an earlier form, stays: the change gets an id of its own.
function again(form, held) {
  const id = held.why?.state === "different" ? undefined : held.id;
  form.dataset.again = JSON.stringify({ id, made: held.made, was: held.kind });
  if (!id) form.addEventListener("kept", () => remove(held.id), { once: true });
}

// What has been recorded since stays as it is: a change of it is an envelope of its own.
async function letGo(form) {
  const { id } = JSON.parse(form.dataset.again ?? "{}");
  if (id && (await get(id))?.state === "recorded") delete form.dataset.again;
}

// An entry that waits is opened again for change: ?again=<id>; and what there is only one of, always.
const wanted = new URLSearchParams(location.search).get("again");
const form = document.querySelector("form[data-outbox]");
let begun = false; // what a person writes while we look is not written over
form?.addEventListener("input", () => { begun = true; }, { once: true });
const held = form && (wanted ? await get(wanted) : form.dataset.one !== undefined && (await standing(form, user)));
if (held && held.state !== "recorded") {
  if (!begun && (wanted || !form.querySelector(".draft-told"))) fill(form, held, await photosOf(held.id));
  if (!wanted) say(form, form.dataset.standing, "info");
  if (held.state === "refused" && form.dataset.faults) refill(form, held);
  else again(form, held);
}
if (form?.dataset.scarce && (await isScarce())) say(form, form.dataset.scarce, "warning");
