import { expect, test } from 'vitest';
import { targetHalves } from '../../src/train/halves.ts';
import { evaluationWindows, layOut, meanLoss } from '../../src/train/layout.ts';
import { sampleCorpora } from './fixtures.ts';

const CONTEXT = 16;

test('the halves are of even and of odd places of the text, in whatever order they are measured', async () => {
  const { target, source } = await sampleCorpora();
  const layout = layOut(target, source);
  const { from } = layout.targetValidation;
  for (const periodic of [1, 3, 4]) {
    const evaluation = evaluationWindows(layout, CONTEXT, periodic);
    const { count } = evaluation.target;
    expect(count).toBeGreaterThan(4);
    const places = [...evaluation.windows].map((window) => (window - from) / CONTEXT);
    expect(places.slice(0, count)).not.toEqual([...places.slice(0, count)].sort((a, b) => a - b));
    // Ten nats for each place of the text, in twice as many bytes as the place before.
    const sums = Float32Array.from(places, (place) => 10 * place);
    const bytes = Float64Array.from(places, (place) => 2 ** place);
    const { targetHalves: halves, targetHalvesBitsPerByte: perByte } = targetHalves(sums, {
      evaluation,
      validation: layout.targetValidation,
      context: CONTEXT,
      bytes,
    });
    for (const parity of [0, 1] as const) {
      const chosen = Array.from({ length: count }, (_, place) => place).filter((p) => p % 2 === parity);
      const nats = chosen.reduce((sum, place) => sum + 10 * place, 0);
      const text = chosen.reduce((sum, place) => sum + 2 ** place, 0);
      expect(halves?.[parity]).toBeCloseTo(nats / (chosen.length * CONTEXT), 12);
      expect(perByte?.[parity]).toBeCloseTo(nats / Math.LN2 / text, 12);
    }
    // Together they are the whole.
    const [even = 0, odd = 0] = halves ?? [];
    const whole = meanLoss(sums, evaluation.target, 0, CONTEXT).nats;
    expect((Math.ceil(count / 2) * even + Math.floor(count / 2) * odd) / count).toBeCloseTo(whole, 12);
  }
});

test('a single window has no halves', () => {
  const none = { from: 1, count: 0 };
  const evaluation = {
    windows: Uint32Array.of(7),
    target: { from: 0, count: 1 },
    source: none,
    periodic: { from: 0, count: 1 },
    periodicTarget: { from: 0, count: 1 },
    periodicSource: none,
  };
  expect(
    targetHalves(Float32Array.of(3), {
      evaluation,
      validation: { from: 7, count: 17 },
      context: CONTEXT,
      bytes: Float64Array.of(5),
    }),
  ).toEqual({});
});
