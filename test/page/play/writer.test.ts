import { signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import { OpenModels } from '../../../src/page/play/openModels.ts';
import { copiedTokens, copiedWords } from '../../../src/page/play/writing/copies.ts';
import { PromptForm } from '../../../src/page/play/writing/promptForm.ts';
import { Writer } from '../../../src/page/play/writing/writer.ts';
import type { CopiedSpan } from '../../../src/worker/api/models.ts';
import type { WrittenToken } from '../../../src/worker/api/play.ts';
import { type Answers, clientsOf, failureOf, modelFacts } from './models.ts';

const token = (text: string): WrittenToken => ({
  id: 1,
  text,
  piece: text,
  probability: 0.5,
  drawn: 0.5,
  alternatives: [],
});
const written = (text: string) => ({
  text,
  tokens: [...text].map(token),
  ended: 'tokens',
  promptTokens: 1,
  promptSeen: 1,
  lost: [],
  milliseconds: 5,
});
const NOTHING_COPIED = { n: 24, spans: [], share: 0, usual: 0, searched: { target: true, source: true } };

function writerOf(answers: Answers, ids = ['a', 'b']) {
  const { clients, sent } = clientsOf({ findCopied: () => NOTHING_COPIED, ...answers });
  const said: string[] = [];
  const writer = new Writer({
    clients,
    models: new OpenModels(clients),
    choice: { models: signal(ids.map((id) => modelFacts(id))) },
    say: (words) => said.push(words),
  });
  return { writer, sent, said };
}

const textsOf = ({ answers }: Writer) => answers.value.map(({ text }) => text);
const statesOf = ({ answers }: Writer) => answers.value.map(({ state }) => state.value.status);

describe('a writer', () => {
  test('has all models write from one prompt with one seed, and looks for what they copied', async () => {
    const asked: unknown[] = [];
    const { writer, said } = writerOf({
      write: ({ model, writing }) => {
        asked.push(writing);
        return written(`from ${model}`);
      },
    });
    writer.form.prompt.value = 'Paka ';
    await writer.write();
    expect(textsOf(writer)).toEqual(['from a', 'from b']);
    expect(asked[0]).toEqual({ prompt: 'Paka ', tokens: 96, seed: 1, temperature: 0.8, topK: 0, topP: 1 });
    expect(asked[1]).toEqual(asked[0]);
    expect(writer.answers.value.map(({ copied }) => copied.value.status)).toEqual(['known', 'known']);
    expect(writer.isWriting.value).toBe(false);
    expect(said).toEqual(['Model a, Model b have written.']);
  });

  test('shows tokens as they are told, and none twice that are told after the answer', async () => {
    const { writer } = writerOf(
      {
        write: ({ task }) => {
          writer.take({ event: 'written', task: Number(task), tokens: [token('a')] });
          expect(textsOf(writer)).toEqual(['a']);
          expect(statesOf(writer)).toEqual(['writing']);
          return written('abc');
        },
      },
      ['a'],
    );
    await writer.write();
    const [answer] = writer.answers.value;
    writer.take({ event: 'written', task: answer?.task ?? -1, tokens: [token('b'), token('c')] });
    expect(textsOf(writer)).toEqual(['abc']);
  });

  test('stops, and says at each answer what went wrong with it', async () => {
    const { writer, said, sent } = writerOf({
      write: ({ model }, signal) =>
        model === 'a'
          ? failureOf('memory')
          : new Promise((resolve) =>
              signal?.addEventListener('abort', () => resolve(failureOf('cancelled')), { once: true }),
            ),
    });
    const writing = writer.write();
    await expect.poll(() => sent.includes('write b')).toBe(true);
    writer.stop();
    await writing;
    expect(statesOf(writer)).toEqual(['failed', 'stopped']);
    expect(said).toEqual(['Model a could not write.']);
    expect(sent.some((words) => words.startsWith('findCopied'))).toBe(false);
  });
});

describe('the form before it', () => {
  test.each([
    ['tokens', '0', /Must be 1 or more/],
    ['tokens', '1001', /Must be 1000 or less/],
    ['seed', '1.5', /not a whole number/],
    ['temperature', '-1', /Must be 0 or more/],
    ['temperature', 'warm', /is not a number/],
    ['topK', '', /A number is needed/],
    ['topP', '0', /Must be above 0/],
    ['topP', '0,9', /Use a point/],
  ] as const)('refuses %s = %j at its field', (field, text, problem) => {
    const form = new PromptForm();
    expect(form.writing.value).not.toBeNull();
    form.setField(field, text);
    expect(form.problemAt(field)).toMatch(problem);
    expect(form.writing.value).toBeNull();
  });

  test('says at the field what the worker refuses, until it is typed anew', () => {
    const form = new PromptForm();
    const { failure } = failureOf('config', { field: 'topK', problem: 'is more than there are' }) as Extract<
      ReturnType<typeof failureOf>,
      { ok: false }
    >;
    expect(form.refuse(failure)).toBe(true);
    expect(form.problemAt('topK')).toBe('is more than there are');
    form.setField('topK', '5');
    expect(form.problemAt('topK')).toBeUndefined();
    expect(form.refuse({ ...failure, field: 'prompt' })).toBe(false);
  });
});

describe('what was copied', () => {
  const span = (from: number, to: number, side: CopiedSpan['side'] = 'target'): CopiedSpan => ({
    from,
    to,
    length: to - from,
    side,
    snippet: '',
  });

  test('is marked at every token that any of it lies in', () => {
    const tokens = ['Pa', 'ka', ' ', '', 'ana', 'lala'].map((text) => ({ text }));
    const first = span(3, 5);
    const second = span(9, 12, 'source');
    expect(copiedTokens(tokens, [first, second])).toEqual([null, first, first, null, null, second]);
    expect(copiedTokens(tokens, [])).toEqual([null, null, null, null, null, null]);
  });

  test('is said as a share, beside that of text that nobody copied; what could not be searched is said too', () => {
    const copied = {
      n: 24,
      spans: [span(0, 30)],
      share: 0.5,
      usual: 0.31,
      searched: { target: true, source: true },
    };
    expect(copiedWords(copied)).toMatch(
      /^50 % .* the target and the source text, .* up to 30.* Of held-out text, .* 31 %\.$/,
    );
    expect(copiedWords({ ...copied, usual: null })).not.toMatch(/held-out/);
    expect(copiedWords({ ...copied, spans: [] })).toMatch(/^No stretch of 24/);
    expect(copiedWords({ ...copied, spans: [], searched: { target: false, source: true } })).toMatch(
      /the source text\. The target text is not open here/,
    );
    expect(copiedWords({ ...copied, searched: { target: false, source: false } })).toMatch(/nobody can say/);
  });
});
