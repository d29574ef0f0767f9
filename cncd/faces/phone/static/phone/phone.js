// The line on top says in words when there is no network; menus close by themselves.

const line = document.getElementById("line");
const online = line?.innerHTML;

function tell() {
  if (!line) return;
  line.classList.toggle("is-offline", !navigator.onLine);
  if (navigator.onLine) {
    line.innerHTML = online;
  } else {
    const dot = document.createElement("span");
    dot.className = "dot";
    line.replaceChildren(dot, " ", line.dataset.offline);
  }
}

addEventListener("online", tell);
addEventListener("offline", tell);
tell();
