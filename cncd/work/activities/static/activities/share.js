/* Copy and Share beside a text; without this file the text is selected and copied by hand. */
for (const bar of document.querySelectorAll("[data-share]")) {
  const area = document.getElementById(bar.dataset.share);
  const said = bar.querySelector("[role=status]");
  const copy = bar.querySelector("[data-do=copy]");
  const share = bar.querySelector("[data-do=share]");
  bar.hidden = false;
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ text: area.value }).catch(() => {}));
  copy.addEventListener("click", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      document.execCommand("copy"); // plain http on a local network has no clipboard
    }
    said.textContent = copy.dataset.done;
  });
}
