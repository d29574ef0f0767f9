// − and + change the number at once, and go on while they are held; without this file the server does it.
const PATIENCE = 450, PACE = 90; // milliseconds until a press counts as held, and between two steps
let timer = 0, held = false;

function step(button) {
  const [name, by] = button.value.split(":");
  const input = button.form.elements[name];
  const before = parseInt(input.value.replace(/[.\s]/g, ""), 10) || 0;
  input.value = Math.max(0, before + Number(by));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

const stepButton = (event) => event.target.closest?.("button[name=step]");

document.addEventListener("click", (event) => {
  const button = stepButton(event);
  if (!button) return;
  event.preventDefault();
  if (!held) step(button);
  held = false;
});

document.addEventListener("pointerdown", (event) => {
  const button = stepButton(event);
  if (!button || event.button) return;
  held = false;
  timer = setTimeout(() => {
    held = true;
    step(button);
    timer = setInterval(step, PACE, button);
  }, PATIENCE);
});
for (const end of ["pointerup", "pointercancel", "pointerout", "contextmenu"]) {
  addEventListener(end, (event) => {
    clearTimeout(timer);
    clearInterval(timer);
    if (end === "contextmenu" && stepButton(event)) event.preventDefault(); // a long press is no menu
  }, true);
}

// A number is replaced as it is typed, not appended to.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".stepper input")) event.target.select();
});
