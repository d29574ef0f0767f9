// Arrow keys walk over the links of a <table data-grid>, as in a spreadsheet.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function walk(event) {
  const step = STEPS[event.key];
  const cell = event.target.closest("th, td");
  if (!step || !cell) return;
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  for (let r = rows.indexOf(row) + step[0], c = cell.cellIndex + step[1]; ; r += step[0], c += step[1]) {
    const next = rows[r]?.cells[c];
    if (!next) return;
    const link = next.querySelector("a");
    if (link) {
      event.preventDefault();
      link.focus();
      return;
    }
  }
}

document.querySelectorAll("table[data-grid]").forEach((table) => table.addEventListener("keydown", walk));
