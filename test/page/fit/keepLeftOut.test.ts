import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import type { JsonValue } from '../../../src/formats/json.ts';
import { keepLeftOut } from '../../../src/page/fit/keepLeftOut.ts';
import { AUTOMATIC, type FitSelection } from '../../../src/page/fit/selection.ts';
import { keeper } from './keeper.ts';

const leavingOut = (leftOut: readonly string[]) => signal<FitSelection>({ ...AUTOMATIC, leftOut });

async function open(
  kept: JsonValue | undefined,
  failing: readonly string[] = [],
  now: readonly string[] = [],
) {
  const { client, written } = keeper(kept as JsonValue, failing);
  const selection = leavingOut(now);
  const tell = vi.fn();
  await keepLeftOut({ selection }, client, tell);
  const leave = (leftOut: readonly string[]) => {
    selection.value = { ...selection.peek(), leftOut };
  };
  return { selection, written, tell, leave };
}

describe('what was left out by hand', () => {
  it('comes back beside what is left out now, and is kept as it changes', async () => {
    const { selection, written, leave } = await open(['a', 'b'], [], ['b', 'c']);
    expect(selection.value.leftOut).toEqual(['a', 'b', 'c']);
    expect(written()).toEqual([['a', 'b', 'c']]);
    leave([]);
    expect(written().at(-1)).toBeNull();
  });

  it('takes in what has come by another way', async () => {
    const { client, put } = keeper(['a']);
    const selection = leavingOut([]);
    const readAgain = await keepLeftOut({ selection }, client, () => {});
    put(['b']);
    await readAgain();
    expect(selection.value.leftOut).toEqual(['b', 'a']);
  });

  it('is written down only where it changes', async () => {
    const { selection, written } = await open(undefined);
    selection.value = { ...selection.value, dropTop: 2 };
    expect(selection.value.leftOut).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('is said where it cannot be read, and not written over', async () => {
    for (const { written, tell, leave } of [await open(null, ['setting']), await open({ version: 2 })]) {
      leave(['a']);
      expect(written()).toEqual([]);
      expect(tell).toHaveBeenCalledWith(expect.stringContaining('cannot be read'));
    }
  });

  it('is said where it cannot be kept', async () => {
    const { tell, leave } = await open([], ['keepSetting']);
    leave(['a']);
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith(expect.stringContaining('could not be kept')));
  });
});
