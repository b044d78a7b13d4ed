#!/usr/bin/env bash
# Makes the pictures of the report anew from the synthetic study, and those of a model's diagnostics from the logarithms of
# the airline passengers, and the alarms in a generated order book; fails if a page can be scrolled sideways.
# Needs node with npm and Chromium (CHROMIUM names it where it is not found).
#   docs/pictures/make.sh            run the study, then take the pictures
#   docs/pictures/make.sh REPORT     take the pictures of a report.html that exists
# With NOTEBOOK=FILE it takes the one of the fourth notebook as well, from the page that this makes in the environment of
# notebooks/run.sh: jupyter nbconvert --to html --execute 04-honest-research.ipynb --output FILE
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
export CHROMIUM
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
report=${1:-$work/study/report.html}
if [ $# -eq 0 ]; then
    (cd "$work" && "$here/../../lama" study --out "$work/study")
fi
awk -F, 'NR == 1 { print; next } { printf "%s,%.15g\n", $1, log($2) }' \
    "$here/../../datasets/src/main/resources/org/lama/datasets/air-passengers.csv" > "$work/passengers.csv"
"$here/../../lama" arima fit "$work/passengers.csv" --column AirPassengers --order 0,1,1 --seasonal 0,1,1,12 \
    --figures "$work/model" >/dev/null
(cd "$work" && "$here/../../lama" book anomalies --out "$work/book" >/dev/null)
case $report in /*) ;; *) report=$PWD/$report ;; esac
case ${NOTEBOOK:-/} in /*) ;; *) NOTEBOOK=$PWD/$NOTEBOOK ;; esac
export NOTEBOOK=${NOTEBOOK:-}
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.49.1 >/dev/null
cat > "$work/shoot.cjs" <<'JS'
const { chromium } = require('playwright-core');
const { pathToFileURL } = require('node:url');
const { readFileSync } = require('node:fs');
const [, , report, folder, model, book] = process.argv;
(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  let bad = 0;
  for (const [name, width, height] of [['phone', 390, 844], ['desktop', 1440, 900]]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(pathToFileURL(report).href);
      for (const details of await page.$$('details')) await details.evaluate((d) => { d.open = true; });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      await page.reload();
      await page.screenshot({ path: `${folder}/report-${name}-${colorScheme}.png` });
      console.log(name, colorScheme, 'page', wide, 'window', width, wide <= width ? 'ok' : 'SCROLLS SIDEWAYS');
      bad += wide > width;
      await page.close();
    }
  }
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 940, height: 400 }, colorScheme });
    await page.setContent('<body style="margin:0">' + readFileSync(model + '/diagnostics.svg', 'utf8') + '</body>');
    await (await page.$('svg')).screenshot({ path: `${folder}/diagnostics-${colorScheme}.png` });
    await page.close();
  }
  const alarms = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  await alarms.goto(pathToFileURL(book).href);
  const boxes = await Promise.all((await alarms.$$('figure')).map((figure) => figure.boundingBox()));
  const last = boxes[boxes.length - 1];
  const { x, y, width } = boxes[0];
  const clip = { x, y, width, height: last.y + last.height - y };
  await alarms.screenshot({ path: `${folder}/book-anomalies.png`, fullPage: true, clip });
  await alarms.close();
  if (process.env.NOTEBOOK) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, colorScheme: 'light' });
    await page.goto(pathToFileURL(process.env.NOTEBOOK).href, { waitUntil: 'domcontentloaded' });
    await page.evaluate(() => {
      const cells = [...document.querySelectorAll('pre')];
      const at = cells.find((cell) => cell.textContent.includes('pictures.get("heat-map")'));
      window.scrollTo(0, at.getBoundingClientRect().top + window.scrollY - 60);
    });
    await page.screenshot({ path: `${folder}/notebook-04.png` });
    await page.close();
  }
  await browser.close();
  process.exit(bad ? 1 : 0);
})();
JS
(cd "$work" && node shoot.cjs "$report" "$here" "$work/model" "$work/book/report.html")
