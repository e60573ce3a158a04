/** Which view is shown, and what its address says beside: `#/fit?law=m3`. The address works from any folder of any host. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

export const VIEWS = ['tour', 'train', 'sweep', 'fit', 'map', 'play'] as const;
export type ViewName = (typeof VIEWS)[number];

export type Place = { readonly view: ViewName; readonly query: URLSearchParams };

/** Where the lab opens when the address names no view. */
const FIRST: ViewName = 'tour';

export function placeOf(hash: string): Place {
  const said = hash.replace(/^#\/?/, '');
  // Values written by hand may hold question marks of their own.
  const at = said.indexOf('?');
  const path = at < 0 ? said : said.slice(0, at);
  const view = VIEWS.find((name) => name === path) ?? FIRST;
  return { view, query: new URLSearchParams(at < 0 ? '' : said.slice(at + 1)) };
}

export function hrefOf(view: ViewName, query?: URLSearchParams): string {
  const said = query?.toString() ?? '';
  return said === '' ? `#/${view}` : `#/${view}?${said}`;
}

export class Router {
  /** Where the page was opened: anybody may have sent the link. Where a person has gone since is another object. */
  readonly opened: Place;
  readonly #place: Signal<Place>;
  /** The address that the place was read from, or that was written for it. */
  #hash: string;

  constructor() {
    this.#hash = location.hash;
    this.opened = placeOf(this.#hash);
    this.#place = signal(this.opened);
    window.addEventListener('hashchange', () => {
      this.#hash = location.hash;
      this.#place.value = placeOf(this.#hash);
    });
  }

  get place(): ReadonlySignal<Place> {
    return this.#place;
  }

  /** Goes to a view, as a link would. */
  go(view: ViewName, query?: URLSearchParams): void {
    location.hash = hrefOf(view, query);
  }

  /**
   * Says the same view's address anew without a step in the history: while a person types. Does nothing once the address is another one already:
   * the browser tells of a new address a moment after it stands, and until then the place is the one that a person is leaving.
   */
  replace(query: URLSearchParams): void {
    if (location.hash !== this.#hash) return;
    const { view } = this.#place.peek();
    try {
      history.replaceState(null, '', hrefOf(view, query));
      this.#hash = location.hash;
    } catch {
      // Browsers refuse an address that is said too often; it is said again with the next change.
    }
    this.#place.value = { view, query };
  }
}
