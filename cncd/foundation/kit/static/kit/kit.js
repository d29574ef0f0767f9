// Small comforts; every page works without them.

const dialog = document.getElementById("dialog");

// A link or search form marked data-dialog opens in a sheet over the page.
async function openSheet(url) {
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) return location.assign(url);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const body = page.querySelector("[data-dialog-body]");
  if (!body) return location.assign(url);
  const head = document.createElement("div");
  head.className = "sheet-head";
  const title = document.createElement("h2");
  title.id = "dialog-title";
  title.textContent = page.querySelector("h1").textContent;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-quiet btn-sm";
  close.dataset.dialogClose = "";
  close.setAttribute("aria-label", dialog.dataset.close);
  close.textContent = "✕";
  head.append(title, close);
  dialog.replaceChildren(head, document.adoptNode(body));
  prepare(dialog);
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("input[type=search], [autofocus]") ?? title).focus?.();
}

// Menus close when one clicks elsewhere, or walks on with Tab: they would hide what has the focus.
const closeMenus = (target) => document.querySelectorAll("details[data-pop][open]").forEach((open) => {
  if (!open.contains(target)) open.open = false;
});
document.addEventListener("focusin", (event) => closeMenus(event.target));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (link && dialog && plain) {
    event.preventDefault();
    link.closest("[data-pop]")?.querySelector("summary").focus();  // where closing it leads back to
    openSheet(link.href).catch(() => location.assign(link.href));
  } else if (dialog?.open && (event.target === dialog || event.target.closest("[data-dialog-close]"))) {
    event.preventDefault();
    dialog.close();
  }
  closeMenus(link ? null : event.target);
  if (event.target.closest("[data-print]:not([href*='print='])")) window.print();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (dialog && form.matches("form[data-dialog]")) {
    event.preventDefault();
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form));
    openSheet(url.href).catch(() => form.submit());
    return;
  }
  // A second press of the same button is not a second entry.
  if (form.method === "post") {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-pop][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walkRows(event);
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    const search = document.querySelector(".list-search input") ?? document.querySelector(".top-search input");
    if (search) { event.preventDefault(); search.focus(); }
  }
});

// Up and down through the first link of each row of a list.
function walkRows(event) {
  const table = event.target.closest("[data-rows]");
  if (!table || event.target.matches("input, select, textarea")) return;
  const links = [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
  const here = links.findIndex((link) => link.closest("tr") === event.target.closest("tr"));
  const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) { event.preventDefault(); next.focus(); }
}

// A calendar button beside a day typed as dd/mm/yyyy.
function addCalendar(input) {
  if (input.dataset.ready || !("showPicker" in HTMLInputElement.prototype)) return;
  input.dataset.ready = "1";
  const picker = document.createElement("input");
  picker.type = "date";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-primary";
  const drawing = document.getElementById("calendar-icon");
  button.append(drawing ? drawing.content.cloneNode(true) : "▾");
  button.setAttribute("aria-label", document.body.dataset.calendar ?? "…");
  button.addEventListener("click", () => {
    const [, d, m, y] = /^(\d+)\D(\d+)\D(\d{4})$/.exec(input.value) ?? [];
    if (y) picker.value = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (picker.value) input.value = picker.value.split("-").reverse().join("/");
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const row = document.createElement("div");
  row.className = "day-field";
  input.replaceWith(row);
  row.append(input, button, picker);
}

// A table that fits needs no scrolling box of its own, and its head can stick to the window.
const fits = new ResizeObserver((entries) => {
  for (const { target: wrap } of entries) {
    wrap.classList.toggle("fits", wrap.firstElementChild.scrollWidth <= wrap.clientWidth + 1);
  }
});

// Without htmx a filter still takes effect when it is chosen.
document.addEventListener("change", (event) => {
  if (!window.htmx && event.target.matches(".list-region select")) event.target.form.requestSubmit();
});

// What is focused by keyboard never stays behind a foot that sticks to the bottom.
document.addEventListener("focusin", ({ target }) => requestAnimationFrame(() => {
  const foot = document.querySelector(".foot-bar, .report-foot");
  if (!foot || foot.contains(target) || getComputedStyle(foot).position === "static") return;
  const box = target.getBoundingClientRect(), top = foot.getBoundingClientRect().top;
  if (!target.closest(".doors, dialog") && box.bottom + 8 > top) scrollBy({ top: box.bottom + 8 - top, behavior: "instant" });
}));

function prepare(root) {
  root.querySelectorAll(".table-wrap").forEach((wrap) => fits.observe(wrap));
  root.querySelectorAll("input[data-day]").forEach(addCalendar);
  root.querySelectorAll("input[data-all]").forEach((all) => {
    const boxes = () => document.querySelectorAll(`input[name=row][form="${all.dataset.all}"]`);
    all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
  });
}

prepare(document);
document.querySelector(".parts [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
document.body.addEventListener("htmx:load", (event) => prepare(event.target));
document.querySelector(".form-summary")?.focus();
if (new URLSearchParams(location.search).get("print") === "1") window.print();
