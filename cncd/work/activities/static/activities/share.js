/* Share by the system's own sheet (Zalo is in it), else copy; without this file it is copied by hand. */
for (const bar of document.querySelectorAll("[data-share]")) {
  const area = document.getElementById(bar.dataset.share);
  const said = bar.querySelector("[role=status]");
  const copy = bar.querySelector("[data-do=copy]");
  const share = bar.querySelector("[data-do=share]");
  bar.hidden = false;
  share.hidden = !navigator.share;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ text: area.value });
    } catch (error) {
      if (error.name !== "AbortError") await copied(); // the sheet did not open
    }
  });
  copy.addEventListener("click", copied);

  async function copied() {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      document.execCommand("copy"); // plain http on a local network has no clipboard
    }
    said.textContent = copy.dataset.done;
  }
}
