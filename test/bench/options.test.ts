import { describe, expect, it } from 'vitest';
import { needsBrowser, readOptions, sizesOfSteps, UsageError } from '../../bench/options.mjs';

describe('readOptions', () => {
  it('measures everything when nothing is asked for', () => {
    expect(readOptions([])).toEqual({
      help: false,
      parts: ['steps', 'fleets', 'matmul', 'fit'],
      sizes: null,
      trainers: ['ours', 'jax-js', 'tfjs'],
      runs: [1, 4, 16, 32, 64],
      rounds: 5,
      steps: null,
      tuning: 'auto',
      markdown: false,
      json: null,
    });
  });

  it('takes lists, in its own order, and numbers', () => {
    const options = readOptions(['--only', 'matmul,steps', '--size', 'B', '--runs', '2,8', '--rounds', '7']);
    expect(options).toMatchObject({ parts: ['steps', 'matmul'], sizes: ['B'], runs: [2, 8], rounds: 7 });
  });

  it.each([
    [['--only', 'step'], /--only: step is none of steps, fleets, matmul, fit/],
    [['--size', 'C'], /--size: C is none of A, B, 10M/],
    [['--rounds', '0'], /--rounds: 0 is not a whole number/],
    [['--runs', '1,x'], /--runs: x is not a whole number/],
    [['--tuning', 'on'], /--tuning: on is neither auto nor off/],
    [['--unknown'], /unknown/i],
  ])('refuses %j', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(UsageError);
    expect(() => readOptions(argv)).toThrow(message);
  });
});

describe('parts', () => {
  it('may be given as words', () => {
    expect(readOptions(['fit']).parts).toEqual(['fit']);
    expect(readOptions(['matmul', '--only', 'steps']).parts).toEqual(['steps', 'matmul']);
    expect(() => readOptions(['fits'])).toThrow(/fits is none of steps, fleets, matmul, fit/);
  });

  it('need a browser, but for the fits', () => {
    expect(needsBrowser(readOptions([]))).toBe(true);
    expect(needsBrowser(readOptions(['fit', 'steps']))).toBe(true);
    expect(needsBrowser(readOptions(['fit']))).toBe(false);
    expect(needsBrowser(readOptions(['--help']))).toBe(false);
  });
});

describe('sizesOfSteps', () => {
  it('leaves the largest size to GPUs', () => {
    expect(sizesOfSteps(readOptions([]), true)).toEqual(['A', 'B']);
    expect(sizesOfSteps(readOptions([]), false)).toEqual(['A', 'B', '10M']);
    expect(() => sizesOfSteps(readOptions(['--size', 'A,10M']), true)).toThrow(UsageError);
  });
});
