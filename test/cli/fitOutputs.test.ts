import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFit, parseRankedFits } from '../../src/formats/fit.ts';
import { Bench, run } from './commands.ts';
import { bilingualTable, monolingualTable } from './lawRuns.ts';

let bench: Bench;
let mono: string;
let both: string;
beforeAll(() => {
  bench = new Bench();
  mono = bench.file('mono.csv', monolingualTable());
  both = bench.file('both.csv', bilingualTable());
});
afterAll(() => bench.remove());

const BARE = ['--bootstrap', '0', '--holdout', 'none'];

test('a profile, and figures in a folder that is made', async () => {
  const figures = bench.path('figures');
  const args = [
    'fit',
    mono,
    '--law',
    'chinchilla,chinchilla-unique',
    '--bootstrap',
    '10',
    '--holdout',
    'top-N',
    '--profile',
    'beta,alpha',
    '--figures',
    figures,
  ];
  const { code, out, error } = await run(args);
  expect(code, error).toBe(0);
  expect(out).toMatch(/\nprofile of beta in chinchilla\S*, 95 %: 0\.2\d+ … 0\.[23]\d+\n/);
  const files = readdirSync(figures).sort();
  for (const name of [
    'held-out',
    'laws',
    'parameters',
    'predicted',
    'profile-alpha',
    'profile-beta',
    'residuals-C',
  ])
    expect(files).toContain(`${name}.svg`);
  // All runs have one k and one r: there is nothing to see.
  expect(files).not.toContain('residuals-r.svg');
  for (const file of files)
    expect(readFileSync(`${figures}/${file}`, 'utf8')).toMatch(/^<\?xml [^>]*>\n<svg .*<\/svg>\n$/s);
  expect(error).toContain('predicted.svg');
});

test('an interrupt ends it, and leaves nothing behind', async () => {
  const abort = new AbortController();
  const reason = Object.assign(new Error('interrupted by a signal'), { name: 'AbortError', code: 130 });
  const before = bench.list();
  setTimeout(() => abort.abort(reason), 30);
  const args = [
    'fit',
    both,
    '--law',
    'all',
    '--out',
    bench.path('never.json'),
    '--figures',
    bench.path('never'),
  ];
  const { code, out, error } = await run(args, { signal: abort.signal });
  expect([code, out, error]).toEqual([130, '', 'm3lab: interrupted\n']);
  expect(bench.list()).toEqual(before);
});

test('a profile is of the best law that fits the parameter, and is in the file of that law', async () => {
  const args = ['fit', both, '--law', 'm3,muennighoff,chinchilla', ...BARE, '--profile', 'RDstar', '--json'];
  const { code, out, error } = await run(args);
  expect(code, error).toBe(0);
  const { ranked } = parseRankedFits(JSON.parse(out), 'stdout');
  expect(ranked[0]?.law).toBe('m3');
  expect(
    ranked.map(({ law, profiles }) => [law, profiles?.map(({ parameter }) => parameter)]),
  ).toContainEqual(['muennighoff', ['RDstar']]);
});

test('the table by kind has every way to fit, with n and reasons, in words and in the file', async () => {
  const args = ['fit', both, '--law', 'm3,chinchilla,cpt', '--bootstrap', '0', '--holdout', 'top-compute'];
  const file = bench.path('by-kind.json');
  const words = await run([...args, '--out', file]);
  expect(words.code, words.error).toBe(0);
  expect(words.out).toMatch(
    /\nlaw +fitted to +two-stage +all +single-stage only +monolingual multi-epoch +bilingual/,
  );
  expect(words.out).toMatch(/\nm3 +all kinds +(0\.99\d|1\.000) \S+ .*\n +this kind +.*\n +seen +/);
  expect(words.out).toMatch(/\nruns +all kinds +\d+ +\d+/);
  expect(words.out).toMatch(/\ncpt speaks of no run that is single-stage only or monolingual multi-epoch/);
  expect(words.out).toMatch(/\* of fewer runs.*cpt/);
  const { ranked } = parseRankedFits(JSON.parse(readFileSync(file, 'utf8')), file);
  const m3 = ranked.find(({ law }) => law === 'm3');
  for (const kind of [
    'two-stage',
    'all',
    'single-stage only',
    'monolingual multi-epoch',
    'bilingual single-epoch',
  ])
    expect(m3?.byKind?.[kind]?.own?.rSquared, kind).toBeGreaterThan(0.9);
  expect(m3?.nulls?.find(({ name }) => name === 'φ·ω = 0')?.verdict).toBe('spoken against');
  expect(m3?.tellers).toEqual({ repeated: 48, bilingual: 72, 'two-stage': 48 });
});

test('the file says what it was made from; residuals name the line of each run', async () => {
  const out = bench.path('made.json');
  const residuals = bench.path('residuals.csv');
  const args = ['fit', both, '--law', 'm3', ...BARE, '--where', 'k<=1', '--drop-top', '2'];
  const first = await run([...args, '--out', out, '--residuals', residuals]);
  expect(first.code, first.error).toBe(0);
  const fit = parseFit(JSON.parse(readFileSync(out, 'utf8')), out);
  expect(fit.sources).toEqual([
    { file: both, rows: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(fit.chosen).toEqual([expect.stringMatching(/k <= 1/), 'without the 2 largest losses']);
  expect(fit.recipes).toBe(fit.rows);
  const lines = readFileSync(residuals, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(1 + fit.rows);
  expect(lines[0]).toBe('place,law,N,D_T,k,r,r_f,kind,loss,predicted,residual');
  expect(lines[1]).toMatch(/both\.csv:\d+,m3,/);
  const again = await run([...args, '--out', out]);
  expect(again.error).toContain(`fit: replaced ${out}`);
});

test('what is read is not written over', async () => {
  const before = readFileSync(mono, 'utf8');
  const { code, error } = await run(['fit', mono, '--law', 'chinchilla', ...BARE, '--out', mono]);
  expect([code, error]).toEqual([2, expect.stringMatching(/--out: .*mono\.csv is a file that is read here/)]);
  expect(readFileSync(mono, 'utf8')).toBe(before);
  const same = bench.path('one.json');
  const twice = await run(['fit', mono, '--law', 'chinchilla', '--out', same, '--residuals', mono]);
  expect(twice.code).toBe(2);
  expect(bench.list()).not.toContain('one.json');
});
