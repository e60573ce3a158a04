import { beforeEach, expect, test, vi } from 'vitest';
import { designText } from '../../../src/page/sweep/design/designText.ts';
import { PRESETS } from '../../../src/page/sweep/design/presets.ts';
import { keepDraft } from '../../../src/page/sweep/draft.ts';
import { SweepState } from '../../../src/page/sweep/state.ts';

const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

/** The view as it is opened on a page that was just loaded. */
function visit(): SweepState {
  const state = new SweepState();
  keepDraft(state);
  return state;
}

test('a design is there again after the page was loaded anew, as fields and as it was typed', () => {
  visit().setField('seeds', '4, 5');
  const second = visit();
  expect(second.form.value?.text.seeds).toBe('4, 5');
  expect(second.preset.value).toBeNull();
  second.setText('{"version": 1, "name"');
  expect(visit().text.value).toBe('{"version": 1, "name"');
});

test('whoever has written nothing finds the first preset, and another one if that was chosen', () => {
  expect(visit().preset.value).toBe(PRESETS[0]?.id);
  expect(stored.size).toBe(0);
  visit().take('epochs');
  const again = visit();
  expect(again.preset.value).toBe('epochs');
  expect(again.text.value).toBe(designText(PRESETS.find(({ id }) => id === 'epochs')?.design ?? {}));
});

test('without storage the view opens all the same', () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new DOMException('no storage', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('no storage', 'SecurityError');
    },
  });
  const state = visit();
  state.setField('seeds', '4');
  expect(state.form.value?.text.seeds).toBe('4');
});
