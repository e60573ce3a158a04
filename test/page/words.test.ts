import { expect, test } from 'vitest';
import { presetOf } from '../../src/formats/share/presets.ts';
import { adapterName } from '../../src/page/shell/header/adapterName.ts';
import { webgpuAdvice } from '../../src/page/shell/notices/webgpuAdvice.ts';
import { refusalOf } from '../../src/page/train/checking.ts';
import type { Failure } from '../../src/worker/api/outcome.ts';

const AGENTS = {
  firefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  chromeLinux:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  chromeWindows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  chromeAndroid:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36',
  safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
};

test.each([
  [AGENTS.firefox, false, /about:config/],
  [AGENTS.chromeLinux, true, /enable-unsafe-webgpu/],
  [AGENTS.chromeWindows, true, /graphics acceleration/],
  [AGENTS.chromeWindows, false, /Update the browser/],
  [AGENTS.chromeAndroid, false, /121 on Android/],
  [AGENTS.safari, false, /Safari.*26/],
  ['something else', false, /Chrome, Edge, Firefox or Safari/],
])('%s gets advice of its own', (userAgent, hasApi, advice) => {
  expect(webgpuAdvice({ userAgent, secure: true, hasApi })).toMatch(advice);
});

test('an address without https is the first thing to mend, in any browser', () => {
  for (const userAgent of Object.values(AGENTS)) {
    expect(webgpuAdvice({ userAgent, secure: false, hasApi: false })).toMatch(/https/);
  }
});

test('the adapter is called by the best name there is', () => {
  const facts = { vendor: 'nvidia', architecture: 'ampere', description: '', software: false };
  expect(adapterName({ ...facts, description: 'NVIDIA GeForce RTX 3060' })).toBe('NVIDIA GeForce RTX 3060');
  expect(adapterName(facts)).toBe('NVIDIA ampere');
  expect(adapterName({ ...facts, vendor: '', architecture: '' })).toBe('GPU without a name');
});

test('a failure goes to the field of its run, to its text, or nowhere', () => {
  const { recipes } = presetOf('race-small').settings;
  const refused = (failure: Partial<Failure>) =>
    refusalOf({ kind: 'config', message: '', advice: '', problem: 'no', ...failure }, recipes);
  expect(refused({ field: 'recipe.epochs', run: 'Two-stage' })).toEqual({ at: 'r3.epochs', problem: 'no' });
  expect(refused({ field: 'model.heads', run: 'Monolingual' })?.at).toBe('heads');
  expect(refused({ field: 'corpora.source', run: 'Bilingual' })?.at).toBe('source');
  expect(refused({ field: 'optimizer.betas', run: 'Bilingual' })).toBeNull();
  expect(refused({ field: 'tokenizer.vocabulary' })?.at).toBe('vocabulary');
  expect(refused({ field: 'recipe.epochs' })).toBeNull();
  expect(refusalOf({ kind: 'memory', message: 'm', advice: '' }, recipes)).toBeNull();
  // A recipe whose kind leaves no choice is mended at what the number follows from.
  expect(refused({ field: 'recipe.finalRatio', run: 'Bilingual' })?.at).toBe('tokens');
});
