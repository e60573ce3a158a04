import { expect, test } from 'vitest';
import type { ReadRunsOptions } from '../../../src/formats/runs/options.ts';
import { readRuns } from '../../../src/formats/runs/read.ts';

const read = (text: string, options: ReadRunsOptions = {}) => readRuns(text, 'runs.csv', options);
const refused = (text: string, words: RegExp, options: ReadRunsOptions = {}) =>
  expect(() => read(text, options)).toThrow(words);

test('what is missing follows from what is there', () => {
  const amounts = (text: string) => read(text).rows.map(({ D, D_T, k }) => ({ D, D_T, k }));
  expect(amounts('N,D,loss\n1,100,3\n')).toEqual([{ D: 100, D_T: 100, k: 1 }]);
  expect(amounts('N,D_T,loss\n1,100,3\n')).toEqual([{ D: 100, D_T: 100, k: 1 }]);
  expect(amounts('N,D,D_T,loss\n1,100,50,3\n1,100,400,3\n')).toEqual([
    { D: 100, D_T: 50, k: 2 },
    { D: 100, D_T: 400, k: 0.25 },
  ]);
  expect(amounts('N,D,k,loss\n1,100,4,3\n')).toEqual([{ D: 100, D_T: 25, k: 4 }]);
  expect(amounts('N,D_T,k,r,r_f,loss\n1,100,4,0.5,1,3\n')).toEqual([{ D: 800, D_T: 100, k: 4 }]);
  expect(amounts('N,D,r,r_f,loss\n1,100,0.25,1,3\n')).toEqual([{ D: 100, D_T: 25, k: 1 }]);
  // All three may disagree by less than one part in a hundred; two of them are then taken.
  expect(amounts('N,D,D_T,k,loss\n1,199,100,2,3\n')).toEqual([{ D: 200, D_T: 100, k: 2 }]);
});

test('the first stage follows from the share of the last, and the other way round', () => {
  const head = 'N,D_T,k,r,r_f,';
  expect(read(`${head}r_1,loss\n1,9,1,.5,1,.25,3\n`).rows[0]).toMatchObject({ r_1: 0.25, s: 1 / 3 });
  expect(read(`${head}s,loss\n1,9,1,.5,1,.5,3\n`).rows[0]).toMatchObject({ r_1: 0, s: 0.5 });
  expect(read(`${head}r_1,s,loss\n1,9,1,.5,.5,.5,1,3\n`).rows[0]).toMatchObject({ r_1: 0.5, s: 1 });
});

test('columns by other names, and every other column to group by', () => {
  const { rows, columns, groups } = read(
    ',params,tokens,unique_tokens,val_loss,dataset,seed\n0,10,100,50,3.5,c4,7\n1,20,100,50,3.4,pile,7\n',
    { columns: { N: 'params', D: 'tokens', D_T: 'unique_tokens', loss: 'val_loss', pair: 'dataset' } },
  );
  expect(columns).toEqual({ N: 'params', loss: 'val_loss', D: 'tokens', D_T: 'unique_tokens' });
  expect(groups).toEqual(['dataset', 'seed', 'pair']);
  expect(rows[1]).toMatchObject({
    N: 20,
    k: 2,
    groups: { dataset: 'pile', seed: '7', pair: 'pile' },
    place: 'runs.csv:3',
  });
});

test('one column may be two quantities: runs of one stage have r_f = r', () => {
  const text = 'N,D_T,k,r,loss\n1,10,1,0.5,3\n';
  refused(text, /^runs\.csv:2:8: r: 0\.5, and nothing says the ratio of the final stage: .*--columns r_f=/);
  expect(read(text, { columns: { r_f: 'r' } }).rows[0]).toMatchObject({ r: 0.5, r_f: 0.5 });
});

test('C and S are checked, and a column that means something else can be set aside', () => {
  const text = 'N,D,C,loss\n10,100,9000,3\n';
  refused(text, /^runs\.csv:2:8: C: 9000 where 6·N·D is 6000; .*--columns C=$/);
  expect(read(text, { columns: { C: '' } })).toMatchObject({
    groups: ['C'],
    rows: [{ groups: { C: '9000' } }],
  });
  refused('N,D_T,k,r,r_f,S,loss\n10,100,1,.5,1,50,3\n', /^runs\.csv:2:15: S: 50 where D·\(1 − r\) is 100/);
  expect(read('N,D_T,k,r,r_f,S,C,loss\n10,100,1,.5,1,100,12000,3\n').rows).toHaveLength(1);
});

