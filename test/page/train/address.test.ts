import { type Signal, signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppState } from '../../../src/page/appState.ts';
import type { Lab, LabClient } from '../../../src/page/lab.ts';
import { hrefOf, type Place, placeOf } from '../../../src/page/shell/router.ts';
import { TrainActions } from '../../../src/page/train/actions.ts';
import { differsFromPreset, keepAddress, linkOf } from '../../../src/page/train/address.ts';
import { TrainState } from '../../../src/page/train/state.ts';
import type { Command, Opened } from '../../../src/worker/api/lab.ts';
import { facts, opened } from '../facts.ts';

/** Longer than a person's pause between two keys. */
const LATER_MS = 1000;
const NOBODY = { target: null, source: null };

type Visit = {
  readonly app: AppState;
  readonly state: TrainState;
  readonly place: Signal<Place>;
  readonly sent: Command[];
  /** What was written into the address. */
  readonly written: string[];
  readonly open: (found: Opened) => void;
};

let stop: () => void = () => {};

/** A lab at an address, whose worker reads every text and starts every fleet. */
function visit(hash: string): Visit {
  const app = new AppState();
  const state = new TrainState({ app, shown: signal(true) });
  const place = signal(placeOf(hash));
  const sent: Command[] = [];
  const written: string[] = [];
  const send = async (command: Command) => {
    sent.push(command);
    if (command.command !== 'readCorpus') return { ok: true, value: null };
    const { side, origin } = command;
    return {
      ok: true,
      value: facts(side, 400_000, { spec: origin.kind === 'spec' ? origin.spec : 'file:x' }),
    };
  };
  const router = {
    place,
    opened: place.peek(),
    replace: (query: URLSearchParams) => {
      written.push(query.toString());
      place.value = { view: 'train', query };
    },
  };
  const actions = new TrainActions(state, { send } as unknown as LabClient);
  stop = keepAddress({ app, router } as unknown as Lab, state, actions);
  const open = (found: Opened) => {
    app.adapter.value = found.adapter;
    app.opened.value = found;
  };
  return { app, state, place, sent, written, open };
}

const named = (sent: readonly Command[], command: Command['command']) =>
  sent.filter((one) => one.command === command);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test('a link that somebody sent trains nothing until a person says so', async () => {
  const { state, sent, written, open } = visit('#/train?preset=race&start=1');
  open(opened(NOBODY));
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(named(sent, 'train')).toHaveLength(0);
  expect(state.wantsStart.value).toBe(true);
  // Whoever loads the page again is not asked again.
  expect(written).toEqual(['preset=race-small']);
});

test('a link of the page that asks for it is trained once, on texts that are read once', async () => {
  const { state, place, sent, written, open } = visit('#/tour');
  place.value = placeOf('#/train?preset=race&start=1');
  open(opened(NOBODY));
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(named(sent, 'readCorpus')).toHaveLength(2);
  expect(named(sent, 'train')).toHaveLength(1);
  expect(state.fleet.rows.value).toHaveLength(4);
  // Whoever loads the page again does not start it again.
  expect(written).toEqual(['preset=race-small']);
});

test('the same holds for a link in the page, once the lab is open', async () => {
  const { place, sent, open } = visit('#/tour');
  open(opened(NOBODY));
  place.value = placeOf('#/train?preset=race&start=1');
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(named(sent, 'readCorpus')).toHaveLength(2);
  expect(named(sent, 'train')).toHaveLength(1);
});

test('curves that would be lost are asked about first', async () => {
  const { state, place, sent, open } = visit('#/tour');
  open(opened(NOBODY));
  place.value = placeOf('#/train?preset=race&start=1');
  await vi.advanceTimersByTimeAsync(LATER_MS);
  state.fleet.phase.value = 'done';
  place.value = placeOf('#/tour');
  place.value = placeOf('#/train?preset=race&start=1');
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(state.wantsStart.value).toBe(true);
  expect(named(sent, 'train')).toHaveLength(1);
});

test('what a person changes is said in the address, and not taken from it again', async () => {
  const { state, place, written, open } = visit('#/train');
  open(opened({ target: facts('target'), source: facts('source') }));
  state.form.setField('targetTokens', '50');
  state.form.setField('targetTokens', '5,000');
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(written).toHaveLength(1);
  expect(new URLSearchParams(written[0]).get('targetTokens')).toBe('5000');
  expect(state.form.values.value.text.targetTokens).toBe('5,000');
  state.form.setField('targetTokens', 'five');
  place.value = placeOf('#/tour');
  place.value = placeOf('#/train');
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(state.form.values.value.text.targetTokens).toBe('five');
});

test('while a fleet is at work a link is not taken, and the page says so', async () => {
  const { app, state, place, open } = visit('#/train');
  open(opened(NOBODY));
  state.fleet.phase.value = 'training';
  place.value = placeOf('#/train?preset=paper');
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(app.notices.value.join()).toContain('the settings of the link were not taken');
  expect(place.value.query.get('preset')).toBe('race-small');
});

test('a lab without its worker still takes a link into its editor', () => {
  const { app, state } = visit('#/train?preset=race-small&targetTokens=3000');
  app.unopened.value = true;
  expect(state.form.values.value.text.targetTokens).toBe('3000');
});

test('a link says what it cannot take along', () => {
  vi.stubGlobal('location', { href: 'https://example.org/lab/#/train' });
  const { state, open } = visit('#/train');
  open(opened({ target: facts('target'), source: facts('source', 1000, { spec: 'world:en?bytes=1000' }) }));
  state.form.setField('layers', 'two');
  const { link, left } = linkOf(state);
  expect(link.startsWith(`https://example.org/lab/${hrefOf('train')}?preset=race-small&target=own`)).toBe(
    true,
  );
  expect(left).toMatch(/Your own target text is not in it/);
  expect(left).toMatch(/Fields that have to be mended/);
  vi.unstubAllGlobals();
});

test('what is said of a preset holds until a recipe, a number or a text is another', async () => {
  const { state, open } = visit('#/train?preset=race-small');
  open(opened(NOBODY));
  await vi.runAllTimersAsync();
  expect(differsFromPreset(state)).toBe(false);
  state.form.remove(2);
  expect(differsFromPreset(state)).toBe(true);
  state.form.putBack();
  expect(differsFromPreset(state)).toBe(false);
  state.form.duplicate(1);
  expect(differsFromPreset(state)).toBe(true);
  state.form.remove(5);
  expect(differsFromPreset(state)).toBe(false);
  state.texts.corpora.target.value = { status: 'ready', facts: facts('target') };
  expect(differsFromPreset(state)).toBe(true);
});
