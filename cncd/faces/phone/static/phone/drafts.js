// A form marked data-draft keeps what is typed on this phone, per person and page, for seven days.
//
// Only what differs from the page as it came is kept, no files. data-draft-edition names the field that
// tells which edition of a draft the server has: a later one on the page wins over what is kept here.

const KEPT = 7 * 24 * 3600 * 1000; // milliseconds
const ZONE = { timeZone: "Asia/Ho_Chi_Minh" };
const PAUSE = 300; // after the last key
const { user } = document.body.dataset;

const forms = new Map(document.body.dataset.training ? [] : [...document.querySelectorAll("form[data-draft]")].map((form) => [form, keyOf(form)]));
forget();
for (const [form, key] of forms) begin(form, key);

function keyOf(form) {
  return `draft:${user}:${form.dataset.draft}:${location.pathname}`;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch { /* a full phone keeps no drafts; the entry itself says so when it is saved */ }
}

// What is too old goes; so does what was posted from a page that this one has taken the place of.
function forget() {
  const shown = new Set(forms.values());
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith("draft:"))) {
    const draft = read(key);
    if (!draft || draft.at < Date.now() - KEPT || (draft.posted && !shown.has(key))) write(key, null);
  }
}

/** {name: [values]} of what a person can change. */
function said(form) {
  const found = {}, hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map((each) => each.name));
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !hidden.has(name)) (found[name] ??= []).push(value);
  }
  return found;
}

function begin(form, key) {
  const kept = read(key), query = new URLSearchParams(location.search);
  const isAnswer = !!form.querySelector(".form-summary"); // what was typed came back with its faults
  let first = said(form), base = isAnswer ? kept?.said ?? {} : {}, timer = 0;
  // Whoever asked for a certain entry gets that one.
  if (kept && !isAnswer && !query.has("again") && !query.has("like") && edition(form) <= (kept.edition ?? 0)) restore(form, key, kept, first);

  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    const now = said(form), changed = { ...base };
    for (const name of new Set([...Object.keys(first), ...Object.keys(now)])) {
      if (`${first[name]}` !== `${now[name]}`) changed[name] = now[name] ?? [];
    }
    const photos = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    write(key, Object.keys(changed).length ? { at: Date.now(), said: changed, photos, edition: edition(form) } : null);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  const over = () => {
    clearTimeout(timer);
    timer = 0;
    base = {};
    write(key, null);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("kept", over);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.name === "step") return;
    keep();
    const draft = read(key);
    if (draft) write(key, { ...draft, posted: true });
  });
  addEventListener("pagehide", () => timer && keep());
  document.addEventListener("visibilitychange", () => document.hidden && timer && keep());
}

function edition(form) {
  return Number(form.elements[form.dataset.draftEdition]?.value ?? 0);
}

function restore(form, key, kept, first) {
  put(form, kept.said);
  const day = new Date(kept.at), isToday = day.toDateString() === new Date().toDateString();
  if (!isToday && form.elements.day) thatDay(form, kept, day);
  const told = document.getElementById("draft-told").content.cloneNode(true).firstElementChild;
  const time = day.toLocaleTimeString("vi-VN", { ...ZONE, hour: "2-digit", minute: "2-digit" });
  const when = isToday ? time : `${time} ${day.toLocaleDateString("vi-VN", { ...ZONE, day: "2-digit", month: "2-digit" })}`;
  told.querySelector("span").textContent = told.dataset[kept.photos ? "photos" : "told"].replace("#", when);
  told.querySelector("button").addEventListener("click", () => {
    put(form, Object.fromEntries(Object.keys(kept.said).map((name) => [name, first[name] ?? []])));
    told.remove();
    write(key, null);
  });
  form.addEventListener("kept", () => told.remove());
  form.prepend(told);
  form.dispatchEvent(new Event("input", { bubbles: true })); // whatever follows what is typed
}

function put(form, values) {
  for (const [name, list] of Object.entries(values)) {
    const rest = [...list];
    for (const field of [form.elements[name]].flatMap((each) => (each instanceof RadioNodeList ? [...each] : each ?? []))) {
      if (["checkbox", "radio"].includes(field.type)) field.checked = list.includes(field.value);
      else if (field.type !== "file") field.value = rest.shift() ?? "";
    }
    for (const fold of form.querySelectorAll("details")) fold.open ||= !!fold.querySelector(`[name="${CSS.escape(name)}"]`) && list.join("") !== "";
  }
}

// "Today" of a day that has passed is that day.
function thatDay(form, kept, day) {
  const asked = kept.said.day?.[0] ?? "today";
  if (asked === "other") return;
  day = new Date(day.getFullYear(), day.getMonth(), day.getDate() - (asked === "yesterday" ? 1 : 0));
  put(form, { day: ["other"], happened_on: [day.toLocaleDateString("en-GB")] });
}
