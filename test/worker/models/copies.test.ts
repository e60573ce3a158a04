/** What is copied, of texts that are handed in. */

import { expect, test, vi } from 'vitest';
import { type DocumentList, documentList } from '../../../src/text/corpus/documentList.ts';
import type { PreparedCorpus } from '../../../src/text/corpus/prepare.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import { CopyDesk } from '../../../src/worker/models/copies.ts';
import type { TrainedOn } from '../../../src/worker/models/trainingTexts.ts';
import { runRecord } from '../../formats/runs/exampleRecord.ts';

const corpus = (train: DocumentList, validation: DocumentList) => ({ train, validation }) as PreparedCorpus;
/** A run that read the source text alone, so that no target text has to be cut to its tokens. */
const record = runRecord({}, { k: 0 });
const NEVER = new AbortController().signal;

function deskOf(texts: TrainedOn, onRead: () => Promise<void> = async () => {}) {
  return new CopyDesk({
    async of() {
      await onRead();
      return texts;
    },
  });
}

test('what is usual is measured on 4,096 bytes of held-out text, of whole characters', async () => {
  // Of letters that are all different, three bytes each: 1,365 of them are looked at.
  const text = String.fromCodePoint(...Array.from({ length: 4000 }, (_, i) => 0x4e00 + i));
  const target = corpus(documentList([]), documentList([text]));
  const usualBeside = async (train: string) => {
    const desk = deskOf({ target, source: corpus(documentList([train]), documentList([])) });
    return (await desk.find({ record, tokenizer: byteTokenizer }, 'x', NEVER)).usual;
  };
  expect(await usualBeside(text.slice(0, 1365))).toBe(1);
  expect(await usualBeside(text.slice(0, 455))).toBe(1 / 3);
  expect(await usualBeside(text.slice(1366))).toBe(0);
});

test('one text is searched at a time, and who stops need not wait for the turn', async () => {
  let now = 0;
  let most = 0;
  let goOn = () => {};
  const texts: TrainedOn = { target: null, source: null };
  const desk = deskOf(texts, async () => {
    most = Math.max(most, ++now);
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    now--;
  });
  const stop = new AbortController();
  const find = (signal: AbortSignal) => desk.find({ record, tokenizer: byteTokenizer }, 'x', signal);
  const [first, second, third] = [find(NEVER), find(stop.signal), find(NEVER)];
  await vi.waitUntil(() => now === 1);
  stop.abort();
  await expect(second).rejects.toThrow('aborted');
  goOn();
  await first;
  await vi.waitUntil(() => now === 1);
  goOn();
  await third;
  expect(most).toBe(1);
});
