// The grid of all teams: a block copied from Excel fills it; arrows and Enter walk through it.

const grid = document.querySelector("[data-grid]");

function cells() {
  return [...grid.tBodies[0].rows].map((row) =>
    [...row.cells].slice(2).map((cell) => cell.querySelector("input, select")));
}

function placeOf(field, rows) {
  for (const [y, row] of rows.entries()) {
    const x = row.indexOf(field);
    if (x >= 0) return [x, y];
  }
  return null;
}

function put(field, text) {
  if (field.tagName === "SELECT") {
    const wanted = text.trim().toLowerCase();
    const option = [...field.options].find((each) =>
      each.value === wanted || each.text.toLowerCase() === wanted);
    if (option) field.value = option.value;
  } else {
    field.value = text.trim();
  }
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

grid?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.trim())) return;
  const rows = cells();
  const start = placeOf(event.target, rows);
  if (!start) return;
  event.preventDefault();
  // Rows that cannot be written any more keep their place, as they do in the sheet pasted from.
  text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const field = rows[start[1] + down]?.[start[0] + right];
      if (field) put(field, value);
    });
  });
});

const STEPS = { ArrowDown: [0, 1], ArrowUp: [0, -1], Enter: [0, 1] };

grid?.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || !event.target.matches("input:not([type=checkbox])")) return;
  const rows = cells();
  const start = placeOf(event.target, rows);
  if (!start) return;
  event.preventDefault();
  for (let y = start[1] + step[1]; y >= 0 && y < rows.length; y += step[1]) {
    if (rows[y][start[0]]) { rows[y][start[0]].focus(); return; }
  }
});

// What is typed is meant to be sent.
grid?.addEventListener("change", (event) => {
  const box = event.target.closest("tr")?.querySelector(".tick input");
  if (box && event.target !== box && event.target.value) box.checked = true;
});
