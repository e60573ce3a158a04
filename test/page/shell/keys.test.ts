import { beforeEach, expect, test, vi } from 'vitest';
import { Keys } from '../../../src/page/shell/keys.ts';
import type { ViewName } from '../../../src/page/shell/router.ts';

/** As much of an element as a shortcut asks about: Node has none. */
class FakeElement {
  readonly #selectors: readonly string[];
  constructor(...selectors: readonly string[]) {
    this.#selectors = selectors;
  }
  matches(selector: string): boolean {
    return selector.split(', ').some((one) => this.#selectors.includes(one));
  }
}
class FakeInput extends FakeElement {
  readonly type: string;
  constructor(type: string) {
    super('input');
    this.type = type;
  }
}
class FakeDialog extends FakeElement {
  readonly open = true;
}

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement);
  vi.stubGlobal('HTMLInputElement', FakeInput);
  vi.stubGlobal('HTMLDialogElement', FakeDialog);
});

function pressed(key: string, path: readonly unknown[] = [], more: Partial<KeyboardEvent> = {}) {
  const event = {
    key,
    composedPath: () => path,
    preventDefault: vi.fn(),
    ...more,
  };
  return event as unknown as KeyboardEvent & { preventDefault: ReturnType<typeof vi.fn> };
}

function keysIn(view: ViewName) {
  return new Keys(() => view);
}

test('a view’s shortcut works while it is shown, before one that holds everywhere', () => {
  let shown: ViewName = 'train';
  const keys = new Keys(() => shown);
  const [inTrain, everywhere] = [vi.fn(), vi.fn()];
  keys.register('train', { key: 'l', words: '', act: inTrain });
  keys.register('everywhere', { key: 'l', words: '', act: everywhere });
  const event = pressed('L');
  keys.press(event);
  expect(inTrain).toHaveBeenCalledOnce();
  expect(event.preventDefault).toHaveBeenCalledOnce();
  shown = 'fit';
  keys.press(pressed('l'));
  expect(everywhere).toHaveBeenCalledOnce();
  expect(inTrain).toHaveBeenCalledOnce();
});

test('what it says it did not do, the key does as usual', () => {
  const keys = keysIn('train');
  keys.register('train', { key: ' ', words: '', act: () => false });
  const event = pressed(' ');
  keys.press(event);
  expect(event.preventDefault).not.toHaveBeenCalled();
});

test.each([
  ['a text field', 'l', [new FakeInput('text')], 0],
  ['a list of choices', 'l', [new FakeElement('select')], 0],
  ['an open dialog', 'l', [new FakeElement('p'), new FakeDialog()], 0],
  ['a box that is ticked by Space', ' ', [new FakeInput('checkbox')], 0],
  ['a button that Space presses', ' ', [new FakeElement('button')], 0],
  ['a button that no letter presses', 'l', [new FakeElement('button')], 1],
  ['a box that takes no letters', 'l', [new FakeInput('checkbox')], 1],
  ['a grid that moves by Space', ' ', [new FakeElement('[role="grid"]')], 0],
  ['a tree of runs that unfolds by Enter', 'Enter', [new FakeElement('[role="treegrid"]')], 0],
  ['a tree of runs that arrows unfold', 'ArrowRight', [new FakeElement('[role="treegrid"]')], 0],
  ['a slider that takes no letters', 'l', [new FakeInput('range')], 1],
  ['a slider that arrows move', 'ArrowRight', [new FakeInput('range')], 0],
  ['a frame that arrows scroll', 'ArrowRight', [new FakeElement('[tabindex="0"]')], 0],
  ['a button that no arrow moves', 'ArrowRight', [new FakeElement('button')], 1],
  ['a grid that takes no letters', 'l', [new FakeElement('[role="grid"]')], 1],
] as const)('in %s the key %s belongs to it or not', (_, key, path, calls) => {
  const keys = keysIn('train');
  const act = vi.fn();
  keys.register('train', { key, words: '', act });
  keys.press(pressed(key, path));
  expect(act).toHaveBeenCalledTimes(calls);
});

test('with a modifier, while composing, or held down, no key is a shortcut', () => {
  const keys = keysIn('train');
  const act = vi.fn();
  keys.register('train', { key: 'l', words: '', act });
  for (const more of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { isComposing: true },
    { repeat: true },
  ])
    keys.press(pressed('l', [], more));
  expect(act).not.toHaveBeenCalled();
});

test('they can be switched off, and taken away', () => {
  const keys = keysIn('train');
  const act = vi.fn();
  const takeAway = keys.register('train', { key: 'l', words: '', act });
  keys.on.value = false;
  keys.press(pressed('l'));
  keys.on.value = true;
  keys.press(pressed('l'));
  expect(act).toHaveBeenCalledOnce();
  takeAway();
  keys.press(pressed('l'));
  expect(act).toHaveBeenCalledOnce();
  expect(keys.all.value).toEqual([]);
});
