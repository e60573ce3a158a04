/** Runs commands in this process, as the binary would, in a folder of their own. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { main } from '../../src/cli/program.ts';
import { SharedDevice } from '../gpu/sharedDevice.ts';

export type Outcome = { readonly code: number; readonly out: string; readonly error: string };

export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'm3lab-cli-'));
  /** Where commands keep what they measure of the adapter: not where this machine's user keeps it. */
  readonly cache = mkdtempSync(join(tmpdir(), 'm3lab-cache-'));

  constructor() {
    process.env.M3LAB_CACHE = this.cache;
  }

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

  /** Expects exit code 2, nothing on stdout, these words, and no file that was not there. */
  async refuses(args: readonly string[], words: RegExp): Promise<void> {
    const before = this.list();
    const { code, out, error } = await run(args);
    expect(error).toMatch(words);
    expect([code, out]).toEqual([2, '']);
    expect(this.list()).toEqual(before);
  }

  remove(): void {
    for (const folder of [this.folder, this.cache]) rmSync(folder, { recursive: true, force: true });
  }
}

const shared = new SharedDevice();
let isShared = false;

/** From here on all commands of this process have one device, and nothing is compiled twice. */
export async function shareDevice(options: { softwareOnly?: boolean } = {}): Promise<void> {
  await openDawn(options);
  if (isShared) return;
  isShared = true;
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = function (descriptor) {
    return shared.open(() => request.call(this, descriptor));
  };
}

/** Takes the device of {@link shareDevice} away while a command has it. */
export function loseSharedDevice(): Promise<void> {
  return shared.lose();
}

/** Runs a command. Training takes kernels from the fixed table unless `args` say otherwise: measuring them takes a while. */
export async function run(
  args: readonly string[],
  options: { signal?: AbortSignal; onError?: (text: string) => void } = {},
): Promise<Outcome> {
  let out = '';
  let error = '';
  const isPlainTraining = args[0] === 'train' && !args.includes('--tuning');
  const code = await main(isPlainTraining ? [...args, '--tuning', 'off'] : args, {
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

/** The one JSON value that a command with `--json` prints. */
export async function jsonValue(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, error } = await run([...args, '--json']);
  expect(code, error).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out);
}

export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
