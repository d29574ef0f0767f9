// The page kept for every kind of work becomes the page of the kind that was tapped.

const form = document.querySelector("form[data-tiles]");
const key = /\/m\/log\/([ck]-[^/]+)\//.exec(location.pathname)?.[1];
const tile = form && key && JSON.parse(form.dataset.tiles)[key];

if (tile) {
  const [name, kind, own] = tile;
  document.querySelector("h1").textContent = name;
  document.title = `${name} · CNCĐ`;
  form.action = location.pathname + location.search;
  form.dataset.title = name;
  form.dataset.about = JSON.stringify({ ...JSON.parse(form.dataset.about), tile: key });
  say("kind", [kind]);
  const count = own && document.getElementById(`id_${own}`)?.closest(".count, .count-line");
  if (count) form.querySelector(".count-main").after(count);
  const like = sessionStorage.getItem("like");
  if (like && new URLSearchParams(location.search).has("like")) {
    for (const [field, value] of Object.entries(JSON.parse(like))) say(field, [value].flat().map(String));
  }
}

// As the server would have drawn it, so that clearing the form goes back to this.
function say(field, values) {
  for (const each of [form.elements[field] ?? []].flatMap((found) => (found instanceof RadioNodeList ? [...found] : found))) {
    if (each.type === "checkbox" || each.type === "radio") each.checked = each.defaultChecked = values.includes(each.value);
    else if (each.options) for (const option of each.options) option.selected = option.defaultSelected = values.includes(option.value);
    else each.value = each.defaultValue = values[0];
  }
}
