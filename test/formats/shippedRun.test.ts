import { expect, test } from 'vitest';
import { tagWords } from '../../src/formats/runSummary.ts';
import { parseShippedRuns, shippedRunOf } from '../../src/formats/shippedRun.ts';
import { runRecord } from './runs/exampleRecord.ts';

const curve = Array.from({ length: 200 }, (_, index) => ({
  step: index + 1,
  tokens: 64 * (index + 1),
  loss: 5,
  ...(index % 2 === 1 && { targetLoss: 3 / (index + 1) }),
}));

test('a run ships as its summary and a curve of a few validations in bits a byte', () => {
  const run = shippedRunOf(runRecord({ curve }), 'world', tagWords({ round: 2, cell: ['a', 'b'] }));
  expect(run).toMatchObject({
    origin: 'shipped',
    collection: 'world',
    N: 100,
    tags: { round: '2', cell: 'a, b' },
  });
  expect(run.curve.length).toBeGreaterThan(30);
  expect(run.curve.length).toBeLessThanOrEqual(40);
  // The example has 2.3 bits a byte at 1.5 nats a token.
  expect(run.curve.at(-1)).toEqual([64 * 200, Number(((3 / 200) * (2.3 / 1.5)).toPrecision(5))]);
  expect(parseShippedRuns(JSON.parse(JSON.stringify({ version: 1, runs: [run] })), 'runs')).toEqual([run]);
});

test('a run that was never measured has no curve', () => {
  expect(shippedRunOf(runRecord({ curve, final: null }), 'world').curve).toEqual([]);
});

test('a file of another shape is refused at the field', () => {
  const run = { ...shippedRunOf(runRecord(), 'world'), N: 'many' };
  expect(() => parseShippedRuns({ version: 1, runs: [run] }, 'runs.json')).toThrow(/runs\.json: runs\.0\.N/);
  expect(() => parseShippedRuns({ version: 2, runs: [] }, 'runs.json')).toThrow(/version/);
});
