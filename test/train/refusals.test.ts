/** What the trainer refuses: configs and resumes that cannot be, before anything is written. */

import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import { ResumeError, RunExistsError } from '../../src/train/checkpoint/resume.ts';
import { RunConfigError } from '../../src/train/fleet/plan.ts';
import { corpusOf, prepare, SOURCE_TEXT, sampleCorpora, smallConfig, TARGET_TEXT } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

describe('what cannot be is refused before anything is written', () => {
  const refused = async (change: object, field: string, words: RegExp) => {
    const store = new MemoryStore();
    const failure = await prepare(new ReferenceEngine(), [smallConfig(change as never)], { store }).catch(
      (e) => e,
    );
    expect(failure).toBeInstanceOf(RunConfigError);
    expect((failure as RunConfigError).field).toBe(field);
    expect((failure as RunConfigError).message).toMatch(words);
    expect(await store.list('')).toEqual([]);
  };

  test.each<[string, object, string, RegExp]>([
    [
      'D_T larger than the corpus',
      { recipe: { targetTokens: 1e6 } },
      'recipe.targetTokens',
      /1,000,000 .* more than/,
    ],
    ['D_T below one window', { recipe: { targetTokens: 16 } }, 'recipe.targetTokens', /less than one window/],
    ['k = 0', { recipe: { targetTokens: 209, epochs: 0 } }, 'recipe.epochs', /0 is not a number above 0/],
    [
      'r > r_f',
      { recipe: { targetTokens: 209, ratio: 0.5, finalRatio: 0.25 } },
      'recipe.finalRatio',
      /0\.25 is less than the average ratio 0\.5/,
    ],
    ['heads of 8 features', { model: { heads: 2 } }, 'model.heads', /heads of 8 features/],
    [
      'a context that is no multiple of 16',
      { model: { context: 20 } },
      'model.context',
      /20 is not a multiple/,
    ],
    ['a batch beyond the run', { optimizer: { batch: 1e6 } }, 'optimizer.batch', /more than the whole run/],
    [
      'a context beyond the validation text',
      { model: { context: 1024 } },
      'corpora.target',
      /one window of 1025/,
    ],
    [
      'source text that is not named',
      { corpora: { source: null } },
      'corpora.source',
      /there is no source corpus/,
    ],
  ])('%s', (_, change, field, words) => refused(change, field, words));

  test('two runs of one name, also where they are of different shapes', async () => {
    const engine = new ReferenceEngine();
    const wider = smallConfig({ model: { width: 32, heads: 2 } });
    for (const other of [smallConfig(), wider]) {
      await expect(prepare(engine, [smallConfig(), other])).rejects.toThrow(
        /run: name: another run has this name/,
      );
    }
  });

  test('a checkpoint that is there already, unless it is resumed', async () => {
    const engine = new ReferenceEngine();
    const { trainer, store } = await prepare(engine, [smallConfig()]);
    await trainer.stop();
    await expect(prepare(engine, [smallConfig()], { store })).rejects.toThrow(RunExistsError);
  });

  test('a resume with another config, text or source, with the field named', async () => {
    const engine = new ReferenceEngine();
    const { trainer, store } = await prepare(engine, [smallConfig()]);
    await trainer.stop();
    const resumed = (change: object, corpora?: Awaited<ReturnType<typeof sampleCorpora>>) =>
      prepare(engine, [smallConfig(change as never)], { store, resume: true, ...(corpora && { corpora }) });
    await expect(resumed({ optimizer: { learningRate: 0.5 } })).rejects.toThrow(
      /optimizer\.learningRate: the checkpoint has 0\.02 and the config 0\.5/,
    );
    await expect(resumed({ seed: 4 })).rejects.toThrow(/seed: the checkpoint has 3 and the config 4/);
    const { target, source, tokenizer } = await sampleCorpora();
    const otherTarget = await corpusOf('target.txt', `${TARGET_TEXT}one more document\n`);
    await expect(resumed({}, { target: otherTarget, source, tokenizer })).rejects.toThrow(ResumeError);
    await expect(resumed({}, { target: otherTarget, source, tokenizer })).rejects.toThrow(
      /corpora\.target: the text has changed/,
    );
    const otherSource = await corpusOf('source.txt', `${SOURCE_TEXT}one more document\n`);
    await expect(resumed({}, { target, source: otherSource, tokenizer })).rejects.toThrow(
      /corpora\.source: the text has changed/,
    );
    const moved = await resumed({ corpora: { target: 'file:elsewhere/target.txt' } });
    expect(moved.trainer.steps.taken).toBe(0);
  });
});
