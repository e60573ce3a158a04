/** The records that ship: whole, of nobody's machine, and docs/reproduction.md says of them what they say. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { runId } from '../../src/formats/config.ts';
import { parseManifest } from '../../src/formats/manifest.ts';
import { recordsOfLines } from '../../src/formats/runs/records.ts';
import { LAWS } from '../../src/law/laws/catalogue.ts';
import { m3 } from '../../src/law/laws/m3.ts';
import { extrapolation, extrapolationWith, isClaimed } from '../../src/sweep/experiments/extrapolation.ts';
import { Bench, jsonLines, jsonValue, run, shareDevice } from '../cli/commands.ts';

const RESULTS = 'results';
const DOCUMENT = 'docs/reproduction.md';

const names = readdirSync(RESULTS).filter((name) => name.endsWith('.jsonl'));
const textOf = (name: string) => readFileSync(join(RESULTS, name), 'utf8');
const recordsOf = (name: string) => recordsOfLines(textOf(name), name).map(({ record }) => record);
const manifestOf = (name: string) => parseManifest(textOf(`manifests/${name}`), name);

describe.each(names)('the records of %s', (name) => {
  const records = recordsOf(name);

  it('are finished runs, each once, under the id of its config', () => {
    expect(records.map(({ id }) => id)).toEqual(records.map(({ config }) => runId(config)));
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    for (const { id, status, final, curve } of records) {
      expect([id, status]).toEqual([id, 'done']);
      expect(final?.targetBitsPerByte, id).toBeGreaterThan(0);
      expect(curve.length, id).toBeGreaterThan(1);
    }
  });

  it('are all that was planned', () => {
    const there = new Set(records.map(({ id }) => id));
    expect(manifestOf(name).filter(({ id }) => !there.has(id))).toEqual([]);
  });

  it('name texts by what they hold, and no folder of the machine that trained them', () => {
    for (const { corpora } of [...records, ...manifestOf(name)].map(({ config }) => config)) {
      for (const spec of Object.values(corpora).filter((value) => typeof value === 'string')) {
        expect(spec).toMatch(/^world:|^file:[^/\\]+#sha256=[0-9a-f]{64}$/);
      }
    }
  });
});

test('there are enough of them, in a few megabytes', () => {
  expect(names.flatMap(recordsOf).length).toBeGreaterThanOrEqual(150);
  const files = names.flatMap((name) => [name, `manifests/${name}`]);
  const bytes = files.reduce((sum, file) => sum + statSync(join(RESULTS, file)).size, 0);
  expect(bytes).toBeLessThan(6e6);
});

/** A command of the document that reports on shipped records, and the verdicts in the table below it. */
type Told = { readonly command: string; readonly verdicts: Record<string, string> };

const VERDICT = /^\| ([^|]+) \|.*\| \*\*(reproduced|not reproduced|undecided)\*\* \|$/;

function toldIn(document: string): Told[] {
  return document
    .split(/^\$ npx m3lab (?=reproduce \S+ --from )/m)
    .slice(1)
    .map((part) => {
      const [command = '', ...lines] = part.split('\n');
      // Up to the next heading: what follows belongs to another experiment.
      const end = lines.findIndex((line) => line.startsWith('#'));
      const rows = lines.slice(0, end < 0 ? undefined : end).flatMap((line) => {
        const [, name, verdict] = VERDICT.exec(line) ?? [];
        return name && verdict ? [[name, verdict]] : [];
      });
      return { command, verdicts: Object.fromEntries(rows) };
    });
}

describe('the document', () => {
  let bench: Bench;
  beforeAll(async () => {
    // As the tests of the GPU do: only the software adapter.
    await shareDevice({ softwareOnly: true });
    bench = new Bench();
    // The verdicts are the same; tables of more laws, and of each law in every slice, are a minute of the same fits.
    const { report } = extrapolationWith(LAWS.filter(isClaimed), [m3]);
    vi.spyOn(extrapolation, 'report').mockImplementation(report);
  });
  afterAll(() => {
    vi.restoreAllMocks();
    bench.remove();
  });

  const told = toldIn(readFileSync(DOCUMENT, 'utf8'));

  it('speaks of every experiment that has records', () => {
    const experiments = new Set(told.map(({ command }) => command.split(' ')[1]));
    expect([...experiments].sort()).toEqual([
      'continual-pretraining',
      'epoch-collapse',
      'extrapolation',
      'phase-shift',
      'ratio-power-law',
      'replay',
      'scale-stability',
    ]);
  });

  it.each(told)('$command', async ({ command, verdicts }) => {
    const args = [...command.split(' '), '--figures', bench.path('figures'), '--json'];
    const { code, out, error } = await run(args);
    expect(code, error).toBe(0);
    const report = jsonLines(out).findLast(({ event }) => event === 'report');
    const findings = report?.findings as { name: string; verdict: string }[];
    expect(verdicts).toEqual(Object.fromEntries(findings.map(({ name, verdict }) => [name, verdict])));
  });

  it('can have records that are drawn trained again, to their losses', async () => {
    const records = names.filter((name) => name.startsWith('world-')).map((name) => join(RESULTS, name));
    // One of one language over several epochs, one of two languages.
    const cheap = ['--draw', '2', '--seed', '12', '--most-flops', '3e9'];
    const { runs } = await jsonValue(['verify', ...records, ...cheap]);
    expect(runs).toHaveLength(2);
    for (const { id, difference } of runs as { id: string; difference: number }[]) {
      expect(difference, id).toBeLessThanOrEqual(1e-6);
    }
  });
});
