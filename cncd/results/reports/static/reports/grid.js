// The grid of all teams: what is typed is meant to be sent.

import "../kit/grid.js";

document.querySelector("[data-grid]")?.addEventListener("change", (event) => {
  const box = event.target.closest("tr")?.querySelector(".tick input");
  if (box && event.target !== box && event.target.value) box.checked = true;
});
