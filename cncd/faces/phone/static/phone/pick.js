// The forms of the register: the one that was tapped; and products that still wait on this phone.

import { get, newest } from "./outbox.js";

const MOST = 100;
const { user } = document.body.dataset;
const query = new URLSearchParams(location.search);
const forms = [...document.querySelectorAll("form[data-what]")];
const form = forms.length > 1 ? fit() : forms[0];
if (form) titled();

const rows = [...(await newest("waiting", MOST)), ...(await newest("refused", MOST))];
const waiting = rows.filter((row) => row.kind === "register.product" && row.user === user);
const said = ({ fields }) => Object.fromEntries(fields);
const list = document.getElementById("waits");
if (list) show(list.dataset);
if (form && waiting.length) await offer();

/** The page of all forms, kept for when there is no network, becomes the page of the one tapped. */
function fit() {
  const what = /\/write\/([a-z]+)\//.exec(location.pathname)?.[1];
  const wanted = forms.find((each) => each.dataset.what === what);
  if (!wanted) return document.querySelector(".foot-bar").remove();
  for (const each of forms) if (each !== wanted) each.remove();
  document.getElementById("writes").remove();
  document.querySelector("h1").textContent = wanted.dataset.title;
  wanted.id = "log";
  wanted.action = location.pathname + location.search;
  wanted.hidden = false;
  for (const [name, value] of query) {
    const options = [...(wanted.elements[name]?.options ?? [])];
    // A version seen since is another one: the record is the same.
    const found = options.find((each) => each.value === value || each.value.startsWith(value.replace(/:\d+$/, ":")));
    if (value && found) found.selected = found.defaultSelected = true;
  }
  return wanted;
}

/** What waits is known by what it is about. */
function titled() {
  const base = form.dataset.title;
  form.addEventListener("input", () => {
    const { name, product, owner, thing } = form.elements, chosen = thing ?? product ?? owner;
    const text = form.dataset.what === "product" ? name.value : chosen.selectedOptions[0]?.value && chosen.selectedOptions[0].text;
    form.dataset.title = [base, text].filter(Boolean).join(": ");
  });
}

function show({ write, waits, tap }) {
  for (const row of waiting) {
    const item = document.createElement("li"), body = document.createElement("a"), small = document.createElement("small");
    body.href = `${write}?entry=${row.id}`;
    small.textContent = waits;
    const name = document.createElement("span"), act = document.createElement("strong");
    name.append(said(row).name, small);
    act.textContent = tap;
    body.append(name, act);
    item.append(body);
    list.append(item);
  }
  list.hidden = !waiting.length;
}

async function offer() {
  const { product, owner } = form.elements;
  for (const row of waiting) {
    const { name, owner: whose, owner_name: fresh } = said(row);
    product?.add(new Option(name, `entry:${row.id}`));
    if (whose === "new" && form.dataset.what !== "product") owner?.add(new Option(fresh, `entry:${row.id}`));
  }
  if (query.has("entry") && product) product.value = `entry:${query.get("entry")}`;
  const again = query.get("again"), held = again && (await get(again));
  for (const [name, value] of held?.fields ?? []) if (value.startsWith("entry:")) form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
}
