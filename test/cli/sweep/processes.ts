/** The binary in processes of its own, as it is killed and called again. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRunRecord, type RunRecord } from '../../../src/formats/record.ts';
import { timeless } from '../../sweep/manifests.ts';

export const BINARY = fileURLToPath(new URL('../../../bin/m3lab.mjs', import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: string;
  readonly events: readonly Record<string, unknown>[];
};

/** Runs `m3lab` in `folder`; hears how many events there are whenever there are more. The fixed table of kernels, and JSON. */
export function sweepRun(
  folder: string,
  args: readonly string[],
  onEvents: (child: ChildProcess, count: number) => void = () => {},
): Promise<Ended> {
  const words = [BINARY, 'sweep', 'run', ...args, '--tuning', 'off', '--json'];
  const child = spawn(process.execPath, words, { cwd: folder });
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
    onEvents(child, out.split('\n').length - 1);
  });
  child.stderr.on('data', (chunk) => {
    error += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      // A killed process may have written half a line.
      const lines = out.split('\n').slice(0, -1);
      resolve({ code, signal, error, events: lines.map((line) => JSON.parse(line)) });
    });
  });
}

/** The records in a sweep's folder, by name of file, seconds aside. */
export function recordsIn(folder: string): RunRecord[] {
  const records = join(folder, 'records');
  return readdirSync(records)
    .sort()
    .map((name) => timeless(parseRunRecord(JSON.parse(readFileSync(join(records, name), 'utf8')), name)));
}
