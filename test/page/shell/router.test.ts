import { afterEach, expect, test, vi } from 'vitest';
import { hrefOf, placeOf, Router, VIEWS } from '../../../src/page/shell/router.ts';

test.each(VIEWS)('the address of %s is read back as it is written', (view) => {
  const query = new URLSearchParams({ law: 'm3', D_T: '1e6' });
  const place = placeOf(hrefOf(view, query));
  expect(place.view).toBe(view);
  expect(Object.fromEntries(place.query)).toEqual({ law: 'm3', D_T: '1e6' });
});

test('an address that names no view opens the first', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/nowhere?x=1']) expect(placeOf(hash).view).toBe('tour');
});

test('an address without a query has none', () => {
  expect(hrefOf('fit', new URLSearchParams())).toBe('#/fit');
  expect([...placeOf('#/fit').query]).toEqual([]);
});

test('a value written by hand keeps its question marks', () => {
  const { view, query } = placeOf('#/train?source=https://example.org/text?part=2&seed=3');
  expect(view).toBe('train');
  expect(Object.fromEntries(query)).toEqual({ source: 'https://example.org/text?part=2', seed: '3' });
});

/** A window's address: it changes at once, and who listens hears of it later. */
class Address {
  #hash: string;
  #listener = () => {};

  constructor(hash: string) {
    this.#hash = hash;
    vi.stubGlobal('location', this);
    vi.stubGlobal('window', {
      addEventListener: (_name: string, listener: () => void) => {
        this.#listener = listener;
      },
    });
    vi.stubGlobal('history', {
      replaceState: (_state: null, _title: string, hash: string) => {
        this.#hash = hash;
      },
    });
  }

  get hash(): string {
    return this.#hash;
  }

  set hash(hash: string) {
    this.#hash = hash;
  }

  tell(): void {
    this.#listener();
  }
}

afterEach(() => vi.unstubAllGlobals());

test('whoever leaves a view is not brought back by what that view still had to say', () => {
  const address = new Address('#/train');
  const router = new Router();
  router.go('fit');
  router.replace(new URLSearchParams({ seed: '3' }));
  expect(address.hash).toBe('#/fit');
  address.tell();
  expect(router.place.value.view).toBe('fit');
  router.replace(new URLSearchParams({ law: 'm3' }));
  expect(address.hash).toBe('#/fit?law=m3');
});

test('a view says its address anew as often as it likes', () => {
  const address = new Address('#/train');
  const router = new Router();
  for (const seed of ['1', '2', '3']) router.replace(new URLSearchParams({ seed }));
  expect(address.hash).toBe('#/train?seed=3');
  expect(router.place.value.query.get('seed')).toBe('3');
});
