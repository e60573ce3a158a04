import { describe, expect, test, vi } from 'vitest';
import { MemoryStore } from '../../../src/store/memory.ts';
import { TrainingTexts } from '../../../src/worker/models/trainingTexts.ts';
import { runConfig } from '../../formats/runs/exampleRecord.ts';

const NEVER = new AbortController().signal;
const TRAINED = { config: runConfig({ corpora: { target: 'world:sw?bytes=20000', source: null } }) };

/** Nothing is open and nothing is kept: what the world told is told again. `lists` counts how often a text was looked for. */
function nothingOpen() {
  const store = new MemoryStore();
  const lists = vi.spyOn(store, 'list');
  return { texts: new TrainingTexts({ store, texts: { get: () => null } }), lists };
}

describe('a text that is told again', () => {
  test('is read once for all who ask, and let go of when it is to be', async () => {
    const { texts, lists } = nothingOpen();
    const [one, other] = await Promise.all([texts.of(TRAINED, NEVER), texts.of(TRAINED, NEVER)]);
    expect(one.target?.train.count).toBeGreaterThan(0);
    expect(other.target?.train).toBe(one.target?.train);
    expect((await texts.of(TRAINED, NEVER)).target).toBe(one.target);
    expect(lists).toHaveBeenCalledTimes(1);
    texts.forget();
    expect((await texts.of(TRAINED, NEVER)).target?.train).not.toBe(one.target?.train);
    expect(lists).toHaveBeenCalledTimes(2);
  });

  test('is read for who still waits, though who asked first has stopped', async () => {
    const { texts } = nothingOpen();
    const stop = new AbortController();
    const asked = [texts.of(TRAINED, stop.signal), texts.of(TRAINED, NEVER)] as const;
    stop.abort();
    await expect(asked[0]).rejects.toThrow('aborted');
    expect((await asked[1]).target?.train.count).toBeGreaterThan(0);
  });
});
