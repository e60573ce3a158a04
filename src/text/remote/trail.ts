/**
 * Where an address leads. Node shows each step, and a host that nobody named is not asked. Browsers show none before the last:
 * there the steps are taken unseen, and what a host that nobody named has answered is not read.
 */

import { RemoteError } from './errors.ts';
import { Exchange, type Fetch } from './exchange.ts';

/** As many as browsers take. */
const MOST_STEPS = 20;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

type TrailOptions = {
  readonly fetch: Fetch;
  /** Whether an address may lead on to this host (with its port). */
  readonly mayLeadTo: (host: string) => boolean;
  /** Longest wait for the next bytes, in milliseconds. */
  readonly idleMs: number;
};

export class Trail {
  readonly #fetch: Fetch;
  readonly #mayLeadTo: (host: string) => boolean;
  readonly #idleMs: number;
  /** Until an answer hides where it leads: to ask each time would be one request more for each. */
  #showsSteps = true;

  constructor({ fetch, mayLeadTo, idleMs }: TrailOptions) {
    this.#fetch = fetch;
    this.#mayLeadTo = mayLeadTo;
    this.#idleMs = idleMs;
  }

  /**
   * The answer at the end; the caller closes it. Throws {@link RemoteError} where it is at a host that was neither asked nor may
   * be led to, or at no end, and whatever {@link Exchange.open} throws.
   */
  async ask(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Exchange> {
    let at = url;
    for (let steps = 0; steps <= MOST_STEPS; ) {
      const redirect = this.#showsSteps ? 'manual' : 'follow';
      const exchange = await Exchange.open(this.#fetch, at, { ...init, redirect }, this.#idleMs, signal);
      const { response } = exchange;
      if (response.type === 'opaqueredirect') {
        exchange.close();
        this.#showsSteps = false;
        continue;
      }
      try {
        // Made by hand, as in a test, a response has no address.
        this.#check(url, new URL(response.url || at), response.status);
        const next = nextOf(url, at, response);
        if (next === null) return exchange;
        this.#check(url, next, response.status);
        at = next.href;
        steps++;
      } catch (error) {
        exchange.close();
        throw error;
      }
      exchange.close();
    }
    throw new RemoteError(url, 'redirected', 'this address leads on without end; check it');
  }

  /** Throws where `place` is at a host that was neither asked nor is known to answer for it. */
  #check(url: string, place: URL, status: number): void {
    const asked = new URL(url);
    const isSafe = place.protocol === asked.protocol || place.protocol === 'https:';
    const isNamed = place.host === asked.host || this.#mayLeadTo(place.host);
    if (isSafe && isNamed) return;
    const origin = `${place.protocol}//${place.host}`;
    const words = `this address of ${asked.host} leads to ${origin}, another host; if you trust that one, give the final address: ${origin}${place.pathname}`;
    throw new RemoteError(url, 'redirected', words, { status });
  }
}

/** Null at the end. Names and passwords in an address are left out: no credentials are sent. */
function nextOf(url: string, at: string, { status, headers }: Response): URL | null {
  const location = headers.get('location');
  if (!REDIRECTS.has(status) || location === null) return null;
  if (!URL.canParse(location, at)) {
    throw new RemoteError(url, 'redirected', 'this address leads to no address; check it', { status });
  }
  const next = new URL(location, at);
  next.username = '';
  next.password = '';
  return next;
}
