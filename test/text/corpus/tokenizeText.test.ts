import { expect, test } from 'vitest';
import { tokenizeText } from '../../../src/text/corpus/tokenizeText.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import { raw } from './fixtures.ts';

test('a text without a split keeps the order of its file', async () => {
  const text = await tokenizeText({
    name: 't',
    documents: ['b', ' a', '', 'b'].map((document) => raw(document)),
    tokenizer: byteTokenizer,
  });
  expect(byteTokenizer.decode(text.tokens)).toBe('\nb\na\n');
  expect(text).toMatchObject({ bytes: 4, documents: 2, dropped: { empty: 1, duplicates: 1 } });
});

test('of a larger text a sample is taken, in the order of its file', async () => {
  const documents = Array.from({ length: 200 }, (_, i) => raw(`${i + 100}`));
  const text = await tokenizeText({ name: 't', documents, tokenizer: byteTokenizer, maxBytes: 60 });
  const kept = byteTokenizer.decode(text.tokens).trim().split('\n');
  expect([text.documents, text.bytes]).toEqual([20, 80]);
  expect(kept).toEqual(kept.toSorted());
  const all = await tokenizeText({ name: 't', documents, tokenizer: byteTokenizer, maxBytes: null });
  expect([all.documents, all.sha256]).toEqual([200, text.sha256]);
});

test('reading stops when told to', async () => {
  const controller = new AbortController();
  function* documents() {
    for (let i = 0; ; i++) {
      if (i === 2) controller.abort();
      yield raw(`${i}`);
    }
  }
  const { signal } = controller;
  const reading = tokenizeText({ name: 't', documents: documents(), tokenizer: byteTokenizer, signal });
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});
