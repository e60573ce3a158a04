/** Builds and serves the page, and opens it in a headless Chromium; for the tests and the screenshots. */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium } from '../../scripts/chromium.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Builds the page as `npm start` does, and serves it on a free port of this machine.
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function serveLab() {
  await build({ root: ROOT, logLevel: 'warn' });
  const server = await preview({ root: ROOT, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
  const bound = server.httpServer.address();
  if (bound === null || typeof bound === 'string') throw new Error('the preview server has no port');
  return { address: `http://127.0.0.1:${bound.port}/`, close: () => server.close() };
}

/**
 * Launches Chromium, with WebGPU on SwiftShader unless told otherwise.
 * @param {{webgpu?: boolean}} [options]
 */
export async function launchChromium({ webgpu = true } = {}) {
  const found = findChromium();
  if (!found) throw new Error('no Chromium on this machine; `npm test` installs one');
  return chromium.launch({
    executablePath: found.executable,
    // The old headless mode, Playwright's default, is a build without WebGPU.
    ignoreDefaultArgs: ['--headless'],
    args: [
      '--headless=new',
      '--no-sandbox',
      ...(webgpu ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] : []),
    ],
  });
}

/**
 * Gathers what a page should never say: errors on its console, uncaught ones, and those of its worker.
 * @param {import('playwright-core').Page} page
 * @returns {string[]} grows while the page lives
 */
export function gatherComplaints(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // Chromium warns of uncaptured GPU errors and of WebGPU's experimental state on the same channel.
    if (message.type() === 'error' || /uncaptured|validation/i.test(message.text())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  return complaints;
}
