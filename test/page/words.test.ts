import { expect, test } from 'vitest';
import { refusalOf } from '../../src/page/checking.ts';
import { adapterName } from '../../src/page/header/adapterName.ts';
import { webgpuAdvice } from '../../src/page/notices/webgpuAdvice.ts';

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
  const failure = { kind: 'config', message: '', advice: '', problem: 'no' } as const;
  expect(refusalOf({ ...failure, field: 'recipe.epochs', run: 'two-stage' })).toEqual({
    at: 'two-stage.epochs',
    problem: 'no',
  });
  expect(refusalOf({ ...failure, field: 'model.heads', run: 'monolingual' })?.at).toBe('heads');
  expect(refusalOf({ ...failure, field: 'corpora.source', run: 'bilingual' })?.at).toBe('source');
  expect(refusalOf({ ...failure, field: 'optimizer.betas', run: 'bilingual' })).toBeNull();
  expect(refusalOf({ ...failure, field: 'tokenizer.vocabulary' })?.at).toBe('vocabulary');
  expect(refusalOf({ ...failure, field: 'recipe.epochs' })).toBeNull();
  expect(refusalOf({ kind: 'memory', message: 'm', advice: '' })).toBeNull();
});
