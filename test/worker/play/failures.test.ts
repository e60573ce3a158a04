import { expect, test } from 'vitest';
import { OnnxTooLargeError } from '../../../src/export/onnx/error.ts';
import { OrtRunError, OrtUnavailableError } from '../../../src/export/ort/errors.ts';
import type { FailureKind } from '../../../src/worker/api/outcome.ts';
import { playFailureOf } from '../../../src/worker/play/failures.ts';

test.each<[Error, FailureKind, RegExp]>([
  [new OrtUnavailableError('wasm', 'fetch', 'it did not come'), 'network', /online again/],
  [new OrtUnavailableError('wasm', 'start', 'no available backend found'), 'internal', /Load the page again/],
  [new OrtUnavailableError('wasm', 'start', 'std::bad_alloc'), 'memory', /other tabs, then load/],
  [new OrtUnavailableError('webgpu', 'start', 'no adapter was found'), 'no-webgpu', /with WASM/],
  [new OrtRunError('std::bad_alloc'), 'memory', /fewer models/],
  [new RangeError('Array buffer allocation failed'), 'memory', /fewer models/],
  [new OrtRunError('the model cannot be opened (3)'), 'internal', /report/],
  [new OnnxTooLargeError(3e9), 'limit', /^$/],
  [new Error('what nobody thought of'), 'internal', /report/],
])('%s', (error, kind, advice) => {
  const failure = playFailureOf(error);
  expect(failure).toMatchObject({ kind, advice: expect.stringMatching(advice) });
  expect(failure.message).toMatch(/^[A-Z].*\.$/);
});
