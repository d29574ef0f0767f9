// <button data-picture> saves the drawing of its <figure>, an <svg> made by the server, as a PNG: with
// the figure's data-title on top, the names of its columns (data-label of a shape) and its legend.

const DRAWN = ["fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor", "visibility"];
const WIDE = 960, PAD = 32, LETTERS = 22;

// A picture knows no stylesheet: what the page's own says is written into each shape.
function alone(svg) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((shape, place) => {
    const style = getComputedStyle(shape);
    for (const name of DRAWN) to[place].setAttribute(name, style.getPropertyValue(name));
    to[place].removeAttribute("class");
  });
  return copy;
}

async function image(svg, width, height) {
  const copy = alone(svg);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const found = new Image(width, height);
  found.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await found.decode();
  return found;
}

function write(pen, text, x, y, { size = 16, weight = 400, align = "left", most } = {}) {
  pen.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = align;
  pen.fillText(text, x, y, most);
}

async function draw(figure) {
  const svg = figure.querySelector("svg"), box = svg.viewBox.baseVal;
  const width = WIDE - 2 * PAD, names = [...svg.querySelectorAll("[data-label]")];
  const stretched = svg.getAttribute("preserveAspectRatio") === "none";
  const height = Math.round(stretched ? width / 3 : (width * box.height) / box.width);
  const lines = (figure.dataset.title ?? "").split("\n"), top = PAD + lines.length * 28 + LETTERS;
  const steps = [...figure.querySelectorAll(".legend-step")];
  const canvas = document.createElement("canvas");
  canvas.width = WIDE * 2;
  canvas.height = (top + height + (names.length || steps.length ? 2 * LETTERS : 0) + PAD) * 2;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, WIDE, canvas.height);
  pen.fillStyle = "#17211f";
  lines.forEach((line, place) => write(pen, line, PAD, PAD + 20 + place * 28, { size: place ? 16 : 20, weight: place ? 400 : 600, most: width }));
  pen.drawImage(await image(svg, width, height), PAD, top, width, height);
  const step = width / box.width;
  for (const shape of names) {
    const x = PAD + (Number(shape.getAttribute("x")) + Number(shape.getAttribute("width")) / 2) * step;
    const most = Number(shape.getAttribute("width")) * step + 8;
    write(pen, shape.dataset.value, x, top + Number(shape.getAttribute("y")) * (height / box.height) - 6, { size: 14, weight: 600, align: "center", most });
    write(pen, shape.dataset.label, x, top + height + LETTERS, { size: 14, align: "center", most });
  }
  legend(pen, steps, top + height + 2 * LETTERS);
  return canvas;
}

// A square in the colour of each step, and what it stands for.
function legend(pen, steps, y) {
  let x = PAD;
  for (const step of steps) {
    pen.fillStyle = getComputedStyle(step.querySelector(".swatch")).backgroundColor;
    pen.fillRect(x, y - 13, 16, 16);
    pen.fillStyle = "#17211f";
    write(pen, step.textContent.trim(), x + 22, y, { size: 14 });
    x += 22 + pen.measureText(step.textContent.trim()).width + 20;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-picture]");
  if (!button) return;
  const figure = button.closest("figure");
  const canvas = await draw(figure);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${(figure.dataset.title || "CNCĐ").replaceAll("\n", ", ").replaceAll("/", "-")}.png`;
  link.click();
});
