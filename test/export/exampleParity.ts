/** A check that went well. */

import type { Parity } from '../../src/formats/parity.ts';

export const PARITY: Parity = {
  runtime: 'onnxruntime-web 1.30.0',
  provider: 'wasm',
  text: '16 windows of held-out text of the *file* a_b.txt',
  weights: null,
  windows: 16,
  tokens: 1024,
  logits: 3.84e-6,
  loss: 2e-8,
  cacheLogits: 2.9e-6,
  engineLoss: 2.73281,
  passed: true,
};
