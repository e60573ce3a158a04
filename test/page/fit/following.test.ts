import { type Signal, signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnLawFile } from '../../../src/formats/ownLaw.ts';
import { followAddress } from '../../../src/page/fit/following.ts';
import { AUTOMATIC, type FitSelection } from '../../../src/page/fit/selection.ts';
import type { Lab } from '../../../src/page/lab.ts';
import { type Place, placeOf } from '../../../src/page/shell/router.ts';
import type { LawFacts } from '../../../src/worker/api/fits.ts';

/** A browser's address and history, which tells of a change as late as a browser does. */
function browserAt(first: string) {
  const history = [first];
  let at = 0;
  const place: Signal<Place> = signal(placeOf(first));
  const here = () => history[at] ?? '';
  const told = () => {
    place.value = placeOf(here());
  };
  const push = (hash: string) => {
    if (hash === here()) return;
    history.splice(++at, history.length, hash);
    queueMicrotask(told);
  };
  return {
    place,
    history,
    here,
    push,
    back: () => {
      at--;
      told();
    },
    router: {
      place,
      go: (view: string, query: URLSearchParams) => push(`#/${view}?${query}`),
      replace: (query: URLSearchParams) => {
        history[at] = `#/${place.peek().view}?${query}`;
        place.value = { view: place.peek().view, query };
      },
    } as unknown as Lab['router'],
  };
}

let stop = () => {};

function open(first: string, { isPrepared = true } = {}) {
  const browser = browserAt(first);
  const selection: Signal<FitSelection> = signal(AUTOMATIC);
  const chosenLaw: Signal<string | null> = signal(null);
  const ownLaws: Signal<readonly OwnLawFile[]> = signal([]);
  const prepared = signal(isPrepared);
  const choose = (change: Partial<FitSelection>) => {
    selection.value = { ...selection.peek(), ...change };
  };
  const study = {
    fits: { selection, chosenLaw, ownLaws, prepared, choose },
    laws: signal(['m3', 'chinchilla'].map((name) => ({ name }) as LawFacts)),
    against: signal<'C' | 'N' | 'D_T' | 'k' | 'r' | 'r_1'>('C'),
    addressProblems: signal<readonly string[]>([]),
  };
  stop = followAddress(browser, study);
  return { browser, study, selection, chosenLaw, prepared, choose, problems: study.addressProblems };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  stop = () => {};
});
afterEach(() => stop());

describe('the address of the fit', () => {
  it('is read, and said by what is chosen', async () => {
    const { browser, chosenLaw, selection, choose, study } = open('#/fit?law=chinchilla&pair=a+with+b');
    expect(chosenLaw.value).toBe('chinchilla');
    expect(selection.value.pair).toBe('a with b');
    choose({ pair: 'c' });
    study.against.value = 'r';
    await settle();
    expect(browser.here()).toBe('#/fit?law=chinchilla&pair=c&against=r');
  });

  it('is gone back to, choice by choice, and to where nothing was chosen', async () => {
    const { browser, chosenLaw, selection, choose } = open('#/fit');
    await settle();
    expect(browser.history).toEqual(['#/fit']);
    chosenLaw.value = 'chinchilla';
    await settle();
    choose({ dropTop: 2 });
    await settle();
    browser.back();
    expect([chosenLaw.value, selection.value.dropTop]).toEqual(['chinchilla', 0]);
    browser.back();
    expect(chosenLaw.value).toBeNull();
    await settle();
    expect(browser.history).toHaveLength(3);
  });

  it('says nothing of what was left out by hand', async () => {
    const { browser, selection, choose } = open('#/fit?drop=1');
    choose({ leftOut: ['a'] });
    await settle();
    expect(browser.history).toEqual(['#/fit?drop=1']);
    browser.push('#/fit?drop=2');
    await settle();
    expect(selection.value).toMatchObject({ dropTop: 2, leftOut: ['a'] });
  });

  it('takes nothing back where a person returns by the name of the view alone', async () => {
    const { browser, chosenLaw } = open('#/fit?law=m3');
    for (const hash of ['#/map', '#/fit']) {
      browser.push(hash);
      await settle();
    }
    expect(chosenLaw.value).toBe('m3');
    expect(browser.history).toEqual(['#/fit?law=m3', '#/map', '#/fit?law=m3']);
  });

  it('is left alone while another view is shown', async () => {
    const { browser, chosenLaw } = open('#/map?C=1e15');
    chosenLaw.value = 'm3';
    await settle();
    expect(browser.history).toEqual(['#/map?C=1e15']);
    browser.push('#/fit');
    await settle();
    expect(browser.history).toEqual(['#/map?C=1e15', '#/fit?law=m3']);
  });

  it('is answered in words where it is broken, which go with the next choice', async () => {
    const { browser, problems, choose } = open('#/fit?drop=many');
    await settle();
    expect(problems.value).toEqual([expect.stringContaining('“many” is not a whole number')]);
    expect(browser.history).toEqual(['#/fit?drop=many']);
    choose({ dropTop: 2 });
    await settle();
    expect(problems.value).toEqual([]);
    expect(browser.history).toEqual(['#/fit?drop=many', '#/fit?drop=2']);
  });

  it('with a law that is not here lets the runs choose, once all laws are here', async () => {
    const { browser, chosenLaw, prepared, problems } = open('#/fit?law=mine', { isPrepared: false });
    expect(chosenLaw.value).toBe('mine');
    prepared.value = true;
    await settle();
    expect(chosenLaw.value).toBeNull();
    expect(problems.value).toEqual([expect.stringContaining('no law “mine” here')]);
    expect(browser.history).toEqual(['#/fit?law=mine']);
  });
});
