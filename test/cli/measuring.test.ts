/** The commands that measure: `bench`, and what `doctor` says of kernels. */

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kernelText } from '../../src/cli/gpu/kernelText.ts';
import { catalogue } from '../../src/gpu/kernels/catalogue.ts';
import { Bench, jsonLines, run, shareDevice } from './commands.ts';

let bench: Bench;
beforeAll(() => shareDevice());
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

/** Kernels of fifteen classes are tried on a software adapter, beside other tests. */
const TUNING_MS = 300_000;

const TINY = ['bench', '--size', 'tiny', '--steps', '2'];

describe('bench', () => {
  test('gives a line of JSON for each number of runs', async () => {
    const { code, out, error } = await run([...TINY, '--runs', '1,3', '--tuning', 'off', '--json']);
    expect(code, error).toBe(0);
    const lines = jsonLines(out);
    expect(lines.map(({ size, runs }) => [size, runs])).toEqual([
      ['tiny', 1],
      ['tiny', 3],
    ]);
    const [one, three] = lines as [Record<string, number>, Record<string, number>];
    expect(three.flopsPerStep).toBe(3 * (one.flopsPerStep ?? 0));
    for (const { stepMs, tokensPerSecond, floorMs, profile, runs } of lines as Record<string, number>[]) {
      // Two windows of 16 tokens a run.
      expect(tokensPerSecond).toBeCloseTo((1000 * 32 * runs!) / stepMs!, 6);
      expect([profile, floorMs]).toEqual([null, null]);
    }
    expect(readdirSync(bench.cache)).toEqual([]);
  });

  test('says in words where the time goes', async () => {
    const { code, out, error } = await run([...TINY, '--profile', '--tuning', 'off']);
    expect(code, error).toBe(0);
    expect(out).toMatch(/^tiny: 1 layer, width 32, 2 heads, .*batch 2 of 16 tokens\n/);
    expect(out).toMatch(/^runs +dispatches +step +tokens\/s +FLOP\/s +of peak +memory\n1 +\d+ +[\d.]+ ms /m);
    expect(out).toMatch(/^kernel +dispatches +time +of all +FLOP\/s +of peak +B\/s +of bandwidth$/m);
    for (const kernel of ['matmul_nt', 'attention', 'adamw'])
      expect(out).toMatch(new RegExp(`^${kernel}.* ms`, 'm'));
  });

  test.each([
    ['runs that are none', ['--runs', '1,x'], /--runs.*whole numbers from 1 to/],
    ['no runs', ['--runs', '0'], /--runs.*whole numbers/],
    ['no steps', ['--steps', '0'], /--steps.*whole number of 1 or more/],
    ['a size that is not there', ['--size', 'C'], /--size.*A, B, 10M, tiny/],
    ['a tuning that is not there', ['--tuning', 'on'], /--tuning.*auto, off/],
  ])('refuses %s', async (_, options, words) => {
    expect(await run(['bench', ...options])).toMatchObject({
      code: 2,
      out: '',
      error: expect.stringMatching(words),
    });
  });

  test.skipIf(process.env.M3LAB_ADAPTER === 'hardware')(
    'refuses ten million parameters on a software adapter, with the reason and the way round',
    async () => {
      const { code, out, error } = await run(['bench', '--size', '10M']);
      expect([code, out]).toEqual([2, '']);
      expect(error).toMatch(
        /--size: a step of 10M takes .* on a software adapter.*choose A or B, or add --force\n$/,
      );
    },
  );
});

describe('kernels', () => {
  test(
    'are measured once and kept, shown by doctor, and a note says where what was kept cannot be used',
    async () => {
      const [first] = jsonLines((await run([...TINY, '--json'])).out);
      const [file] = readdirSync(join(bench.cache, 'tuning'));
      expect(file).toMatch(/^[0-9a-f]{16}\.json$/);
      const path = join(bench.cache, 'tuning', file!);
      const tuning = JSON.parse(readFileSync(path, 'utf8')).table;
      expect(Object.keys(tuning).length).toBeGreaterThan(0);
      for (const [name, { variant, candidates }] of Object.entries<{
        variant: string;
        candidates: { variant: string }[];
      }>(tuning)) {
        expect(
          candidates.map((one) => one.variant),
          name,
        ).toContain(variant);
      }
      const [second] = jsonLines((await run([...TINY, '--json'])).out);
      expect(second?.tuning).toEqual(first?.tuning);
      const words = (await run(['doctor'])).out;
      for (const [name, { variant }] of Object.entries<{ variant: string }>(tuning)) {
        const at = words.indexOf(`\n${name}\n`);
        expect(at, name).toBeGreaterThan(0);
        expect(words.slice(at + name.length + 2)).toMatch(new RegExp(`^ {2}${variant} .*chosen`));
      }

      // A folder where a file should be cannot be read.
      rmSync(path);
      mkdirSync(join(path, 'full'), { recursive: true });
      const { code, error } = await run(['doctor']);
      expect(code, error).toBe(0);
      expect(error.match(/^note: .*$/gm)).toEqual([
        expect.stringMatching(/cannot be used \(.*\); they are measured anew$/),
      ]);
    },
    TUNING_MS,
  );
});

describe('doctor --wgsl', () => {
  test('prints every kernel as it is compiled', async () => {
    const names = [...catalogue().keys()];
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(kernelText(name).wgsl, name).toMatch(/@compute/);
    const [name = ''] = names;
    expect(await run(['doctor', '--wgsl', name])).toMatchObject({ code: 0, out: kernelText(name).wgsl });
  });

  test('takes the name of a file or words of a variant, and says which others are meant', async () => {
    const { code, out, error } = await run(['doctor', '--wgsl', 'matmul_nt']);
    expect(code, error).toBe(0);
    expect(out).toMatch(/^const /);
    expect(error).toMatch(/^this is matmul_nt .*; there are also:\n {2}matmul_nt /);
    expect((await run(['doctor', '--wgsl', 'matmul_nt.wgsl', '--json'])).out).toContain('"name":"matmul_nt ');
    expect((await run(['doctor', '--wgsl', 'adamw'])).error).toBe('');
    const quads = kernelText('matmul_nt quads 8x16 swiglu');
    expect(quads.name).toMatch(/^matmul_nt .*swiglu.*quads 8×16$/);
    expect(quads.others).toEqual([]);
  });

  test.each(['matmul', '', ' '])('refuses %j, which is no name, with those that are', async (asked) => {
    const { code, out, error } = await run(['doctor', '--wgsl', asked]);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(`--wgsl: there is no kernel ${JSON.stringify(asked)}; name one of these`);
    for (const { shader } of catalogue().values()) expect(error).toContain(shader.name);
  });
});
