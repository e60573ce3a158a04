import { describe, expect, test } from 'vitest';
import { chooseRuns } from '../../../src/cli/law/chosenRuns.ts';
import { conditionsArgument } from '../../../src/cli/law/conditions.ts';
import { readRuns } from '../../../src/formats/runs/read.ts';

const RUNS = readRuns(
  [
    'N,D_T,k,r,r_f,r_1,loss,data,layers,tokenizer',
    '1e6,1e6,1,1,1,,4,c4,2,a',
    '1e6,1e6,4,1,1,,3.9,c4,4,a',
    '3e6,1e6,16,0.5,1,0.25,3.8,pile,12,b',
    '3e6,1e6,40,0.5,0.5,,3.7,web,24,b',
  ].join('\n'),
  'runs.csv',
);
const places = (...texts: string[]) => {
  const where = texts.reduce<ReturnType<typeof conditionsArgument>>(
    (before, text) => conditionsArgument(text, before),
    [],
  );
  return chooseRuns(RUNS, { where, dropTop: 0 }).rows.map(({ place }) =>
    Number(place.slice('runs.csv:'.length)),
  );
};

test.each<[readonly string[], readonly number[]]>([
  [['data=c4'], [2, 3]],
  [['data=c4,data=web'], [2, 3, 5]],
  [['data=c4', 'data=web,N=3M'], [5]],
  [['r=1'], [2, 3]],
  [['r=0.5,r_f=1'], [4]],
  [['k<=16'], [2, 3, 4]],
  [['k<16,k>1'], [3]],
  [['k = 1, k = 40'], [2, 5]],
  [['N>=3e6'], [4, 5]],
  [['r_1<1'], [4]],
  [['layers>4'], [4, 5]],
  [['S=0'], [2, 3]],
  [['loss<3.85'], [4, 5]],
])('%j takes lines %j', (texts, lines) => {
  expect(places(...texts)).toEqual(lines);
});

test('what stays out is counted by the condition that it does not meet', () => {
  const { leftOut } = chooseRuns(RUNS, { where: conditionsArgument('k<=16,data=c4'), dropTop: 1 });
  expect(leftOut.map(({ reason, first }) => [reason, first])).toEqual([
    ['not k <= 16 (--where)', 'runs.csv:5'],
    ['not data = c4 (--where)', 'runs.csv:4'],
    ['among the 1 largest losses (--drop-top)', 'runs.csv:2'],
  ]);
});

test('a mixture is said of the runs that are left, and no longer where one is chosen', () => {
  const notes = (text: string) =>
    chooseRuns(RUNS, { where: conditionsArgument(text), dropTop: 0 }).notes.filter((note) =>
      /tokenizer/.test(note),
    );
  expect(notes('')).toHaveLength(1);
  expect(notes('tokenizer=a')).toEqual([]);
});

describe('an error says what there is', () => {
  test.each<[string, RegExp]>([
    ['dat=c4', /the runs have no column dat to choose by; did you mean data\?/],
    ['data=c5', /no run has data = c5; there are c4, pile, web/],
    ['k=2', /no run has k = 2; there are 1, 4, 16, 40/],
    ['r=1,k>20', /no run has k > 20; there are 1, 4$/],
    ['r=1,r_1=0', /no run has r_1 = 0; none is known/],
  ])('%s', (text, words) => {
    expect(() => chooseRuns(RUNS, { where: conditionsArgument(text), dropTop: 0 })).toThrow(words);
  });

  test.each<[string, RegExp]>([
    ['k', /write NAME=VALUE, or NAME<=NUMBER/],
    ['=4', /write NAME=VALUE/],
    ['k<=many', /many is not a number/],
    ['k<', /nothing is not a number/],
  ])('%s is refused as it is typed', (text, words) => {
    expect(() => conditionsArgument(text)).toThrow(words);
  });
});
