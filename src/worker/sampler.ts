/** Lets the runs of a fleet write a little now and then, each from the weights it has at that moment. */

import type { GpuDevice } from '../gpu/device.ts';
import { createGenerator } from '../model/inference/generate.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import type { Corpora } from '../train/fleet/plan.ts';
import type { ReadableRun } from '../train/fleet/prepare.ts';
import type { Sample } from './api/fleet.ts';
import { SampleTurns } from './sampleTurns.ts';
import type { Teller } from './teller.ts';

/** As `m3lab generate` draws where nothing else is said. */
const TEMPERATURE = 0.8;
const SEED = 1;
/** About a sentence: a byte is a letter, a piece of a word a few. */
const TOKENS = { bytes: 96, pieces: 32 };
/** Nobody waits longer for what one run writes; on a slow device it writes less. */
const LONGEST_MS = 600;

export type SamplerOptions = {
  readonly gpu: GpuDevice;
  readonly corpora: Corpora;
  readonly teller: Teller;
  /** Whether training may wait a little: not when somebody has just asked for something else. */
  readonly mayWait: () => boolean;
};

export class Sampler {
  readonly #options: SamplerOptions;
  readonly #prompt: string;
  readonly #turns = new SampleTurns(() => performance.now());
  /** What went wrong once would go wrong again: a device may lack the memory for it. */
  #isOff = false;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#prompt = promptOf(options.corpora);
  }

  /**
   * Called between two steps, when losses have been measured. Writes with those of `runs` whose turn it is; those that have ended are always
   * heard a last time. Reads the weights and changes nothing, so that training goes on as if nothing had happened; never throws.
   */
  async sample(runs: readonly ReadableRun[]): Promise<void> {
    const { mayWait, teller } = this.#options;
    const due = this.#turns.due(runs);
    if (this.#isOff || due.length === 0 || !mayWait()) return;
    const samples: Sample[] = [];
    let took = 0;
    try {
      for (const run of due) {
        if (!mayWait() || !this.#turns.mayWrite(run, took)) break;
        const written = await this.#write(run);
        took += written.took;
        this.#turns.wrote(run);
        samples.push({ run: run.run, step: run.step, text: written.text });
      }
    } catch {
      this.#isOff = true;
    }
    this.#turns.rest(took);
    if (samples.length > 0) teller.tell({ event: 'samples', prompt: this.#prompt, samples });
  }

  /** `took`: milliseconds of writing alone. What is made for it is compiled for the first run, and would put off all others. */
  async #write({
    table,
    parameters,
  }: ReadableRun): Promise<{ readonly text: string; readonly took: number }> {
    const { gpu, corpora, mayWait } = this.#options;
    const { tokenizer } = corpora;
    const generator = await createGenerator(gpu, table, await parameters());
    const begun = performance.now();
    const took = () => performance.now() - begun;
    try {
      const decoder = tokenizer.decoder();
      const stream = generator.generate({
        prompt: startOf(this.#prompt, tokenizer),
        tokens: tokenizer.kind === 'bytes' ? TOKENS.bytes : TOKENS.pieces,
        temperature: TEMPERATURE,
        topK: 0,
        topP: 1,
        seed: SEED,
      });
      let text = '';
      for await (const token of stream) {
        // What comes after the end of a document is another one.
        if (token === tokenizer.endOfDocument) break;
        text += decoder.push(token);
        if (took() > LONGEST_MS || !mayWait()) break;
      }
      return { text: text + decoder.end(), took: took() };
    } finally {
      generator.destroy();
    }
  }
}

/** Words that a document begins with; the model goes on. */
const PROMPT_LETTERS = 18;
const LEAST_LETTERS = 6;
/** Documents that are looked at for one that is long enough. */
const DOCUMENTS = 50;
/** More tokens than this no beginning needs. */
const PROMPT_TOKENS = 64;

/** The first words of a held-out document of the target; '' where none is long enough. */
export function promptOf({ target, tokenizer }: Pick<Corpora, 'target' | 'tokenizer'>): string {
  const { validation } = target;
  const { endOfDocument } = tokenizer;
  let from = validation[0] === endOfDocument ? 1 : 0;
  for (let document = 0; document < DOCUMENTS && from < validation.length; document++) {
    const end = validation.indexOf(endOfDocument, from);
    const until = end < 0 ? validation.length : end;
    const text = tokenizer.decode(validation.subarray(from, Math.min(until, from + PROMPT_TOKENS)));
    const words = beginning(text);
    if (words.length >= LEAST_LETTERS) return words;
    from = until + 1;
  }
  return '';
}

/** Whole words where there are spaces between them, whole letters always. */
function beginning(text: string): string {
  const letters = [...text.replace(/\uFFFD+$/, '')];
  if (letters.length < PROMPT_LETTERS) return '';
  const cut = letters.slice(0, PROMPT_LETTERS).join('');
  const space = cut.lastIndexOf(' ');
  return space > 0 ? cut.slice(0, space) : cut;
}

/** As every text that the model has seen: after the token that ends a document. */
function startOf(prompt: string, tokenizer: Tokenizer): Uint16Array {
  const encoded = tokenizer.encode(prompt);
  const start = new Uint16Array(encoded.length + 1);
  start[0] = tokenizer.endOfDocument;
  start.set(encoded, 1);
  return start;
}
