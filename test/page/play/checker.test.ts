import { expect, test } from 'vitest';
import type { Parity } from '../../../src/formats/parity.ts';
import { Checker } from '../../../src/page/play/checking/checker.ts';
import { parityDetail, parityWords, tiny } from '../../../src/page/play/checking/words.ts';
import { OpenModels } from '../../../src/page/play/openModels.ts';
import { type Answers, clientsOf, failureOf, modelFacts } from './models.ts';

const PARITY: Parity = {
  runtime: 'onnxruntime-web 1.30.0',
  provider: 'wasm',
  text: '8 windows of held-out text of world:sw',
  weights: 'abc',
  windows: 8,
  tokens: 256,
  logits: 2.13e-6,
  loss: 3e-7,
  cacheLogits: 1e-6,
  engineLoss: 2.3008,
  passed: true,
};
const PROBE = {
  windows: [],
  count: 1,
  context: 32,
  logits: [],
  text: PARITY.text,
  weights: PARITY.weights,
};

function checkerOf(answers: Answers) {
  const { clients, sent } = clientsOf({
    probeModel: () => PROBE,
    checkModel: () => PARITY,
    keepParity: () => ({ ok: true, value: null }),
    ...answers,
  });
  const said: string[] = [];
  const saved: string[] = [];
  const checker = new Checker({
    clients,
    models: new OpenModels(clients),
    say: (words) => said.push(words),
    save: ({ name }) => saved.push(name),
  });
  return { checker, sent, said, saved };
}

test('the engine computes, ONNX Runtime computes the same, and the outcome is kept', async () => {
  let kept: unknown;
  const { checker, sent } = checkerOf({
    keepParity: (command) => {
      kept = command.parity;
      return { ok: true, value: null };
    },
  });
  const model = modelFacts('a');
  await checker.check(model);
  expect(sent).toEqual(['probeModel a', 'readModel a', 'openModel', 'checkModel a', 'keepParity a']);
  expect(kept).toEqual(PARITY);
  expect(checker.parityOf(model)).toEqual(PARITY);
  // What it learned since was not checked.
  expect(checker.parityOf({ ...model, step: 97 })).toBeNull();
  expect(checker.isBusy('a')).toBe(false);
});

test('a model that learned on meanwhile is probed and asked again, once; what was said of another one is not shown', async () => {
  let isOpen = false;
  const { checker, sent } = checkerOf({
    checkModel: () => {
      if (isOpen) return PARITY;
      isOpen = true;
      return failureOf('not-now');
    },
    keepParity: () => failureOf('not-now'),
  });
  const model = modelFacts('a');
  await checker.check(model);
  const opened = ['readModel a', 'openModel', 'checkModel a'];
  expect(sent).toEqual(['probeModel a', ...opened, 'probeModel a', ...opened, 'keepParity a']);
  expect(checker.parityOf(model)).toBeNull();
  expect(checker.states.value.get('a')).toMatchObject({ status: 'failed', failure: { kind: 'not-now' } });
});

test('models are checked one after the other, and one that cannot be leaves the others their turn', async () => {
  const { checker, sent } = checkerOf({
    probeModel: ({ model }) => (model === 'a' ? failureOf('not-now') : PROBE),
  });
  const all = [modelFacts('a'), modelFacts('b')];
  await checker.checkAll(all);
  expect(sent.filter((words) => words.startsWith('probe'))).toEqual(['probeModel a', 'probeModel b']);
  expect(checker.states.value.get('a')).toMatchObject({ status: 'failed', failure: { kind: 'not-now' } });
  expect(all.map((model) => checker.parityOf(model)?.passed)).toEqual([undefined, true]);
});

test('a check that is stopped leaves no word of failure', async () => {
  const { checker } = checkerOf({
    checkModel: (_, signal) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(failureOf('cancelled')))),
  });
  const checking = checker.check(modelFacts('a'));
  await expect.poll(() => checker.states.value.get('a')?.status).toBe('checking');
  const state = checker.states.value.get('a');
  if (state && 'stop' in state) state.stop();
  await checking;
  expect(checker.states.value.size).toBe(0);
});

test('what is taken away carries what the check said, and goes without one too', async () => {
  const given: unknown[] = [];
  const { checker, saved } = checkerOf({
    exportModel: ({ model, format, parity }) => {
      given.push(parity);
      return { name: `${model}-${format}.zip`, blob: null };
    },
  });
  await checker.take(modelFacts('a'), 'hf');
  await checker.take(modelFacts('b', { parity: PARITY }), 'onnx');
  expect(given).toEqual([null, PARITY]);
  expect(saved).toEqual(['a-hf.zip', 'b-onnx.zip']);
});

test('the badge says both differences with their limits, and a failure says that it is one', () => {
  expect(parityWords(PARITY)).toBe(
    'Checked by ONNX Runtime: largest logit difference 2.1e−6 (limit 1e−3), loss difference 3e−7 nats (limit 1e−4).',
  );
  expect(parityWords({ ...PARITY, passed: false, logits: Number.NaN })).toMatch(
    /^ONNX Runtime computes something else: largest logit difference not finite/,
  );
  expect(parityDetail(PARITY)).toMatch(/on 8 windows of held-out text of world:sw, 256 tokens/);
  expect([0, 12_000, 1e-10].map(tiny)).toEqual(['0', '1.2e4', '1e−10']);
});
