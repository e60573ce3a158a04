import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRunFiles } from '../../../src/cli/law/runFiles.ts';
import { mappings } from '../../../src/formats/runs/row.ts';
import { runRecord } from '../../formats/runs/exampleRecord.ts';
import { Bench } from '../commands.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

const read = (...paths: string[]) => readRunFiles(paths, {}, new AbortController().signal);
const folder = (name: string) => {
  mkdirSync(bench.path(name));
  return bench.path(name);
};

test('a folder with the records of several runs, and folders of runs below it; a record in both is one run', async () => {
  const sweep = folder('sweep');
  const lines = ['a', 'b'].map((id) => JSON.stringify(runRecord({ id })));
  writeFileSync(join(sweep, 'runs.jsonl'), `${lines.join('\n')}\n`);
  for (const id of ['b', 'c']) {
    mkdirSync(join(sweep, id));
    writeFileSync(join(sweep, id, 'run.json'), JSON.stringify(runRecord({ id })));
  }
  const { rows, leftOut, sources } = await read(sweep);
  expect(rows.map(({ groups }) => groups.id).sort()).toEqual(['a', 'b', 'c']);
  expect(leftOut).toEqual([
    { reason: 'the same run as in another file', rows: 1, first: expect.stringContaining('sweep') },
  ]);
  expect(sources).toHaveLength(3);
});

test('a folder without records names the tables in it', async () => {
  const tables = folder('tables');
  for (const name of ['b.csv', 'a.tsv', 'notes.txt']) writeFileSync(join(tables, name), 'N,D,loss\n1,2,3\n');
  await expect(read(tables)).rejects.toThrow(
    /no run\.json or runs\.jsonl lies in .*tables; name the tables that are meant; there are .*a\.tsv, .*b\.csv$/,
  );
  await expect(read(folder('bare'))).rejects.toThrow(/name a folder that m3lab train wrote/);
  await expect(read(bench.path('none.csv'))).rejects.toThrow(/^RUNS: there is no file .*none\.csv/);
});

test('each file has a mapping of its own, and the hash of its bytes', async () => {
  const table = bench.file('a.csv', 'N,D,loss\n1,2,3\n');
  const same = bench.file('b.csv', 'N,D,loss\n4,2,3\n');
  const records = bench.file('c.jsonl', runRecord({}));
  const runs = await read(table, same, records);
  expect(mappings(runs)).toEqual([
    { files: [table, same], columns: { N: 'N', D: 'D', loss: 'loss' } },
    { files: [records], columns: expect.objectContaining({ N: 'realised.N', loss: 'final.targetLoss' }) },
  ]);
  expect(runs.sources.map(({ sha256 }) => sha256)).toEqual(
    [table, same, records].map((file) => createHash('sha256').update(readFileSync(file)).digest('hex')),
  );
});

test('bytes that are not UTF-8 are said to be so, with the line', async () => {
  const latin = bench.file(
    'latin.csv',
    Buffer.from('N,D,loss,name\n1,2,3,a\n4,2,3,\u00e9l\u00e8ve\n', 'latin1'),
  );
  await expect(read(latin)).rejects.toThrow(
    /^RUNS: .*latin\.csv:3: this is not UTF-8 .*save the file as UTF-8$/,
  );
  const wide = bench.file('wide.csv', Buffer.from('\ufeffN,D,loss\n1,2,3\n', 'utf16le'));
  await expect(read(wide)).rejects.toThrow(/UTF-16 or no text at all; save it as UTF-8$/);
  const marked = bench.file('marked.csv', '\ufeffN,D,loss\n1,2,3\n');
  expect((await read(marked)).rows).toHaveLength(1);
});
