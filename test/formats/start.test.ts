import { describe, expect, test } from 'vitest';
import { parseTrainConfig, runId } from '../../src/formats/config.ts';

const FINGERPRINT = '0123456789abcdef'.repeat(4);

const parsed = (start?: unknown) =>
  parseTrainConfig(
    {
      version: 1,
      corpora: { target: 'world:sw' },
      recipe: { targetTokens: 6401 },
      ...(start !== undefined && { start }),
    },
    'run.json',
  );

describe('the start of a config', () => {
  test('is kept as it is, and absent where there is none', () => {
    expect(parsed()).not.toHaveProperty('start');
    const start = { name: 'first', fingerprint: FINGERPRINT };
    expect(parsed(start).start).toEqual(start);
    const moments = { step: 6, fingerprint: FINGERPRINT };
    expect(parsed({ ...start, moments }).start).toEqual({ ...start, moments });
  });

  test('makes another run, by its fingerprints and not by its name', () => {
    const start = { name: 'first', fingerprint: FINGERPRINT };
    const id = runId(parsed(start));
    expect(runId(parsed({ ...start, name: 'second' }))).toBe(id);
    expect(runId(parsed({ ...start, fingerprint: 'a'.repeat(64) }))).not.toBe(id);
    expect(runId(parsed({ ...start, moments: { step: 6, fingerprint: FINGERPRINT } }))).not.toBe(id);
    expect(runId(parsed())).not.toBe(id);
  });

  // Records and manifests hold ids: one that moves makes every run that was ever trained unknown.
  test('leaves the id of a run without one what it was', () => {
    expect(runId(parsed())).toBe('b8784b0676db');
  });

  test.each([
    [{}, 'start.name: this field is missing'],
    [{ name: '', fingerprint: FINGERPRINT }, 'start.name: "" is empty'],
    [{ name: 'x', fingerprint: 'abc' }, 'start.fingerprint: "abc" is not 64 hexadecimal digits'],
    [
      { name: 'x', fingerprint: FINGERPRINT, moment: {} },
      'start.moment: there is no such field; did you mean moments?',
    ],
    [
      { name: 'x', fingerprint: FINGERPRINT, moments: { step: 0, fingerprint: FINGERPRINT } },
      'start.moments.step: 0 is less than 1',
    ],
    ['first', 'start: "first" is not an object in braces'],
    [[], 'start: a list is not an object in braces'],
  ])('%j is refused', (start, words) => {
    expect(() => parsed(start)).toThrow(words);
  });
});
