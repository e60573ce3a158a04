/**
 * Takes pictures of the page at the widths of a desk, a tablet and a phone, light and dark, before, during and after
 * a training: `node test/e2e/takeScreenshots.mjs FOLDER`.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gatherComplaints, launchChromium, serveLab } from './labInBrowser.mjs';

const WIDTHS_PX = [1440, 1280, 1024, 820, 360];
const HEIGHT_PX = 900;
const TRAINING_MS = 180_000;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node test/e2e/takeScreenshots.mjs FOLDER\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const lab = await serveLab();
const browser = await launchChromium();
const page = await browser.newPage();
const complaints = gatherComplaints(page);

/** @param {string} name */
async function shoot(name) {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: HEIGHT_PX });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(150);
      await page.screenshot({
        path: join(folder ?? '.', `${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
  }
}

await page.goto(lab.address);
await page.getByText('Software adapter').waitFor();
await shoot('first');
await page.getByRole('button', { name: 'Use the built-in pair' }).click();
await page.getByText('SHA-256').nth(1).waitFor({ state: 'attached' });
await page.getByLabel('Tokens per run').fill('16384');
await page.getByLabel('Final ratio').fill('0.3');
await shoot('refused');
await page.getByLabel('Final ratio').fill('0.9');
await page.getByRole('button', { name: 'Train' }).click();
await page.getByRole('button', { name: 'Pause' }).waitFor();
await page.waitForTimeout(5000);
await page.getByRole('button', { name: 'Pause' }).click();
await page.getByText('Paused', { exact: true }).waitFor();
await shoot('paused');
await page.getByRole('button', { name: 'Stop' }).click();
await page.getByText('Stopped', { exact: true }).waitFor();
await shoot('stopped');
await page.getByRole('button', { name: /^Go on from step/ }).click();
await page.getByText('Finished', { exact: true }).waitFor({ timeout: TRAINING_MS });
await shoot('finished');
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
await browser.close();
await lab.close();
process.exit(complaints.length > 0 ? 1 : 0);