test.each<[string, string, RegExp]>([
  [
    'no N',
    'n_params,D,loss\n1,2,3\n',
    /^runs\.csv:1:1: no column is called N; if it is as it looks, add --columns N=n_params$/,
  ],
  [
    'names of others',
    'params,tokens,unique_tokens,val_loss\n1,2,3,4\n',
    /add --columns N=params,D=tokens,D_T=unique_tokens,loss=val_loss$/,
  ],
  [
    'several losses',
    'N,D,loss_a,loss_b\n1,2,3,4\n',
    /loss: several columns may be the loss; choose one with --columns loss=NAME: loss_a, loss_b$/,
  ],
  [
    'names that say nothing',
    'a,b,c\n1,2,3\n',
    /no column is called N, nor D or D_T, nor loss; say which is which .*there are a, b, c$/,
  ],
  ['no rows', 'N,D,loss\n', /^runs\.csv:1:1: there is a header and no run below it/],
  ['a loss of zero', 'N,D,loss\n1,2,0\n', /^runs\.csv:2:5: loss: 0 is no loss/],
  [
    'a loss below zero',
    'N,D,loss\n1,2,3\n1,2,-0.5\n',
    /^runs\.csv:3:5: loss: -0\.5 is negative; .*--loss-scale log$/,
  ],
  ['a loss in words', 'N,D,loss\n1,2,low\n', /^runs\.csv:2:5: loss: "low" is not a finite number$/],
  ['N of zero', 'N,D,loss\n0,2,3\n', /^runs\.csv:2:1: N: 0 is not above 0/],
  ['no N in a row', 'N,D,loss\n,2,3\n', /^runs\.csv:2:1: N: there is none/],
  [
    'a suffix',
    'N,D,loss\n2.8B,2,3\n',
    /^runs\.csv:2:1: N: "2\.8B" is not a finite number; write it out, e\.g\. 2\.8e9$/,
  ],
  [
    'a decimal comma',
    'N;D;loss\n1;2;3,5\n',
    /^runs\.csv:2:5: loss: "3,5" .*if the comma parts decimals, say --decimal , /,
  ],
  [
    'r above 1',
    'N,D,r,r_f,loss\n1,2,1.5,1,3\n',
    /^runs\.csv:2:5: r: 1\.5: a ratio is .*if these are percent, say --columns r=NAME\/100 with/,
  ],
  ['r of zero', 'N,D,r,r_f,loss\n1,2,0,1,3\n', /^runs\.csv:2:5: r: 0: a ratio is/],
  ['r above r_f', 'N,D,r,r_f,loss\n1,2,.5,.25,3\n', /^runs\.csv:2:5: r: 0\.5 is above r_f = 0\.25/],
  [
    'D against k·D_T/r',
    'N,D,D_T,k,loss\n1,100,90,2,3\n',
    /^runs\.csv:2:3: D: 100 does not go with D_T = 90, k = 2, r = 1: k·D_T\/r is 180; they must agree to 1 %/,
  ],
  [
    'r_1 against s',
    'N,D_T,k,r,r_f,r_1,s,loss\n1,9,1,.5,1,.25,.9,3\n',
    /^runs\.csv:2:16: s: 0\.9 does not go with r_1/,
  ],
  [
    'r_1 above r',
    'N,D_T,k,r,r_f,r_1,loss\n1,9,1,.5,1,.6,3\n',
    /^runs\.csv:2:12: r_1: 0\.6 is above r = 0\.5/,
  ],
  [
    'a weight below zero',
    'N,D,loss,weight\n1,2,3,-1\n',
    /^runs\.csv:2:7: weight: -1 is not a finite number of 0 or more/,
  ],
])('%s is refused at its place', (_, text, words) => refused(text, words));

test('a mapping with a name that is not there', () => {
  const text = 'N,D,val_loss\n1,2,3\n';
  refused(text, /there is no column vall_oss to be loss; did you mean val_loss\?/, {
    columns: { loss: 'vall_oss' },
  });
  refused('params,D,loss\n1,-2,3\n', /^runs\.csv:2:3: D: -2 is not above 0/, { columns: { N: 'params' } });
  refused('params,D,loss\n-1,2,3\n', /^runs\.csv:2:1: params \(N\): -1 is not above 0/, {
    columns: { N: 'params' },
  });
});

test('runs without a loss, repeated lines, lines of no weight and unfinished runs stay out and are counted', () => {
  const { rows, leftOut } = read(
    [
      'N,D,loss,seed,weight,status,kind,sourceRepeated',
      '1,2,3,0,1,done,,',
      '1,2,3,0,1,done,,',
      '1,2,3,1,1,done,,',
      '1,2,3.1,0,1,done,,',
      '1,2,NaN,0,1,done,,',
      '1,2,,0,1,done,,',
      '1,2,inf,0,1,done,,',
      '1,2,3,0,0,done,,',
      '1,2,3,0,1,stopped,,',
      '1,2,3,0,1,diverged,,',
      '1,2,3,0,1,done,multi-stage,',
      '1,2,3,0,1,done,,true',
    ].join('\n'),
  );
  expect(rows.map(({ place }) => place)).toEqual(['runs.csv:2', 'runs.csv:4', 'runs.csv:5']);
  expect(leftOut.map(({ rows: count, first }) => [count, first])).toEqual([
    [3, 'runs.csv:6'],
    [1, 'runs.csv:3'],
    [1, 'runs.csv:9'],
    [1, 'runs.csv:10'],
    [1, 'runs.csv:11'],
    [1, 'runs.csv:12'],
    [1, 'runs.csv:13'],
  ]);
  expect(leftOut[0]?.reason).toMatch(/^no loss/);
});

test('what is left out by default can be asked for', () => {
  const text = 'N,D,loss,status,sourceRepeated\n1,2,3,stopped,no\n1,2,3,done,yes\n';
  expect(read(text).rows).toHaveLength(0);
  expect(read(text, { include: ['stopped'] }).rows).toHaveLength(1);
  expect(read(text, { include: ['stopped', 'repeated-source'] }).rows).toHaveLength(2);
});

test('a table of 100,000 lines', () => {
  const lines = Array.from(
    { length: 100_000 },
    (_, i) => `${1e6 + i},${1e9 + i},${(3 + i * 1e-6).toFixed(6)}`,
  );
  const { rows } = read(`N,D,loss\n${lines.join('\n')}\n`);
  expect(rows).toHaveLength(100_000);
  expect(rows.at(-1)?.place).toBe('runs.csv:100001');
});
