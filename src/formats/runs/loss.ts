/** A loss as it stands in a table → nats per token. What it is measured in is asked where a name leaves it open, never assumed. */

import { RunsError } from './error.ts';

export const LOSS_UNITS = ['nats', 'bits', 'bits-per-byte'] as const;
export type LossUnit = (typeof LOSS_UNITS)[number];

export const LOSS_SCALES = ['raw', 'log'] as const;
export type LossScale = (typeof LOSS_SCALES)[number];

export type LossOptions = {
  /** Unset: nats, unless the column's name speaks of something else, which is then asked. */
  readonly unit?: LossUnit;
  /** Of the tokenizer, on the target's held-out text; needed for bits per byte. */
  readonly bytesPerToken?: number;
  /** Whether the column holds natural logarithms of the loss. Unset: it does not, unless its name says so, which is then asked. */
  readonly scale?: LossScale;
};

const OF_BITS = /bits|bpb|bpc|bpt|(^|[_\W])bit([_\W]|$)/i;
const OF_BYTES = /bpb|bpc|bits?.?per.?(byte|char)/i;
const OF_PERPLEXITY = /perplexity|(^|[_\W])ppl([_\W]|$)/i;
const OF_LOGARITHM = /(^|[_\W])(log|ln)[_\W]?(loss|l)([_\W]|$)/i;

/** Above this a token costs more than a choice among 10^8 words: such a column is hardly in nats. */
const LARGEST_LIKELY_NATS = Math.log(1e8);

export type LossReader = {
  /** Nats per token; null where there is none: a cell that is empty, NaN or infinite. Throws a problem, in words, as a string. */
  readonly read: (value: number) => { readonly nats: number } | { readonly problem: string };
  /** What was done to the numbers; '' where they are taken as they are. */
  readonly note: string;
};

/** Throws {@link RunsError} with a question where it is not plain what the column holds. */
export function lossReader(
  file: string,
  place: { line: number; column: number },
  column: string,
  options: LossOptions,
): LossReader {
  const ask = (question: string) => new RunsError(file, place, column, question);
  const { unit, bytesPerToken, scale } = options;
  if (unit === undefined && OF_PERPLEXITY.test(column)) {
    throw ask(
      'this looks like a perplexity; give a column with its natural logarithm, which is nats per token, or say --unit nats if it is one',
    );
  }
  if (unit === undefined && OF_BITS.test(column)) {
    throw ask(
      OF_BYTES.test(column)
        ? 'is this in bits per byte? Laws are fitted to nats per token: say --unit bits-per-byte and --bytes-per-token N (m3lab corpus show --tokenizer says N), or --unit bits or nats'
        : 'is this in bits? Laws are fitted to nats per token: say --unit bits if it is bits per token, bits-per-byte, or nats',
    );
  }
  if (unit === 'bits-per-byte' && bytesPerToken === undefined) {
    throw ask(
      'bits per byte become nats per token by the tokenizer’s bytes per token: say --bytes-per-token N (m3lab corpus show --tokenizer says N)',
    );
  }
  if (scale === undefined && OF_LOGARITHM.test(column)) {
    throw ask('is this a loss, or the natural logarithm of one? Say --loss-scale raw or log');
  }
  const factor =
    unit === 'bits' ? Math.LN2 : unit === 'bits-per-byte' ? Math.LN2 * (bytesPerToken ?? Number.NaN) : 1;
  return {
    read: (value) => {
      const nats = factor * (scale === 'log' ? Math.exp(value) : value);
      if (nats > 0) return { nats };
      if (value === 0) return { problem: '0 is no loss that a text can have; leave the run out' };
      const more =
        scale === 'raw'
          ? 'a loss is above 0'
          : 'a loss is above 0; if these are natural logarithms of it, say --loss-scale log';
      return { problem: `${value} is negative; ${more}` };
    },
    note: noteOf(column, options),
  };
}

/** What {@link lossReader} would ask of a column of this name, as options that could go with it; '' where it would ask nothing. */
export function unitHint(column: string): string {
  if (OF_BYTES.test(column))
    return ', and --unit bits-per-byte --bytes-per-token N if it is in bits per byte';
  if (OF_BITS.test(column)) return ', and --unit bits if it is in bits per token';
  return OF_LOGARITHM.test(column) ? ', and --loss-scale log if it is the logarithm of a loss' : '';
}

/** A doubt about losses that were read as nats; '' where there is none. */
export function lossDoubt(losses: readonly number[]): string {
  const sorted = Float64Array.from(losses).sort();
  const median = sorted[sorted.length >> 1] ?? 0;
  return median > LARGEST_LIKELY_NATS
    ? `half of the losses are above ${LARGEST_LIKELY_NATS.toFixed(0)} nats per token; are they perplexities? Their natural logarithm is the loss`
    : '';
}

function noteOf(column: string, { unit, bytesPerToken, scale }: LossOptions): string {
  const done = [
    ...(scale === 'log' ? ['the exponential was taken'] : []),
    ...(unit === 'bits' ? ['bits per token became nats (× ln 2)'] : []),
    ...(unit === 'bits-per-byte'
      ? [`bits per byte became nats per token (× ln 2 × ${bytesPerToken} bytes per token)`]
      : []),
  ];
  return done.length === 0 ? '' : `${column}: ${done.join('; ')}`;
}
