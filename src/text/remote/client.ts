/**
 * Asks servers politely: waits when told to wait, tries again what may pass, takes nothing from a host that nobody named,
 * sends no credentials, and says of every other answer what it means. It knows nothing of files.
 */

import { RemoteError } from './errors.ts';
import { type Exchange, type Fetch, Interrupted, pause } from './exchange.ts';
import { retryAfterMs } from './headers.ts';
import { Trail } from './trail.ts';

/** How long and how often is tried. */
export type Patience = {
  /** Longest wait for the next bytes, in milliseconds. */
  readonly idleMs: number;
  /** Tries in a row that bring nothing, the first one included. */
  readonly tries: number;
  /** Wait before the second try, in milliseconds; it doubles from try to try. */
  readonly backoffMs: number;
  /** Longest wait that a server may ask for, in milliseconds. */
  readonly longestWaitMs: number;
};

const PATIENCE: Patience = { idleMs: 30_000, tries: 4, backoffMs: 500, longestWaitMs: 60_000 };

export type ClientOptions = {
  readonly fetch: Fetch;
  readonly patience?: Patience | undefined;
  /** Whether an address may lead on to this host (with its port). Default: to none. */
  readonly mayLeadTo?: ((host: string) => boolean) | undefined;
  /** Hears of every chunk of a body. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
};

/** What else there is to say of a request. */
export type Ask = {
  readonly method?: 'GET' | 'HEAD';
  readonly tries?: number;
  /** The byte from which a file is asked for, to be said in an error. */
  readonly byte?: number;
};

/** Longest description of an error, and longest JSON document, that is read from a server. */
const WORDS_BYTES = 4096;
const JSON_BYTES = 16 * 2 ** 20;

export class HttpClient {
  readonly patience: Patience;
  readonly #trail: Trail;
  readonly #onBytes: (bytes: number) => void;
  /** Hosts that have answered: what fails there now may pass, and is no matter of a wrong name or a closed door. */
  readonly #known = new Set<string>();

  constructor({ fetch, patience = PATIENCE, mayLeadTo = () => false, onBytes = () => {} }: ClientOptions) {
    this.#trail = new Trail({ fetch, mayLeadTo, idleMs: patience.idleMs });
    this.patience = patience;
    this.#onBytes = onBytes;
  }

  /**
   * An answer of status 200, 206 or 416; the caller closes it. Throws {@link RemoteError}, or the signal's reason.
   * `headers` should be such as a browser sends to another site without asking there first: of ours, `Range` with a first
   * byte.
   */
  async send(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    { method = 'GET', tries = this.patience.tries, byte }: Ask = {},
  ): Promise<Exchange> {
    const init: RequestInit = { method, headers, credentials: 'omit' };
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= tries;
      let exchange: Exchange;
      try {
        exchange = await this.#trail.ask(url, init, signal);
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        const isNew = error.reason === 'broken' && !this.#known.has(hostOf(url));
        if (isLast || isNew) throw this.unanswered(url, error, byte);
        await this.backOff(attempt, signal);
        continue;
      }
      this.#known.add(hostOf(url));
      try {
        const { status } = exchange.response;
        if (status === 200 || status === 206 || status === 416) return exchange;
        const isPassing = status >= 500 || status === 429 || status === 408;
        const asked = retryAfterMs(exchange.response.headers, Date.now());
        const isTooLong = asked !== null && asked > this.patience.longestWaitMs;
        if (!isPassing || isLast || isTooLong) throw await refusal(url, exchange, asked, byte);
        exchange.close();
        if (asked === null) await this.backOff(attempt, signal);
        else await pause(asked, signal);
      } catch (error) {
        exchange.close();
        throw error;
      }
    }
  }

  /** The value of a JSON document. */
  async json(url: string, signal: AbortSignal | undefined, tries = this.patience.tries): Promise<unknown> {
    const exchange = await this.send(url, {}, signal, { tries });
    try {
      const body = await exchange.head(JSON_BYTES);
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch (error) {
      if (error instanceof Interrupted) throw this.unanswered(url, error);
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
      throw new RemoteError(
        url,
        'not data',
        'the server answered with something that is not JSON; try later',
        {
          cause: error,
        },
      );
    } finally {
      exchange.close();
    }
  }

  /** Counts what came. */
  count(bytes: number): void {
    this.#onBytes(bytes);
  }

  /** Waits before the try that follows the `attempt`-th, counted from 1. */
  async backOff(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    await pause(this.patience.backoffMs * 2 ** (attempt - 1), signal);
  }

  /** The error of an answer that began and broke off before anything was read of it. */
  cutOff(url: string, interrupted: Interrupted): RemoteError {
    if (interrupted.reason === 'slow') return this.unanswered(url, interrupted);
    const words = `${hostOf(url)} broke off in the middle of its answer${codeOf(interrupted.cause)}; try again later, or download the file and open it as one`;
    return new RemoteError(url, 'truncated', words, { cause: interrupted.cause });
  }

  /** The error of a request that brought no answer. */
  unanswered(url: string, { reason, cause }: Interrupted, byte?: number): RemoteError {
    const host = hostOf(url);
    const place = byte === undefined ? { cause } : { cause, byte };
    if (reason === 'slow') {
      const words = `${host} sent nothing for ${this.patience.idleMs / 1000} s; try later`;
      return new RemoteError(url, 'slow', words, place);
    }
    const code = codeOf(cause);
    const words = `${host} cannot be reached${code}: check the address and the network; in a browser the server must also allow other sites to read it (CORS); or fetch the file yourself and open it as a file`;
    return new RemoteError(url, 'unreachable', words, place);
  }
}

function hostOf(url: string): string {
  return new URL(url).host;
}

/** What Node says of a connection that failed; browsers say nothing. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}

async function refusal(
  url: string,
  exchange: Exchange,
  waitMs: number | null,
  byte: number | undefined,
): Promise<RemoteError> {
  const { status } = exchange.response;
  const host = hostOf(url);
  const said = await wordsOf(exchange);
  const because = said === '' ? '' : ` (it says: ${said})`;
  const fail = (problem: RemoteError['problem'], words: string) =>
    new RemoteError(url, problem, words, byte === undefined ? { status } : { status, byte });
  if (status === 401 || status === 403) {
    return fail(
      'login',
      `${host} gives this only after a login or an agreement (status ${status})${because}; the lab sends no credentials: fetch the file with your own account and open it as a file`,
    );
  }
  if (status === 404 || status === 410) {
    return fail('missing', `${host} has nothing at this address (status ${status})${because}; check it`);
  }
  if (status === 429 || status === 503) {
    const wait = waitMs === null ? 'some minutes' : `${Math.ceil(waitMs / 1000)} s`;
    return fail(
      'busy',
      `${host} is too busy, or was asked too often (status ${status}); try again in ${wait}`,
    );
  }
  if (status >= 500)
    return fail('server', `${host} has an error of its own (status ${status})${because}; try later`);
  return fail('refused', `${host} answered with status ${status}${because}; check the address`);
}

/** What an error answer says in the field `error` of its JSON; '' where it says nothing that can be shown. */
async function wordsOf(exchange: Exchange): Promise<string> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await exchange.head(WORDS_BYTES)));
    const words = typeof value === 'object' && value !== null && 'error' in value ? value.error : '';
    return typeof words === 'string'
      ? words
          .slice(0, 200)
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim()
      : '';
  } catch {
    return '';
  }
}
