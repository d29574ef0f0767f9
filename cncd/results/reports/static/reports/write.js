// A report being written: kept as it is typed, and one tap for what is usual.

const form = document.querySelector("form[data-keep]");
const PAUSE = 1500; // ms after the last key
let waiting = 0, running = false, again = false;

function say(text) {
  const said = form.querySelector("[data-kept]");
  if (said) said.textContent = text;
}

// Parts of the page that follow from what was typed; not while somebody types in them.
function renew(parts) {
  for (const [id, html] of Object.entries(parts ?? {})) {
    const part = document.getElementById(id);
    if (part && !part.contains(document.activeElement)) part.innerHTML = html;
  }
}

async function keep() {
  if (running) { again = true; return; }
  running = true;
  try {
    const response = await fetch(form.dataset.keep, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const answer = await response.json();
    say(answer.said);
    if (response.ok) {
      form.elements.edition_seen.value = answer.edition;
      renew(answer.parts);
    }
  } catch {
    say(form.dataset.offline);
  }
  running = false;
  if (again) { again = false; keep(); }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}

if (form) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(waiting));
  addEventListener("online", later);
  for (const button of form.querySelectorAll("[data-fill]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.fill);
      field.value = button.dataset.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  // Enter goes to the next field: a number must not send the whole report by accident.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox])")) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
    fields[fields.indexOf(event.target) + 1]?.focus();
  });
}
