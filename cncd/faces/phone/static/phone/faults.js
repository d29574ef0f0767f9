// What the server found wrong with an entry, shown at each field: nothing typed or chosen is lost.

/** Shows the faults of a refused entry in its form, whose data-faults and data-doubt say the headings. */
export function showFaults(form, why) {
  clearFaults(form);
  const box = document.createElement("div"), head = document.createElement("p"), list = document.createElement("ul");
  box.className = `alert alert-${why.asks ? "warning" : "danger"} form-summary js-fault`;
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  head.className = "fw-semibold mb-1";
  head.textContent = why.asks ? form.dataset.doubt : form.dataset.faults;
  list.className = "mb-0";
  const faults = why.faults?.length ? why.faults : [["", "", why.told]];
  for (const fault of faults) list.append(line(form, ...fault));
  box.append(head, list);
  form.prepend(box);
  form.dispatchEvent(new Event("faulty"));
  for (const fold of form.querySelectorAll("details:has(.js-fault)")) fold.open = true;
  if (why.asks) askToConfirm(form);
  box.scrollIntoView({ block: "center" });
  box.focus({ preventScroll: true });
}

export function clearFaults(form) {
  for (const each of form.querySelectorAll(".js-fault")) each.remove();
  for (const each of form.querySelectorAll(".js-wrong")) each.classList.remove("js-wrong", "is-wrong");
  const button = saver(form);
  if (button?.dataset.usual === undefined) return;
  button.lastChild.textContent = button.dataset.usual;
  button.removeAttribute("name");
  delete button.dataset.usual;
}

function line(form, name, label, message) {
  const item = document.createElement("li");
  const found = name ? form.elements[name] : null, field = found?.length && !found.type ? found[0] : found;
  item.textContent = label ? `${label}: ${message}` : message;
  const row = field?.closest?.(".count, .count-line, .when, .form-row");
  if (row) {
    const told = document.createElement("ul");
    told.className = "field-errors js-fault";
    told.append(Object.assign(document.createElement("li"), { textContent: message }));
    row.classList.add("is-wrong", "js-wrong");
    row.append(told);
  }
  return item;
}

const saver = (form) => document.querySelector(`.foot-bar button[form="${form.id}"]`);

// "Right, save it": the same press confirms what is unusual.
function askToConfirm(form) {
  const button = saver(form);
  if (!button) return;
  button.dataset.usual = button.lastChild.textContent;
  button.lastChild.textContent = ` ${form.dataset.confirm}`;
  button.name = "confirmed";
  button.value = "on";
}
