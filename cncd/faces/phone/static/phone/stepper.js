// − and + change the number at once; without this file the server does it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=step]");
  if (!button) return;
  event.preventDefault();
  const [name, by] = button.value.split(":");
  const input = button.form.elements[name];
  const before = parseInt(input.value.replace(/[.\s]/g, ""), 10) || 0;
  input.value = Math.max(0, before + Number(by));
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

// A number is replaced as it is typed, not appended to.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".stepper input")) event.target.select();
});
