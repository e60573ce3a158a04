import { type Signal, signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fits } from '../../../src/page/fit/fits.ts';
import type { FitSource } from '../../../src/page/fit/selection.ts';
import { Tables } from '../../../src/page/fit/tables.ts';
import type { LawDoor } from '../../../src/page/fit/tasks.ts';
import type { FitFacts } from '../../../src/worker/api/fits.ts';
import { rowOf, sourceOf } from './runs.ts';

type Sent = { readonly command: string; readonly [field: string]: unknown };

/** A door behind which nothing is computed: it writes down what it is asked, and answers with the objectives it is given. */
function fakeDoor(objectives: Record<string, number>, gain: number) {
  const sent: Sent[] = [];
  let fits = 0;
  const facts = (command: Sent): FitFacts => {
    const law = typeof command.law === 'string' ? command.law : 'm3';
    const kind = command.command === 'refit' ? 'refit' : command.descents === undefined ? 'full' : 'quick';
    return {
      fit: ++fits,
      dataset: (command.sample as { dataset: number }).dataset,
      without: [],
      law: { name: law, own: null },
      theta: new Float64Array(1),
      file: {
        objective: objectives[kind] ?? 1,
        rows: 4,
        aicc: command.command === 'extend' ? -gain : 0,
        rmseLog: command.command === 'extend' && gain > 0 ? 0.04 : 0.05,
      },
      warm: kind === 'refit',
    } as unknown as FitFacts;
  };
  const law = {
    send: async (command: Sent) => {
      sent.push(command);
      if (['fit', 'refit', 'extend'].includes(command.command)) return { ok: true, value: facts(command) };
      if (command.command === 'certainty')
        return {
          ok: true,
          value: { fit: command.fit, resamples: command.resamples, file: { objective: 1, rows: 4 } },
        };
      return { ok: true, value: null };
    },
    close: () => {},
  };
  return { sent, door: { law, listenLaw: () => () => {} } as unknown as LawDoor };
}

const rows = ['a', 'b', 'c', 'd'].map((id) => rowOf(id));

function open(objectives: Record<string, number> = {}, gain = 0) {
  const { sent, door } = fakeDoor(objectives, gain);
  const sources: Signal<readonly FitSource[]> = signal([sourceOf('runs:x', rows)]);
  const tables = new Tables({ client: {} as never, law: door.law });
  const fits = new Fits({ door, sources, tables, prepare: async () => {} });
  return { fits, sent, sources };
}

const said = (sent: readonly Sent[]) =>
  sent.map(({ command, descents }) => (descents ? `quick ${command}` : command));

describe('the fit that follows the runs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('fits nothing until somebody asks, then quickly, then from all starts, then with intervals', async () => {
    const { fits, sent } = open();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([]);
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said(sent)).toEqual(['dataset', 'quick fit', 'extend', 'fit', 'extend', 'certainty']);
    const state = fits.current.value;
    expect(state).toMatchObject({ status: 'ready', isThorough: true, dataset: 1 });
    expect(state.status === 'ready' && state.certainty?.resamples).toBe(200);
  });

  it('appends a run that arrives, goes on warm, and searches again when nothing has come for a while', async () => {
    const { fits, sent, sources } = open();
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    sent.length = 0;
    sources.value = [sourceOf('runs:x', [rowOf('new'), ...rows])];
    await vi.advanceTimersByTimeAsync(500);
    expect(said(sent)).toEqual(['append', 'refit']);
    expect(sent[0]).toMatchObject({ runs: { places: ['runs: new'] } });
    await vi.advanceTimersByTimeAsync(5000);
    expect(said(sent)).toEqual(['append', 'refit', 'fit', 'extend', 'certainty']);
  });

  it('leaves runs that come while nobody looks until somebody does', async () => {
    const { fits, sent, sources } = open();
    const seen = signal(true);
    fits.lookedAtBy(signal(false));
    fits.lookedAtBy(seen);
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said(sent)).toContain('certainty');
    sent.length = 0;
    seen.value = false;
    sources.value = [sourceOf('runs:x', [rowOf('new'), ...rows])];
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([]);
    seen.value = true;
    await vi.advanceTimersByTimeAsync(100);
    expect(said(sent)).toEqual(['append', 'refit']);
    seen.value = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toHaveLength(2);
    seen.value = true;
    await vi.advanceTimersByTimeAsync(100);
    expect(said(sent)).toEqual(['append', 'refit', 'fit', 'extend', 'certainty']);
    seen.value = false;
    seen.value = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toHaveLength(5);
  });

  it('takes runs that come together as one change, and one that is chosen at once', async () => {
    const { fits, sent, sources } = open();
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    sent.length = 0;
    const come = [...rows];
    for (const id of ['e', 'f', 'g']) {
      come.push(rowOf(id));
      sources.value = [sourceOf('runs:x', come)];
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(300);
    expect(said(sent)).toEqual(['append', 'refit']);
    sources.value = [sourceOf('runs:x', come), sourceOf('table:t', rows, 'table')];
    fits.choose({ sources: ['table:t'] });
    expect(fits.wanted.value.rows).toHaveLength(4);
  });

  it('says when a search from all starts found a better fit, and takes it', async () => {
    const { fits } = open({ quick: 2, full: 1 });
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    expect(fits.lately.value).toContain('50 % lower');
    const same = open({ quick: 1, full: 1 });
    same.fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    expect(same.fits.lately.value).toBe('');
  });

  it('goes on warm where a run is left out, without sending the runs again', async () => {
    const { fits, sent } = open();
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    sent.length = 0;
    fits.toggle('b');
    await vi.advanceTimersByTimeAsync(500);
    expect(said(sent)).toEqual(['append', 'refit']);
    expect(sent[1]).toMatchObject({ sample: { without: [{ reason: 'left out by hand', rows: [1] }] } });
    fits.toggle('b');
    expect(fits.selection.value.leftOut).toEqual([]);
  });

  it('takes the richer law where the runs ask for it and nobody chose', async () => {
    const { fits, sent } = open({}, 200);
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said(sent)).toEqual(['dataset', 'quick fit', 'extend', 'fit', 'certainty']);
    expect(sent[3]).toMatchObject({ law: 'm3-overfit' });
    expect(fits.law.value).toBe('m3-overfit');
    expect(fits.why.value).toContain('200 lower');
    sent.length = 0;
    fits.chosenLaw.value = 'm3';
    await vi.advanceTimersByTimeAsync(5000);
    expect(said(sent)).not.toContain('extend');
    expect(fits.current.value).toMatchObject({ facts: { law: { name: 'm3' } } });
    expect([fits.law.value, fits.why.value]).toEqual(['m3', '']);
    fits.chosenLaw.value = null;
    await vi.advanceTimersByTimeAsync(5000);
    expect(fits.current.value).toMatchObject({ facts: { law: { name: 'm3-overfit' } } });
  });

  it('begins anew for another law, and says why there is nothing to fit', async () => {
    const { fits, sent, sources } = open();
    fits.ensure();
    await vi.advanceTimersByTimeAsync(5000);
    sent.length = 0;
    fits.chosenLaw.value = 'chinchilla';
    await vi.advanceTimersByTimeAsync(300);
    expect(sent.find(({ command }) => command === 'fit')).toMatchObject({ law: 'chinchilla' });
    sources.value = [];
    await vi.advanceTimersByTimeAsync(300);
    expect(fits.current.value).toMatchObject({ status: 'none' });
  });
});
