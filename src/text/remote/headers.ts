/** The headers of an answer that decide how a file is read (RFC 9110). */

export type ContentRange = {
  readonly start: number;
  /** The byte behind the last. */
  readonly end: number;
  /** Of the whole file; null where the server does not say. */
  readonly size: number | null;
};

/** What tells one version of a file from the next; null where the server, or the browser, does not show it. */
export type Version = { readonly etag: string | null; readonly modified: string | null };

/** Which bytes an answer of status 206 holds; null where it does not say, or the browser hides it. */
export function contentRange(headers: Headers): ContentRange | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range')?.trim() ?? '');
  if (!found) return null;
  const [, first, last, size] = found;
  return { start: Number(first), end: Number(last) + 1, size: size === '*' ? null : Number(size) };
}

/** Whether an answer of status 416 says that the file has no bytes. */
export function isEmptyFile(headers: Headers): boolean {
  return headers.get('content-range')?.trim() === 'bytes */0';
}

/** Bytes of the body; null where it is not said, or is said of a compressed form that is undone on the way. */
export function contentLength(headers: Headers): number | null {
  const coding = headers.get('content-encoding');
  if (coding !== null && coding !== '' && coding !== 'identity') return null;
  const length = headers.get('content-length');
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

export function versionOf(headers: Headers): Version {
  return { etag: headers.get('etag'), modified: headers.get('last-modified') };
}

/** One line of it, for a record. */
export function versionText({ etag, modified }: Version): string | null {
  return etag ?? modified;
}

/** Whether two answers are about one file; null where they say too little. */
export function isSameVersion(a: Version, b: Version): boolean | null {
  if (a.etag !== null && b.etag !== null) return a.etag === b.etag;
  if (a.modified !== null && b.modified !== null) return a.modified === b.modified;
  return null;
}

/** How long a server asks to wait, in milliseconds; null where it does not say. `now` is a time as `Date.now()` gives it. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim();
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
