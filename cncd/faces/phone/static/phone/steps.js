// Somebody's first entry: one question at a time. Save stands below every one of them.

const form = document.querySelector("form[data-steps]");
const steps = [...(form?.querySelectorAll(".step") ?? [])];
const template = document.getElementById("steps");
const isFresh = !form?.querySelector(".form-summary, .draft-told") && !/[?&](again|like)=/.test(location.search);
let here = 0;

if (template && steps.length > 1 && isFresh) {
  const [asked, bar] = template.content.cloneNode(true).children;
  const where = document.createElement("small");
  steps[0].before(asked);
  steps.at(-1).after(bar);

  const show = () => {
    for (const [place, step] of steps.entries()) step.hidden = place !== here;
    if (steps[here].matches("details")) steps[here].open = true;
    where.textContent = asked.dataset.where.replace("##", steps.length).replace("#", here + 1);
    asked.replaceChildren(where, steps[here].dataset.ask);
    bar.querySelector("[data-go='-1']").hidden = here === 0;
    bar.querySelector("[data-go='1']").hidden = here === steps.length - 1;
  };
  const showAll = () => {
    for (const step of steps) step.hidden = false;
    asked.remove();
    bar.remove();
  };
  bar.addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]")?.dataset.go;
    if (go === undefined) return;
    if (go === "0") return showAll();
    here += Number(go);
    show();
    asked.focus();
    scrollTo(0, 0);
  });
  // What is wrong may stand at any question.
  form.addEventListener("faulty", showAll);
  form.addEventListener("started", showAll);
  show();
}
