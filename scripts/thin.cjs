// node scripts/thin.cjs SHEET    drops the rules whose classes no page, script or Python file names

const fs = require("node:fs");
const { PurgeCSS } = require("purgecss");

const content = ["cncd/**/*.html", "cncd/*/*/static/**/*.js", "cncd/**/*.py"];
const standard = [/^alert-/]; // put together from parts: "alert-{{ tag }}"

(async () => {
  const [sheet] = process.argv.slice(2);
  const [found] = await new PurgeCSS().purge({ css: [sheet], content, safelist: { standard }, variables: true });
  fs.writeFileSync(sheet, found.css);
})();
