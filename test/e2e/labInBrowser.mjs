/** Builds and serves the page, and opens it in a headless Chromium; for the tests and the screenshots. */

import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium } from '../../scripts/chromium.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * WebGPU on SwiftShader. Workgroup memory is zeroed by a loop: for Vulkan's own initialiser SwiftShader compiles a store for each element,
 * which takes seconds a kernel.
 */
const WITH_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
];

/**
 * Serves the page on a free port of this machine; builds it first as `npm start` does, unless M3LAB_PAGE names a folder where that has been done.
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function serveLab() {
  const outDir = process.env.M3LAB_PAGE;
  if (outDir === undefined) await build({ root: ROOT, logLevel: 'warn' });
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { port: 0, host: '127.0.0.1' },
    ...(outDir !== undefined && { build: { outDir } }),
  });
  const bound = server.httpServer.address();
  if (bound === null || typeof bound === 'string') throw new Error('the preview server has no port');
  return { address: `http://127.0.0.1:${bound.port}/`, close: () => server.close() };
}

/**
 * Launches Chromium, with WebGPU on SwiftShader unless told otherwise.
 * @param {{webgpu?: boolean}} [options]
 */
export async function launchChromium(options = {}) {
  return chromium.launch(launchOptions(options));
}

/** The same as a process that others connect to. */
export async function serveChromium() {
  return chromium.launchServer(launchOptions({}));
}

/** @param {{webgpu?: boolean}} options */
function launchOptions({ webgpu = true }) {
  const found = findChromium();
  if (!found) throw new Error('no Chromium on this machine; `npm test` installs one');
  return {
    executablePath: found.executable,
    // The old headless mode, Playwright's default, is a build without WebGPU.
    ignoreDefaultArgs: ['--headless'],
    args: ['--headless=new', '--no-sandbox', ...(webgpu ? WITH_WEBGPU : [])],
  };
}

/**
 * Gathers what a page should never do: errors on its console, uncaught ones, those of its workers, and requests to hosts that are none of `hosts`
 * (addresses as they begin), where any are given.
 * @param {import('playwright-core').Page} page
 * @param {readonly string[]} [hosts]
 * @returns {string[]} grows while the page lives
 */
export function gatherComplaints(page, hosts) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // Chromium warns of uncaptured GPU errors and of WebGPU's experimental state on the same channel.
    if (message.type() === 'error' || /uncaptured|validation/i.test(message.text())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (hosts && /^(https?|wss?):/.test(url) && !hosts.some((host) => url.startsWith(host)))
      complaints.push(`asked another host: ${url}`);
  });
  return complaints;
}
