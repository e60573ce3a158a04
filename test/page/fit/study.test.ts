import { type Signal, signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { AppState } from '../../../src/page/appState.ts';
import type { FitState } from '../../../src/page/fit/fitState.ts';
import type { Fits } from '../../../src/page/fit/fits.ts';
import { FitStudy } from '../../../src/page/fit/study.ts';
import type { Lab } from '../../../src/page/lab.ts';
import type { Failure } from '../../../src/worker/api/outcome.ts';

const FAILURE: Failure = { kind: 'internal', message: 'It is singular.', advice: 'Load the page again.' };

function ready(fit: number): FitState {
  return { status: 'ready', facts: { fit }, certainty: null } as unknown as FitState;
}

/** A study of one fit after the other; commands in `failing` fail. */
function open() {
  const failing = new Set<string>();
  const current: Signal<FitState> = signal({ status: 'none', reason: '' });
  const send = async ({ command, fit }: { command: string; fit: number }) => {
    if (failing.has(command)) return { ok: false, failure: FAILURE };
    return { ok: true, value: command === 'nextRun' ? [{ reduction: fit }] : { fit } };
  };
  const fits = { current } as unknown as Fits;
  const study = new FitStudy({ fits, law: { send }, app: new AppState() } as unknown as Lab);
  study.seen.value = true;
  return { study, current, failing };
}

describe('what is asked of a fit by itself', () => {
  it('says why it does not know the run that would help most, and asks again with the next fit', async () => {
    const { study, current, failing } = open();
    current.value = ready(1);
    await vi.waitFor(() => expect(study.nextRuns.value.value).toEqual([{ reduction: 1 }]));
    failing.add('nextRun');
    current.value = ready(2);
    await vi.waitFor(() => expect(study.nextRuns.value.failure).toEqual(FAILURE));
    expect(study.nextRuns.value).toMatchObject({ value: null, going: null });
    failing.clear();
    current.value = ready(3);
    await vi.waitFor(() => expect(study.nextRuns.value.value).toEqual([{ reduction: 3 }]));
    expect(study.nextRuns.value.failure).toBeNull();
  });

  it('says why the runs could not be held against it', async () => {
    const { study, current, failing } = open();
    failing.add('points');
    current.value = ready(1);
    await vi.waitFor(() => expect(study.pointsFailure.value).toEqual(FAILURE));
    failing.clear();
    current.value = ready(2);
    await vi.waitFor(() => expect(study.points.value).toEqual({ fit: 2 }));
    expect(study.pointsFailure.value).toBeNull();
  });
});
