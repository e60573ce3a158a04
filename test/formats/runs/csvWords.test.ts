import { expect, test } from 'vitest';
import type { ReadRunsOptions } from '../../../src/formats/runs/options.ts';
import { readRuns } from '../../../src/formats/runs/read.ts';

const read = (text: string, options: ReadRunsOptions = {}) => readRuns(text, 'runs.csv', options);
const refused = (text: string, words: RegExp, options: ReadRunsOptions = {}) =>
  expect(() => read(text, options)).toThrow(words);

test('a unit that the name leaves open is asked about, never assumed', () => {
  const text = (name: string) => `N,D,${name}\n1,2,1.5\n`;
  const as = (name: string, options: ReadRunsOptions) =>
    read(text(name), { ...options, columns: { loss: name } }).rows[0]?.loss;
  for (const name of ['val_bpb', 'bits_per_byte', 'bpc', 'loss_bits', 'bits'])
    refused(text(name), new RegExp(`^runs\\.csv:1:5: ${name}: is this in bits`), { columns: { loss: name } });
  refused(text('ppl'), /perplexity/, { columns: { loss: 'ppl' } });
  refused(text('log_loss'), /is this a loss, or the natural logarithm of one\?/, {
    columns: { loss: 'log_loss' },
  });
  refused(text('bpb'), /--bytes-per-token N/, { columns: { loss: 'bpb' }, unit: 'bits-per-byte' });
  expect(as('bits', { unit: 'bits' })).toBe(1.5 * Math.LN2);
  expect(as('bits', { unit: 'nats' })).toBe(1.5);
  expect(as('bpb', { unit: 'bits-per-byte', bytesPerToken: 4 })).toBe(6 * Math.LN2);
  expect(as('log_loss', { scale: 'log' })).toBe(Math.exp(1.5));
  expect(as('log_loss', { scale: 'raw' })).toBe(1.5);
  // A rabbit is no bit, nor is an orbit.
  expect(as('orbit_loss', {})).toBe(1.5);
});

const FULL = 'N,D_T,k,r,r_f';

test('what was done to the losses is said, and doubts are', () => {
  expect(read(`${FULL},bits\n1,2,1,1,1,3\n`, { columns: { loss: 'bits' }, unit: 'bits' }).notes).toEqual([
    'bits: bits per token became nats (× ln 2)',
  ]);
  expect(read('N;D_T;k;r;r_f;loss\n1;2;1;1;1;3\n').notes).toEqual([
    'runs.csv: columns are parted by semicolons',
  ]);
  expect(read(`${FULL},loss\n1,2,1,1,1,300\n1,2,1,1,1,200\n`).notes[0]).toMatch(/are they perplexities\?/);
  expect(read(`${FULL},loss\n1,2,1,1,1,3\n`).notes).toEqual([]);
});

test('what nothing says is said to be assumed', () => {
  const notes = (text: string) => read(text).notes;
  expect(notes('N,D,loss\n1,2,3\n')).toEqual([
    'runs.csv: assumed k = 1, r = 1, r_f = 1: there are no such columns',
  ]);
  // Passes follow from these two.
  expect(notes('N,D,D_T,r,loss\n1,2,1,1,3\n')).toEqual([
    'runs.csv: assumed r_f = 1: there is no such column',
  ]);
  expect(notes('N,tokens,D,unique_tokens,ratio,loss\n1,2,2,1,0.5,3\n')).toEqual([
    'runs.csv: assumed k = 1, r = 1, r_f = 1: there are no such columns; if there are, say --columns D_T=unique_tokens,r=ratio',
  ]);
  expect(notes(`${FULL},loss\n1,2,1,1,1,3\n1,3,,1,1,3\n1,4,,,1,3\n`)).toEqual([
    'runs.csv: assumed k = 1 in 2 lines where the cell is empty, the first at runs.csv:3',
    'runs.csv: assumed r = 1 at runs.csv:4, where the cell is empty',
  ]);
});

test('numbers as other countries write them, and shares in percent', () => {
  const french = [
    'Paramètres;Jetons cible;Époques;Part cible;Part finale;Perte',
    '1 000 000;2\u202f000\u202f000;1,5;50,0 %;100 %;13,1292',
  ].join('\n');
  const columns = {
    N: 'Paramètres',
    D_T: 'Jetons cible',
    k: 'Époques',
    r: 'Part cible',
    r_f: 'Part finale',
    loss: 'Perte',
  };
  const expected = { N: 1e6, D_T: 2e6, k: 1.5, r: 0.5, r_f: 1, loss: 13.1292 };
  expect(read(french, { columns, decimal: ',' }).rows[0]).toMatchObject(expected);
  refused(french, /^runs\.csv:2:38: Perte \(loss\): "13,1292" .*say --decimal ,/, { columns });
  const percent = french.replace('50,0 %', '50,0').replace('100 %', '100');
  const divided = read(percent, {
    columns: { ...columns, r: 'Part cible/100', r_f: 'Part finale /100' },
    decimal: ',',
  });
  expect(divided.rows[0]).toMatchObject(expected);
  expect(divided.notes).toContain('runs.csv: Part cible, Part finale: read as percent');
  // The sign may stand in the header.
  const header = percent.replace('Part cible', 'cible (%)').replace('Part finale', 'finale (%)');
  expect(
    read(header, { columns: { ...columns, r: 'cible (%)', r_f: 'finale (%)' }, decimal: ',' }).rows[0],
  ).toMatchObject(expected);
  refused('N,D,loss\n1,2 %,3\n', /in percent, and this quantity is no share/);
});

test('a dash is no loss', () => {
  const { rows, leftOut } = read('N,D,loss\n1,2,-\n1,3,–\n1,4,3\n');
  expect(rows).toHaveLength(1);
  expect(leftOut[0]).toMatchObject({ rows: 2, first: 'runs.csv:2' });
});

test('the first error says all that the table needs', () => {
  refused('params,D,val_loss_bits\n1,2,3\n', /add --columns N=params,loss=val_loss_bits, and --unit bits if/);
  refused('N,D,val_bpb\n1,2,3\n', /loss=val_bpb, and --unit bits-per-byte --bytes-per-token N if/);
  refused('N,D,log_loss\n1,2,3\n', /loss=log_loss, and --loss-scale log if/);
});
