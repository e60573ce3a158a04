/** What a page gives a person to keep. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export type Saved = { readonly name: string; readonly content: Buffer };

/** The file that comes of `act`. */
export async function savedBy(page: Page, act: () => Promise<unknown>, timeoutMs = 30_000): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: timeoutMs }), act()]);
  const folder = mkdtempSync(join(tmpdir(), 'm3lab-saved-'));
  try {
    const path = join(folder, 'file');
    await download.saveAs(path);
    return { name: download.suggestedFilename(), content: readFileSync(path) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
