import { beforeEach, expect, test } from 'vitest';
import { SampleTurns, type Turn } from '../../src/worker/sampleTurns.ts';

const STEPS = 512;
const NAMES = ['a', 'b', 'c', 'd'];

let clock: number;
let turns: SampleTurns;

beforeEach(() => {
  clock = 0;
  turns = new SampleTurns(() => clock);
});

const at = (step: number): Turn[] => NAMES.map((run) => ({ run, step, steps: STEPS, ended: false }));

/** One go, in which each run writes for so long; gives who wrote. */
function go(runs: readonly Turn[], eachMs: number): string[] {
  const heard: string[] = [];
  let took = 0;
  for (const run of turns.due(runs)) {
    if (!turns.mayWrite(run, took)) break;
    clock += eachMs;
    took += eachMs;
    turns.wrote(run);
    heard.push(run.run);
  }
  if (heard.length > 0) turns.rest(took);
  return heard;
}

test('nobody writes at the first measurements, which are noise', () => {
  expect(go(at(8), 600)).toEqual([]);
  expect(go(at(32), 600)).toEqual(['a']);
});

test('on a slow device the runs write in turn, and all are heard within half a minute', () => {
  const heard: string[] = [];
  for (let step = 32; clock < 30_000; step += 8) {
    heard.push(...go(at(step), 600));
    clock += 500;
  }
  expect(heard.slice(0, 4)).toEqual(NAMES);
});

test('on a quick one all of them write at once', () => {
  expect(go(at(32), 50)).toEqual(NAMES);
  clock += 2900;
  expect(go(at(40), 50)).toEqual([]);
  clock += 100;
  expect(go(at(48), 50)).toEqual(NAMES);
});

test('what takes long puts nothing off for longer than a quarter of a minute', () => {
  expect(go(at(32), 4000)).toEqual(['a']);
  clock += 14_999;
  expect(go(at(40), 4000)).toEqual([]);
  clock += 1;
  expect(go(at(48), 4000)).toEqual(['b']);
});

test('a run that has ended is heard once more, whatever else', () => {
  go(at(32), 600);
  const ended = at(STEPS).map((run, index) => ({ ...run, ended: index < 2 }));
  expect(go(ended, 600)).toEqual(['a', 'b']);
  expect(go(ended, 600)).toEqual([]);
});
