// Picking what the units below said into one's own words.

const form = document.querySelector("form[data-keep]");

function pickDifficulty(button) {
  const kinds = [...form.querySelectorAll("[name^='dc.']")];
  const place = kinds.findIndex((kind) => !kind.value && !textOf(kind).value);
  if (place < 0) return;
  kinds[place].closest("details")?.setAttribute("open", "");
  kinds[place].value = button.dataset.kind;
  textOf(kinds[place]).value = button.dataset.text;
  textOf(kinds[place]).dispatchEvent(new Event("input", { bubbles: true }));
}

function textOf(kind) {
  return form.elements[kind.name.replace("dc.", "dt.")];
}

for (const button of document.querySelectorAll("[data-pick]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.dataset.pick === "difficulty") {
      pickDifficulty(button);
    } else {
      const field = document.getElementById(button.dataset.pick);
      field.value = [field.value.trim(), button.dataset.text].filter(Boolean).join("\n");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    button.disabled = true;
  });
}
