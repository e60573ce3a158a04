/**
 * Text → the choices it was made by. The parser knows the world and the language as the generator does and nothing of seeds: sentence by
 * sentence it looks for every way of choosing that leads to just these characters, and counts the ways. Where there is one way, the
 * probability of the text is the product of its choices, and the entropy of the world is exact.
 *
 * It searches by synthesis. A few choices are fixed, the rest are drawn at random several times over; what all these sentences begin
 * and end with is settled by the fixed choices, and where the text says otherwise the branch is dead.
 */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Language } from '../../corpora/languages/language.ts';
import type { Chooser } from '../../corpora/world/chooser.ts';
import { finish } from '../../corpora/world/finish.ts';
import { Story } from '../../corpora/world/story.ts';

/** Random sentences by which a branch is judged. Too few, and what they share by accident passes for settled. */
const COMPLETIONS = 20;
const MOST_TRIES = 5;
/** Letters at the end that many sentences share by accident: a plural's s and the full stop. */
const SLACK = 3;
/** At the end of a beginning that many sentences share: an article, say, that few of the words to come would change. */
const SHORT_WORD = /(?<=[ "])[a-z]{0,2} ?$/i;
const MOST_ENDS = 2;

export type Derivation = { readonly choices: readonly number[]; readonly bits: number };

/** Every way in which a whole story can be told so that its text is `text`. */
export function derivations(text: string, language: Language): Derivation[] {
  let open: { story: Story; at: number; choices: readonly number[]; bits: number }[] = [
    { story: new Story(), at: 0, choices: [], bits: 0 },
  ];
  const found: Derivation[] = [];
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { story, at, choices, bits } of open) {
      for (const sentence of sentencesAt(story, text, at, language)) {
        const state = {
          story: sentence.story,
          at: sentence.end,
          choices: [...choices, ...sentence.choices],
          bits: bits + sentence.bits,
        };
        const isOver = state.story.copy().next(new Follow([])) === null;
        if (isOver && state.at >= text.length) found.push({ choices: state.choices, bits: state.bits });
        if (!isOver && state.at < text.length) next.push(state);
      }
    }
    open = next;
  }
  return found;
}

type Parsed = Derivation & { readonly story: Story; readonly end: number };

function sentencesAt(story: Story, text: string, at: number, language: Language): Parsed[] {
  const parsed: Parsed[] = [];
  // What several random sentences share may not be settled after all: where nothing is found, others are drawn.
  for (let tries = 0; parsed.length === 0 && tries < MOST_TRIES; tries++) {
    for (const end of endsAfter(text, at, language.writing)) {
      const target = text.slice(at, end);
      search(story, [], target, language, (follow, after) => {
        const gap = language.writing.spaces && end < text.length ? 1 : 0;
        parsed.push({ story: after, end: end + gap, choices: follow.taken, bits: follow.bits });
      });
    }
  }
  return parsed;
}

/** Where the sentence at `at` may end: behind a mark outside of quotation, or behind quotation that ends with a mark. */
function endsAfter(text: string, at: number, { spaces, quotes }: Language['writing']): number[] {
  const [open, close] = quotes;
  const ends: number[] = [];
  let isQuoted = false;
  for (let i = at; i < text.length && ends.length < MOST_ENDS; i++) {
    const letter = text.charAt(i);
    const isMark = /[.!?。！？]/.test(letter);
    const isClosing = isQuoted && letter === close;
    if (letter === open && !isQuoted) isQuoted = true;
    else if (isClosing) isQuoted = false;
    const isEnd = isClosing ? /[.!?。！？]/.test(text.charAt(i - 1)) : isMark && !isQuoted;
    if (isEnd && (!spaces || i + 1 === text.length || text.charAt(i + 1) === ' ')) ends.push(i + 1);
  }
  return ends;
}

/** The words of a sentence and their morphs. */
function wordsOf(parts: string): string[] {
  const words = parts
    .toLowerCase()
    .replaceAll('^', '')
    .split(/[ |“”]+/);
  return [...words.map((word) => word.replaceAll('·', '')), ...words.flatMap((word) => word.split('·'))];
}

/** Whether a word, of no spaces, is one of {@link wordsOf} these parts: as so many strings it would be looked up in millions of sentences. */
function wordIn(parts: string): (word: string) => boolean {
  const spaced = ` ${parts
    .toLowerCase()
    .replaceAll('^', '')
    .replaceAll(/[ |“”]+/g, ' ')} `;
  const [whole, morphs] = [spaced.replaceAll('·', ''), spaced.replaceAll('·', ' ')];
  return (word) => whole.includes(` ${word} `) || morphs.includes(` ${word} `);
}

