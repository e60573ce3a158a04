// Builds the benchmark's page, serves it on localhost and opens it in a headless Chromium with WebGPU.

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

const ROOT = fileURLToPath(new URL('./page', import.meta.url));
const OUT = fileURLToPath(new URL('../dist/bench', import.meta.url));
const HOST = '127.0.0.1';
// A step of a slow peer on a software adapter takes seconds, and compiling its kernels takes longer.
const TIMEOUT_MS = 600_000;

/** @type {import('vite').InlineConfig} */
const VITE = {
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  build: { outDir: OUT, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 4_000 },
  preview: { host: HOST, port: 0 },
};

/**
 * @returns {Promise<{ page: import('playwright-core').Page, version: string, close: () => Promise<void> }>}
 * @throws {Error} when no Chromium is found
 */
export async function openBenchPage() {
  const found = findChromium();
  if (!found) throw new Error('no Chromium was found; install one, or name it in M3LAB_CHROMIUM');
  await build(VITE);
  const server = await preview(VITE);
  const close = () => new Promise((resolve) => server.httpServer.close(resolve));
  try {
    const browser = await chromium.launch({
      executablePath: found.executable,
      args: ['--headless=new', '--no-sandbox', '--enable-unsafe-webgpu', '--enable-features=Vulkan'],
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    page.on('pageerror', (error) => console.error(`page: ${error.message}`));
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error('the page is served nowhere');
    await page.goto(url);
    await page.waitForFunction('globalThis.bench');
    return {
      page,
      version: browser.version(),
      close: async () => {
        await browser.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
