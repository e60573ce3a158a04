/** Why text cannot be fetched. The message says what happened, where, and what to do. */

export type RemoteProblem =
  /** No answer at all: no network, no such host, or a server that lets no page of another site read it. */
  | 'unreachable'
  /** 404 or 410. */
  | 'missing'
  /** 401 or 403: behind a login, or gated. */
  | 'login'
  /** 429 or 503, and still so after waiting. */
  | 'busy'
  /** Any other answer of 500 and above, and still so after further tries. */
  | 'server'
  /** Any other answer that is no success, or one that answers another question. */
  | 'refused'
  /** The address leads to a host that nobody named. */
  | 'redirected'
  /** A web page, or JSON of another shape, where data should be. */
  | 'not data'
  | 'empty'
  /** The body ends early, again and again. */
  | 'truncated'
  /** Nothing came for longer than is waited. */
  | 'slow'
  /** The file is another one than at the first request. */
  | 'changed'
  | 'too large'
  | 'unknown dataset'
  | 'unknown config'
  | 'unknown split';

export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly url: string;
  readonly problem: RemoteProblem;
  /** Of the answer; null where there was none, or it is not what is wrong. */
  readonly status: number | null;
  /** Offset in the file at which it went wrong, from 0; null where the problem has no place. */
  readonly byte: number | null;
  constructor(
    url: string,
    problem: RemoteProblem,
    words: string,
    place: { status?: number; byte?: number; cause?: unknown } = {},
  ) {
    super(`${url}: ${words}`, { cause: place.cause });
    this.url = url;
    this.problem = problem;
    this.status = place.status ?? null;
    this.byte = place.byte ?? null;
  }
}