/** The runs of letters in a text of a spaced script. */
function runsOf(lower: string): string[] {
  return Array.from({ length: Math.max(0, lower.length - RUN + 1) }, (_, i) => lower.slice(i, i + RUN));
}

const RUN = 5;
/** Words that say which choice was made; not the short ones, which many sentences share by accident (prefixes, particles, plural endings). */
const TELLING =
  /^(\d\d.*|.*[\p{L}:]{3,}.*|.*\p{Script=Han}.*|.*[\p{Script=Hiragana}\p{Script=Katakana}]{2,}.*)$/u;

function search(
  story: Story,
  fixed: readonly number[],
  target: string,
  language: Language,
  found: (follow: Follow, after: Story) => void,
): void {
  const { spaces } = language.writing;
  const lower = target.toLowerCase();
  let shared: Set<string> | null = null;
  let prefix = Number.MAX_SAFE_INTEGER;
  let suffix = Number.MAX_SAFE_INTEGER;
  let first: { text: string; follow: Follow } | null = null;
  for (let n = 0; n < COMPLETIONS; n++) {
    const follow = new Follow(fixed);
    const after = story.copy();
    const sentence = after.next(follow);
    if (!sentence) return;
    const parts = language.tell(sentence);
    const text = finish(parts, language.writing);
    if (follow.taken.length === fixed.length) {
      if (text === target) found(follow, after);
      return;
    }
    first ??= { text, follow };
    prefix = Math.min(prefix, common(first.text, text, false));
    suffix = Math.min(suffix, common(first.text, text, true));
    const own = text.toLowerCase();
    if (shared === null) {
      const isForeign = (word: string) => !lower.includes(word);
      shared = new Set(spaces ? runsOf(own).filter(isForeign) : []);
      for (const word of wordsOf(parts)) if (isForeign(word) && TELLING.test(word)) shared.add(word);
    } else if (shared.size > 0) {
      const isWord = wordIn(parts);
      for (const word of shared) {
        const isRun = spaces && word.length === RUN && own.includes(word);
        const isThere = isRun || (!word.includes(' ') && isWord(word) && TELLING.test(word));
        if (!isThere) shared.delete(word);
      }
    }
    // All three only shrink, so what agrees with the text by now will go on to.
    if (shared.size === 0 && agrees(first.text, prefix, suffix, target)) break;
  }
  if (!first || !shared || shared.size > 0) return;
  if (!agrees(first.text, prefix, suffix, target)) return;
  for (const choice of first.follow.options[fixed.length] ?? [])
    search(story, [...fixed, choice], target, language, found);
}

/** Whether what all sentences so far begin and end with, so many characters of `text`, is what the target begins and ends with. */
function agrees(text: string, prefix: number, suffix: number, target: string): boolean {
  const settled = text.slice(0, prefix).replace(SHORT_WORD, '');
  return target.startsWith(settled) && common(text, target, true) >= suffix - SLACK;
}

/** Characters that two texts share from their beginning, or from their end. */
function common(a: string, b: string, fromEnd: boolean): number {
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i++) {
    const same = fromEnd ? a.at(-1 - i) === b.at(-1 - i) : a.charCodeAt(i) === b.charCodeAt(i);
    if (!same) return i;
  }
  return most;
}

const random = xoroshiro128plus(0x5eed);

const counted = new Map<number, readonly number[]>();

/** 0, 1, … below `count`: the same list each time, for there are millions. */
function countedTo(count: number): readonly number[] {
  const list = counted.get(count) ?? Array.from({ length: count }, (_, i) => i);
  counted.set(count, list);
  return list;
}

/** Makes the choices it is given, and any after them. */
export class Follow implements Chooser {
  readonly taken: number[] = [];
  /** What could have been chosen, choice by choice. */
  readonly options: (readonly number[])[] = [];
  bits = 0;
  readonly #given: readonly number[];

  constructor(given: readonly number[]) {
    this.#given = given;
  }

  pick(weights: ArrayLike<number>): number {
    const options: number[] = [];
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] ?? 0;
      total += weight;
      if (weight > 0) options.push(i);
    }
    const choice = this.#take(options);
    this.bits += Math.log2(total / (weights[choice] ?? 0));
    return choice;
  }

  one(count: number): number {
    const choice = this.#take(countedTo(count));
    this.bits += Math.log2(count);
    return choice;
  }

  #take(options: readonly number[]): number {
    const choice = this.#given[this.taken.length] ?? options[uniformInt(random, 0, options.length - 1)] ?? 0;
    this.taken.push(choice);
    this.options.push(options);
    return choice;
  }
}
