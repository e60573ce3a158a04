/**
 * Keeps fetched texts in a store: their lines in pieces named by the SHA-256 of their content, and one index for each text,
 * written after its last piece. So nothing can be found that is not whole; texts that begin alike share their pieces; and a
 * piece that was torn or changed gives itself away.
 *
 * Two that write at the same time, as two pages can, may take a piece from each other when one of them removes a text. The
 * other then keeps nothing, or finds the loss when it opens the text, and it is fetched anew.
 */

import { type CachedText, cachedTextFile, parseCachedText, type TextFacts } from '../formats/cachedText.ts';
import { hash64, hexOf } from '../formats/hash.ts';
import { parseJson } from '../formats/json.ts';
import type { Store } from './store.ts';
import { TextPieces } from './textPieces.ts';

const INDEXES = 'texts/index';
const PIECES = 'texts/pieces';

export class TextCache {
  readonly #store: Store;
  readonly #pieces: TextPieces;
  readonly #onProblem: (words: string) => void;
  /** Pieces of texts that are being written, each with the number of writers that rely on it. */
  readonly #pending = new Map<string, number>();

  /** `onProblem` hears, in a sentence, of what was damaged or could not be kept. */
  constructor(store: Store, onProblem: (words: string) => void) {
    this.#store = store;
    this.#pieces = new TextPieces(store, PIECES);
    this.#onProblem = onProblem;
  }

  /** What is written down of the text for a spec; null where there is none, or it cannot be read. */
  async find(spec: string): Promise<CachedText | null> {
    try {
      const text = await this.#index(indexPath(spec));
      // Two specs may have one hash.
      return text?.spec === spec ? text : null;
    } catch (error) {
      this.#onProblem(`the texts that are kept cannot be read (${wordsOf(error)}); they are fetched anew`);
      return null;
    }
  }

  /** The text for a spec, every piece checked; null where there is none. A damaged one is told of and removed. */
  async open(spec: string): Promise<{ text: CachedText; lines(): AsyncGenerator<string> } | null> {
    const text = await this.find(spec);
    if (text === null) return null;
    for (const piece of text.pieces) {
      if (await this.#pieces.isWhole(piece).catch(() => false)) continue;
      this.#onProblem(`the text kept for ${spec} is damaged; it is fetched anew`);
      await this.remove(spec);
      return null;
    }
    return { text, lines: () => this.#pieces.lines(text.pieces) };
  }

  /** All texts that are kept, by spec. */
  async list(): Promise<CachedText[]> {
    const paths = await this.#store.list(INDEXES);
    const texts = await Promise.all(paths.map((path) => this.#index(path)));
    return texts
      .filter((text) => text !== null)
      .sort((a, b) => (a.spec < b.spec ? -1 : a.spec > b.spec ? 1 : 0));
  }

  /** What all texts take together, in bytes; what two share counts once. */
  async size(): Promise<number> {
    const pieces = new Map<string, number>();
    for (const text of await this.list())
      for (const { sha256, bytes } of text.pieces) pieces.set(sha256, bytes);
    return [...pieces.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Removes the text for a spec, and every piece that belongs to no other. */
  async remove(spec: string): Promise<void> {
    try {
      await this.#store.remove(indexPath(spec));
      await this.#removeUnused();
    } catch (error) {
      this.#onProblem(`the text kept for ${spec} cannot be removed (${wordsOf(error)})`);
    }
  }

  /** Begins a text. What cannot be written is told once, and then nothing of this text is kept. */
  begin(): {
    add(line: string): Promise<void>;
    commit(facts: TextFacts): Promise<void>;
    abandon(): Promise<void>;
  } {
    let isLost = false;
    const held: string[] = [];
    const attempt = async (step: () => Promise<void>): Promise<void> => {
      if (isLost) return;
      try {
        await step();
      } catch (error) {
        isLost = true;
        this.#onProblem(
          `the fetched text is not kept (${wordsOf(error)}); it will be fetched again next time`,
        );
        await abandon();
      }
    };
    const writer = this.#pieces.writer((sha256) => {
      held.push(sha256);
      this.#pending.set(sha256, (this.#pending.get(sha256) ?? 0) + 1);
    });
    const release = (): void => {
      for (const sha256 of held.splice(0)) {
        const others = (this.#pending.get(sha256) ?? 1) - 1;
        if (others > 0) this.#pending.set(sha256, others);
        else this.#pending.delete(sha256);
      }
    };
    const abandon = async (): Promise<void> => {
      isLost = true;
      release();
      // What is left behind is removed with the next text.
      await this.#removeUnused().catch(() => {});
    };
    return {
      add: (line) => attempt(() => writer.add(line)),
      commit: (facts) =>
        attempt(async () => {
          const text: CachedText = { ...facts, pieces: await writer.end() };
          const json = JSON.stringify(cachedTextFile(text));
          await this.#store.write(indexPath(text.spec), new TextEncoder().encode(json));
          release();
          // The pieces of the text whose place it took; what cannot be removed now is removed with the next text.
          await this.#removeUnused().catch(() => {});
        }),
      abandon,
    };
  }

  /** Throws what the store throws. An index that says nothing is told of and removed. */
  async #index(path: string): Promise<CachedText | null> {
    const bytes = await this.#store.read(path);
    if (bytes === null) return null;
    try {
      return parseCachedText(parseJson(new TextDecoder().decode(bytes), path), path);
    } catch (error) {
      this.#onProblem(`a text that was kept cannot be used (${wordsOf(error)}); it is fetched anew`);
      await this.#store.remove(path);
      return null;
    }
  }

  async #removeUnused(): Promise<void> {
    const used = new Set([...this.#pending.keys()]);
    for (const text of await this.list()) for (const { sha256 } of text.pieces) used.add(sha256);
    for (const path of await this.#store.list(PIECES)) {
      if (!used.has(path.slice(PIECES.length + 1))) await this.#store.remove(path);
    }
  }
}

function indexPath(spec: string): string {
  return `${INDEXES}/${hexOf(hash64(spec))}.json`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
