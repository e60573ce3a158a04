/**
 * Takes pictures of every view at the widths of a desk, a tablet and a phone, light and dark, in the states that matter:
 * `npm run screenshots -- FOLDER [SCENE…]`, or `npm run screenshots -- --docs [SCENE…]` for those that the README shows. Ends with 1 where a page
 * complained, or where a picture for the README is larger than it should be.
 */

import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gatherComplaints, launchChromium, serveLab } from './labInBrowser.mjs';
import { goTo, SCENES } from './screenshotScenes.mjs';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 360, height: 780 },
];
const THEMES = /** @type {const} */ (['light', 'dark']);
/** Fonts, and figures that are drawn in slices after a change of width. */
const SETTLED_MS = 900;
/** Of a window that shows a view whole: figures far below a window are not drawn. Chromium draws no window that is much higher. */
const MOST_HEIGHT_PX = 14_000;
const MOST_README_BYTES = 350_000;
const README_FOLDER = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'docs', 'pictures');

const [first, ...asked] = process.argv.slice(2);
if (first === undefined || asked.some((scene) => !(scene in SCENES))) {
  process.stderr.write(`usage: npm run screenshots -- FOLDER|--docs [${Object.keys(SCENES).join('|')}]…\n`);
  process.exit(2);
}
const forReadme = first === '--docs';
const folder = forReadme ? README_FOLDER : first;
mkdirSync(folder, { recursive: true });

const lab = await serveLab();
/** @type {import('playwright-core').Browser[]} */
const browsers = [];
/** @type {string[][]} */
const complaints = [];

/** @param {boolean} webgpu */
async function launched(webgpu) {
  const browser = await launchChromium({ webgpu });
  browsers.push(browser);
  return browser;
}

const browserWithGpu = await launched(true);

/** @type {(at: string, options?: {webgpu?: boolean}) => Promise<import('playwright-core').Page>} */
async function visit(at, { webgpu = true } = {}) {
  const browser = webgpu ? browserWithGpu : await launched(false);
  const context = await browser.newContext({
    viewport: SIZES[0] ?? null,
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  complaints.push(gatherComplaints(page, [lab.address]));
  await page.goto(`${lab.address}?tuning=off`);
  await goTo(page, at);
  return page;
}

/** @type {import('./screenshotScenes.mjs').Shoot} */
async function shoot(page, name, { window = false, readme } = {}) {
  if (forReadme) {
    if (!readme) return;
    await page.setViewportSize({ width: 1440, height: readme.top + readme.height });
    // Where the last click has scrolled to, and what lies under the pointer, are no part of the picture.
    await page.mouse.move(0, 0);
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await page.waitForTimeout(SETTLED_MS);
    const path = join(folder, `${name.replace(/-.*/, '')}.png`);
    await page.screenshot({ path, clip: { x: 0, y: readme.top, width: 1440, height: readme.height } });
    const { size } = statSync(path);
    if (size > MOST_README_BYTES) complaints.push([`${path}: ${size} bytes, more than ${MOST_README_BYTES}`]);
    return;
  }
  for (const size of SIZES) {
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      if (!window) await showWhole(page, size);
      await page.waitForTimeout(SETTLED_MS);
      await page.screenshot({
        path: join(folder, `${name}-${size.width}-${colorScheme}.png`),
        fullPage: !window,
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (SIZES[0]) await page.setViewportSize(SIZES[0]);
}

/**
 * Makes the window as high as what it shows, and again when what was drawn has become longer.
 * @param {import('playwright-core').Page} page
 * @param {{width: number, height: number}} size
 */
async function showWhole(page, { width, height }) {
  for (let round = 0; round < 2; round++) {
    await page.waitForTimeout(SETTLED_MS);
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(MOST_HEIGHT_PX, Math.max(height, whole)) });
  }
}

for (const [name, scene] of Object.entries(SCENES)) {
  if (asked.length === 0 || asked.includes(name)) await scene({ visit, shoot, forReadme });
}
for (const complaint of complaints.flat()) process.stderr.write(`${complaint}\n`);
for (const browser of browsers) await browser.close();
await lab.close();
process.exit(complaints.flat().length > 0 ? 1 : 0);
