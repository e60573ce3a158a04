/** What of a text was copied from documents: the longest stretches first, none over another, cut between characters. */

import { Breather } from '../breather.ts';
import { CopySearch, type Stretch } from './copySearch.ts';
import type { DocumentList } from './documentList.ts';

/** Documents to look in, as far as they were read. */
export type Searched = {
  readonly documents: DocumentList;
  /** The first bytes of the list that count, one for the end of each document. */
  readonly bytes: number;
};

/** Of which list, by its place. */
export type CopiedStretch = Stretch & { readonly list: number };

/**
 * The stretches of at least `least` bytes (UTF-8) of `text` that stand in one of the lists, in their order; where two meet, the longer one
 * stays whole, and of the other what is left if it is long enough. Of several places one is given, of the first list that has one. Rejects
 * with the signal's reason when aborted.
 */
export async function findCopied(
  text: Uint8Array,
  lists: readonly Searched[],
  { least, signal }: { readonly least: number; readonly signal?: AbortSignal | undefined },
): Promise<CopiedStretch[]> {
  const found: CopiedStretch[] = [];
  for (const [list, searched] of lists.entries()) {
    const search = new CopySearch(text);
    await readAll(search, searched, signal);
    found.push(...search.stretches(least).map((stretch) => ({ ...stretch, list })));
  }
  const whole = found.map((stretch) => betweenCharacters(text, stretch, stretch));
  return apart(
    text,
    whole.filter(({ from, to }) => to - from >= least),
    least,
    signal,
  );
}

async function readAll(
  search: CopySearch,
  { documents, bytes }: Searched,
  signal: AbortSignal | undefined,
): Promise<void> {
  const breather = new Breather(signal);
  let left = bytes;
  for (let index = 0; index < documents.count && left > 0; index++) {
    if (breather.isDue()) await breather.rest();
    const document = documents.bytesOf(index);
    search.read(document.subarray(0, left), index);
    left -= document.length + 1;
  }
}

/** Takes the longest, then the longest of what is left; of equal ones that of the first list, then the first in the text. */
async function apart(
  text: Uint8Array,
  stretches: readonly CopiedStretch[],
  least: number,
  signal: AbortSignal | undefined,
): Promise<CopiedStretch[]> {
  const breather = new Breather(signal);
  const free = new FreeBytes(text.length);
  const chosen: CopiedStretch[] = [];
  // By length: what is left of a stretch is shorter, and waits for its turn there.
  const waiting: CopiedStretch[][] = Array.from({ length: text.length + 1 }, () => []);
  for (const stretch of stretches) waiting[stretch.to - stretch.from]?.push(stretch);
  for (let length = text.length; length >= least; length--) {
    const ofLength = waiting[length] ?? [];
    ofLength.sort((a, b) => a.list - b.list || a.from - b.from);
    for (const next of ofLength) {
      if (breather.isDue()) await breather.rest();
      // What is taken is no shorter than this, so it never lies inside; it stands over one end, or both.
      const from = Math.min(free.from(next.from), next.to);
      const to = Math.max(free.to(next.to), from);
      const rest = betweenCharacters(text, next, { from, to });
      if (rest.to - rest.from < length) waiting[rest.to - rest.from]?.push(rest);
      else {
        free.take(rest.from, rest.to);
        chosen.push(rest);
      }
    }
  }
  return chosen.sort((a, b) => a.from - b.from);
}

/** Which bytes of a text nobody has taken; finds the next free one without looking at those between (union–find, each way). */
class FreeBytes {
  /** Of each byte, one that is no further than the next free byte; itself where it is free. */
  private readonly next: Int32Array;
  /** The same of each end of a part, backwards. */
  private readonly before: Int32Array;

  constructor(bytes: number) {
    this.next = Int32Array.from({ length: bytes + 1 }, (_, at) => at);
    this.before = this.next.slice();
  }

  /** The first free byte at `at` or after it; the end where there is none. */
  from(at: number): number {
    return root(this.next, at);
  }

  /** The end of the last free byte before the end `at`; 0 where there is none. */
  to(at: number): number {
    return root(this.before, at);
  }

  /** All of it was free. */
  take(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      this.next[at] = at + 1;
      this.before[at + 1] = at;
    }
  }
}

function root(links: Int32Array, at: number): number {
  let found = at;
  while (links[found] !== found) found = links[found] as number;
  // Whoever comes by again goes straight there.
  for (let step = at; step !== found; ) {
    const next = links[step] as number;
    links[step] = found;
    step = next;
  }
  return found;
}

/** The part [from, to) of a stretch, without the pieces of characters at its ends. */
function betweenCharacters(
  text: Uint8Array,
  stretch: CopiedStretch,
  part: { readonly from: number; readonly to: number },
): CopiedStretch {
  let { from, to } = part;
  while (from < to && isInside(text[from])) from++;
  while (to > from && isInside(text[to])) to--;
  return { ...stretch, from, to, at: stretch.at + from - stretch.from };
}

/** Whether a byte of UTF-8 goes on with a character that began before it. */
function isInside(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}
