/** Runs commands in this process, as the binary would, in a folder of their own. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/program.ts';

export type Outcome = { readonly code: number; readonly out: string; readonly error: string };

export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'm3lab-cli-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file and gives its path; anything but text and bytes is written as JSON. */
  file(name: string, content: string | Uint8Array | object): string {
    const isPlain = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(this.path(name), isPlain ? content : JSON.stringify(content));
    return this.path(name);
  }

  /** Names in the folder. */
  list(): string[] {
    return readdirSync(this.folder).sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function run(
  args: readonly string[],
  options: { signal?: AbortSignal; onError?: (text: string) => void } = {},
): Promise<Outcome> {
  let out = '';
  let error = '';
  const code = await main(args, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
      options.onError?.(text);
    },
    terminal: false,
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, out, error };
}

export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
