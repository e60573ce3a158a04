/** One build of the page, one server and one Chromium for all end-to-end tests: each file connects, and has contexts of its own. */

import type { TestProject } from 'vitest/node';
import { serveChromium, serveLab } from './labInBrowser.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    labAddress: string;
    browserAddress: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lab = await serveLab();
  const browser = await serveChromium();
  project.provide('labAddress', lab.address);
  project.provide('browserAddress', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await lab.close();
  };
}
