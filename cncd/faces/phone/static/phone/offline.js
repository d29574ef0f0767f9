// The page without a network: whom to call is known from pages seen before.

const officer = localStorage.getItem("officer"), call = document.getElementById("call");
if (officer) {
  call.href = officer;
  call.parentElement.hidden = false;
}
document.getElementById("again").addEventListener("click", () => location.reload());

// A form was sent, and nothing took it.
if (new URLSearchParams(location.search).has("unsaved")) {
  const unsaved = document.getElementById("unsaved");
  document.getElementById("unknown").hidden = true;
  unsaved.hidden = false;
  document.querySelector("h1").textContent = unsaved.dataset.heading;
  document.getElementById("back").addEventListener("click", () => history.back());
}
