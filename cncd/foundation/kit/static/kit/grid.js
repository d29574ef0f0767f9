// A table to type into (data-grid): a block copied from Excel fills it, keys walk through it.
//
// data-grid="down": Enter goes to the box below; "rows": to the first box of the next row.
// data-more="90": pasting past the end adds rows, up to that many; a row's boxes are named
// "l<number>-…". A cell of the foot with data-sum shows the sum of its column.

const grid = document.querySelector("[data-grid]");
const FIELD = "input:not([type=checkbox], [type=hidden]), select";

const rows = () => [...grid.tBodies].flatMap((body) => [...body.rows]);
const fields = (row) => [...row.cells].map((cell) => (cell.tagName === "TD" ? cell.querySelector(FIELD) : null));

function placeOf(field) {
  const row = field.closest("tr");
  return [fields(row).indexOf(field), rows().indexOf(row)];
}

function put(field, text) {
  if (field.tagName === "SELECT") {
    const wanted = text.trim().toLowerCase();
    const option = [...field.options].find((each) => each.value === wanted || each.text.toLowerCase() === wanted);
    if (option) field.value = option.value;
  } else {
    field.value = text.trim();
  }
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// What Excel copies: tabs between cells, a cell of several lines stands in quotes.
function table(text) {
  const lines = [[""]];
  let quoted = false;
  const signs = [...text.replace(/\r\n?/g, "\n").replace(/\n$/, "")];
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at], line = lines.at(-1), cell = line.length - 1;
    if (sign === '"' && quoted && signs[at + 1] === '"') line[cell] += signs[++at];
    else if (sign === '"' && (quoted || line[cell] === "")) quoted = !quoted;
    else if (sign === "\t" && !quoted) line.push("");
    else if (sign === "\n" && !quoted) lines.push([""]);
    else line[cell] += sign === "\n" ? " " : sign;
  }
  return lines;
}

function more() {
  const all = rows(), last = all.at(-1), number = Number(last.dataset.line);
  if (!number || all.length >= Number(grid.dataset.more || 0)) return false;
  const next = last.cloneNode(true);
  next.dataset.line = number + 1;
  next.classList.remove("is-wrong");
  for (const fault of next.querySelectorAll(".field-errors, .cell-error")) fault.remove();
  for (const each of next.querySelectorAll("[data-number]")) each.textContent = number + 1;
  for (const field of next.querySelectorAll(FIELD)) {
    for (const name of ["id", "name"]) field[name] = field[name].replace(`l${number}-`, `l${number + 1}-`);
    field.ariaLabel = field.ariaLabel?.replace(number, number + 1);
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    field.value = "";
  }
  last.after(next);
  return true;
}

grid?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.trim())) return;
  const [x, y] = placeOf(event.target);
  if (x < 0) return;
  event.preventDefault();
  let at = y;
  // Rows that cannot be written any more keep their place, as they do in the sheet pasted from.
  for (const line of table(text)) {
    if (at >= rows().length && !more()) { alert(grid.dataset.full); break; }
    const row = fields(rows()[at++]);
    line.forEach((value, right) => row[x + right] && put(row[x + right], value));
  }
});

function beside(field, key) {
  const [x, y] = placeOf(field), all = rows();
  if (key === "Enter" && grid.dataset.grid === "rows") {
    for (let at = y + 1; at < all.length || more(); at++) {
      const first = fields(rows()[at]).find(Boolean);
      if (first) return first;
    }
    return null;
  }
  const step = key === "ArrowUp" ? -1 : 1;
  for (let at = y + step; at >= 0 && at < all.length; at += step) if (fields(all[at])[x]) return fields(all[at])[x];
  return null;
}

grid?.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!["ArrowDown", "ArrowUp", "Enter"].includes(key) || !target.matches("input:not([type=checkbox])")) return;
  if (target.list && key !== "Enter") return; // the arrows walk through what is suggested
  if (placeOf(target)[0] < 0) return;
  event.preventDefault();
  beside(target, key)?.focus();
});

function sum() {
  for (const cell of grid.querySelectorAll("[data-sum]")) {
    const read = (row) => row.cells[cell.cellIndex].querySelector(FIELD)?.value ?? row.cells[cell.cellIndex].textContent;
    const numbers = rows().map((row) => parseInt(read(row).replace(/[.\s]/g, ""), 10) || 0);
    cell.textContent = numbers.reduce((a, b) => a + b, 0).toLocaleString("vi-VN");
  }
}
if (grid?.querySelector("[data-sum]")) {
  for (const name of ["input", "change"]) grid.addEventListener(name, sum);
  sum();
}

for (const button of document.querySelectorAll("[data-add-rows]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const from = rows().length;
    for (let n = 0; n < Number(button.dataset.addRows); n++) more();
    rows()[from]?.querySelector(FIELD)?.focus();
  });
}
