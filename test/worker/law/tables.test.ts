import { describe, expect, it } from 'vitest';
import { rowsOfLawRuns } from '../../../src/formats/lawRuns.ts';
import { LARGEST_TABLE_BYTES } from '../../../src/worker/law/tables.ts';
import { tableWords } from '../../../src/worker/law/tableWords.ts';
import { openSession } from './open.ts';

const CSV = 'params,tokens,val_loss,team\n100000,2e6,3.2,a\n200000,4e6,3.0,b\n300000,4e6,2.9,b\n';

const blobOf = (text: string) => new Blob([text]);

describe('tables that a person brings along', () => {
  it('shows what is in one, and proposes columns by their names', async () => {
    const { send } = openSession();
    const read = await send({ command: 'readTable', file: blobOf(CSV), name: 'runs.csv' });
    expect(read).toMatchObject({
      ok: true,
      preview: {
        header: ['params', 'tokens', 'val_loss', 'team'],
        guessed: { N: 'params', D: 'tokens', loss: 'val_loss' },
        lines: 3,
      },
    });
  });

  it('reads it as a person says, with its other columns as groups', async () => {
    const { send } = openSession();
    const columns = { N: 'params', D: 'tokens', loss: 'val_loss' };
    const read = await send({
      command: 'importTable',
      file: blobOf(CSV),
      name: 'runs.csv',
      id: 4,
      options: { columns, unit: 'bits' },
    });
    if (!read.ok) throw new Error(read.problem.words);
    const rows = rowsOfLawRuns(read.runs);
    expect(read.runs.id).toBe(4);
    expect(rows[0]?.loss).toBeCloseTo(3.2 * Math.LN2, 12);
    expect(rows[1]?.groups.team).toBe('b');
    expect(rows[0]?.r_1).toBeNull();
    expect(read.about.sources[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(read.about.columns).toMatchObject({ N: 'params', loss: 'val_loss' });
  });

  it('says line and column of a cell that cannot be read, in words of the page', async () => {
    const { send } = openSession();
    const read = await send({
      command: 'importTable',
      file: blobOf('N,D,loss\n100,200,3\n100,x,3\n'),
      name: 'runs.csv',
      id: 1,
      options: {},
    });
    expect(read).toMatchObject({ ok: false, problem: { place: { line: 3, column: 5 }, field: 'D' } });
  });

  it('lists the columns of a table without those that a fit needs', async () => {
    const { send } = openSession();
    const read = await send({
      command: 'importTable',
      file: blobOf('width,depth\n1,2\n'),
      name: 'runs.csv',
      id: 1,
      options: {},
    });
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problem.words).toContain('width, depth');
    expect(read.problem.words).not.toContain('--');
  });

  it('asks for the unit where the name leaves it open', async () => {
    const { send } = openSession();
    const file = blobOf('N,D,bpb\n100,200,3\n');
    const read = await send({
      command: 'importTable',
      file,
      name: 'a.csv',
      id: 1,
      options: { columns: { loss: 'bpb' } },
    });
    expect(read).toMatchObject({ ok: false, problem: { field: 'bpb' } });
    expect(read.ok ? '' : read.problem.words).toContain('bits per byte');
    expect(read.ok ? '' : read.problem.words).not.toContain('--');
  });

  it('refuses what is too large without reading it, and says what to do', async () => {
    const { send } = openSession();
    const file = { size: LARGEST_TABLE_BYTES + 20e6 } as Blob;
    const read = await send({ command: 'readTable', file, name: 'all.csv' });
    expect(read).toMatchObject({ ok: false, problem: { place: null } });
    expect(read.ok ? '' : read.problem.words).toMatch(/52 MB.*32 MB.*m3lab fit/);
  });

  it('says of UTF-16 and Latin-1 what they are', async () => {
    const { send } = openSession();
    const wide = new Blob([new Uint8Array([0xff, 0xfe, 0x4e, 0x00])]);
    const latin = new Blob([new Uint8Array([0x4e, 0xe9, 0x0a])]);
    for (const [file, words] of [
      [wide, 'UTF-16'],
      [latin, 'Latin-1'],
    ] as const) {
      const read = await send({ command: 'readTable', file, name: 'a.csv' });
      expect(read.ok ? '' : read.problem.words).toContain(words);
    }
  });
});

describe('words about tables', () => {
  it('name no option of the command line', () => {
    const said = [
      'several columns may be the loss; choose one with --columns loss=NAME: a_loss, b_loss',
      'no column is called N; if it is as it looks, add --columns N=params',
      'no column is called N; say which is which with --columns, e.g. N=params,D=tokens,loss=val_loss; there are a, b',
      'is this a loss, or the natural logarithm of one? Say --loss-scale raw or log',
      '-3 is negative; a loss is above 0; if these are natural logarithms of it, say --loss-scale log',
      '"1,5" is not a finite number; if the comma parts decimals, say --decimal , and if it parts thousands, --decimal .',
      'stopped before the last step, or still going (--include stopped)',
    ];
    for (const words of said) expect(tableWords(words)).not.toContain('--');
    expect(tableWords(said[2] ?? '')).toContain('there are a, b');
  });
});
