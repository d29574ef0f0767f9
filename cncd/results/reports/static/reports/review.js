// Reviewing by keyboard: j and k through the figures, r returns, a accepts, n goes to the next report.

const table = document.querySelector("[data-review]");
const links = table ? [...table.querySelectorAll("a[data-figure]")] : [];

function rowOf(element) {
  return element?.closest("tr");
}

function here() {
  const active = links.findIndex((link) => rowOf(link) === rowOf(document.activeElement));
  return active >= 0 ? active : links.findIndex((link) => rowOf(link).ariaCurrent === "true");
}

function choose(link) {
  for (const each of links) rowOf(each).removeAttribute("aria-current");
  rowOf(link).setAttribute("aria-current", "true");
}

function go(step) {
  const next = links[Math.min(Math.max(here() + step, 0), links.length - 1)];
  if (!next) return;
  next.focus();
  next.click();
}

function giveBack() {
  const row = rowOf(links[Math.max(here(), 0)]);
  const box = row?.querySelector("input[type=checkbox]");
  if (!box) return;
  box.checked = true;
  row.querySelector(".note-field input").focus();
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  ArrowDown: () => go(1),
  ArrowUp: () => go(-1),
  r: giveBack,
  a: () => document.querySelector("#accept-form button")?.click(),
  n: () => document.getElementById("next-report")?.click(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog[open]");
  const arrow = event.key.startsWith("Arrow");
  if (!table || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing?.matches(".note-field input")) {
    rowOf(typing).querySelector("a[data-figure]").focus();
    return;
  }
  if (typing || !KEYS[event.key] || (arrow && !rowOf(event.target))) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}, true);

// On a narrow screen what is behind the figure stands below the table.
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "behind" && innerWidth < 992) event.target.scrollIntoView();
});

for (const link of links) link.addEventListener("click", () => choose(link));

// A note that is written means the figure is to be returned.
table?.addEventListener("input", (event) => {
  const note = event.target.closest(".note-field input");
  if (note?.value) rowOf(note).querySelector("input[type=checkbox]").checked = true;
});
