// Draws a chart above each <table data-chart="line|bar|stacked">, from the table's own cells.
// First column: categories; every other column: a series. The number is `data-value` when a cell
// has one, else its text. data-unit="%": values are fractions. A heading with data-goal is a goal.

/* global echarts */
const COLOURS = ["#0b5351", "#d08700", "#55789f", "#86659b", "#5f716f", "#a9622a"];
const SYMBOLS = ["circle", "triangle", "rect", "diamond", "emptyCircle", "arrow"];
const INK = "#17211f", SOFT = "#4c5a58", LINE = "#dbe3e2";
const words = document.getElementById("chart-words").dataset;
const language = document.documentElement.lang || "vi";
const figures = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const font = getComputedStyle(document.body).fontFamily;
const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875;

function numberIn(cell, isShare) {
  if (cell.dataset.value !== undefined) {
    if (cell.dataset.value === "") return null;
    return Number(cell.dataset.value) * (isShare ? 100 : 1);
  }
  const [thousand, decimal] = language.startsWith("vi") ? [".", ","] : [",", "."];
  const text = cell.textContent.replaceAll(thousand, "").replace(decimal, ".").replace("%", "").trim();
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function read(table) {
  const isShare = table.dataset.unit === "%";
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  return {
    title: table.caption?.textContent.trim() ?? "",
    unit: table.dataset.unit ?? "",
    categories: rows.map((row) => row.cells[0].textContent.trim()),
    series: heads.slice(1).map((head, place) => ({
      name: head.textContent.trim(),
      isGoal: "goal" in head.dataset,
      data: rows.map((row) => (row.cells[place + 1] ? numberIn(row.cells[place + 1], isShare) : null)),
    })),
  };
}

function drawn(kind, series, place) {
  const colour = series.isGoal ? SOFT : COLOURS[place % COLOURS.length];
  const isLine = kind === "line" || series.isGoal;
  return {
    name: series.name,
    data: series.data,
    type: isLine ? "line" : "bar",
    stack: kind === "stacked" && !series.isGoal ? "all" : undefined,
    symbol: series.isGoal ? "none" : SYMBOLS[place % SYMBOLS.length],
    symbolSize: 8,
    barMaxWidth: 36,
    itemStyle: { color: colour, borderRadius: kind === "bar" ? [3, 3, 0, 0] : 0 },
    lineStyle: { color: colour, width: series.isGoal ? 1.5 : 2.5, type: series.isGoal ? "dashed" : "solid" },
    emphasis: { focus: "series" },
  };
}

function option(kind, found) {
  const many = found.series.length > 1;
  const lying = kind !== "line" && found.categories.some((name) => name.length > 12);
  // Said here again: the room kept for labels is measured without the font of the whole chart.
  const label = { color: SOFT, fontSize: size, fontFamily: font };
  const names = { type: "category", data: found.categories, axisTick: { show: false },
    axisLine: { lineStyle: { color: SOFT } }, axisLabel: label,
    inverse: lying };
  const values = { type: "value", axisLabel: { ...label, formatter: (v) => (Math.abs(v) < 1e6 ? figures : short).format(v) + (found.unit === "%" ? "%" : "") },
    splitLine: { lineStyle: { color: LINE } } };
  const bars = kind !== "line" && many;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    textStyle: { fontFamily: font, color: INK, fontSize: size },
    title: { text: found.title, left: 0, top: size * 0.4, padding: 0, textStyle: { fontSize: size * 1.15, fontWeight: 600, color: INK } },
    legend: many ? { type: "scroll", top: size * 2.3, left: 0, padding: 0, textStyle: { fontSize: size, color: INK } } : undefined,
    grid: { left: 2, right: 24, top: size * (many ? 5 : 3), bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true,
      valueFormatter: (v) => (v === null || v === undefined ? "–" : figures.format(v) + (found.unit === "%" ? "%" : "")) },
    aria: { enabled: true, decal: { show: bars } },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: found.series.map((series, place) => drawn(kind, series, place)),
  };
}

function download(chart, title) {
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" });
  link.download = `${title || "chart"}.png`;
  link.click();
}

function draw(table) {
  const found = read(table);
  const kind = table.dataset.chart;
  const figure = document.createElement("figure");
  figure.className = "chart";
  const canvas = document.createElement("div");
  canvas.className = "chart-canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", found.title);
  const lying = kind !== "line" && found.categories.some((name) => name.length > 12);
  const room = lying ? 90 + found.categories.length * 28 : 320;
  canvas.style.height = `${Math.max(220, room)}px`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-quiet d-print-none";
  button.textContent = words.image;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.className = "btn btn-sm btn-quiet d-print-none";
  summary.textContent = words.table;
  const wrap = table.closest(".table-wrap") ?? table;
  wrap.before(figure);
  details.append(summary, wrap);
  figure.append(canvas, button, details);
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(option(kind, found));
  button.addEventListener("click", () => download(chart, found.title));
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

// The font must be there before the canvas is painted.
await document.fonts.ready;
document.querySelectorAll("table[data-chart]").forEach(draw);
