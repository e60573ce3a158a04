/** Symbols as print has them: names of parameters and quantities are ASCII in files, in addresses and at a terminal. */

const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  upsilon: 'υ',
  phi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Pi: 'Π',
  Sigma: 'Σ',
  Upsilon: 'Υ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
};
const NAMES = Object.keys(GREEK).join('|');

/** A star or a prime is written out; an index follows `_`, or a letter at once. */
const MARKED = /^(.+?)_?(star|prime)$/;
const WITH_INDEX = new RegExp(`^(${NAMES}|[A-Za-z])(?:_([A-Za-z0-9]+)|([0-9]+|[A-Z]|(?<=^C)r))?$`);

/** `alpha` → α, `Rstar` → R*, `betaprime` → β′, `tau0` → τ_0 and `RDstar` → R_D*, as {@link symbolParts} reads them; a word stays a word. */
export function printedName(name: string): string {
  const [, marked, mark] = MARKED.exec(name) ?? [];
  if (marked !== undefined) return `${printedName(marked)}${mark === 'star' ? '*' : '′'}`;
  const [, letter, below, tight] = WITH_INDEX.exec(name) ?? [];
  if (letter === undefined) return name;
  const index = below ?? tight;
  return `${GREEK[letter] ?? letter}${index === undefined ? '' : `_${index}`}`;
}

/** Names that no other word of a sentence is. */
const NAME_IN_TEXT = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(?:(?:${NAMES})(?:prime|star|\\d)?|[A-Z]{1,2}(?:star|prime)|Cr)(?![\\p{L}\\p{N}_-])`,
  'gu',
);

/** A sentence of the laws with its parameters as in print: `Rstar, tau do not matter` → R*, τ do not matter. */
export function printedNames(sentence: string): string {
  return sentence.replace(NAME_IN_TEXT, printedName);
}

export type SymbolPart = {
  readonly text: string;
  /** `words` stand as they are, a `letter` is set italic, an index `below` or `above` the line. */
  readonly place: 'words' | 'letter' | 'below' | 'above';
};

/**
 * A letter with an index, a star or a prime; a Greek letter; a letter that the papers have for a quantity, unless it is the k of a
 * thousand; an exponent.
 */
const SYMBOL = new RegExp(
  [
    '(?<![\\p{L}\\p{N}_])(?:',
    '(?<letter>[A-Za-z\\u0391-\\u03c9](?=[_*′])|[\\u0391-\\u03c9]|[CNDSrx]|(?<!\\d[ \\u202f])k)',
    "(?:_(?<below>[A-Za-z0-9]))?(?:\\^(?<above>c))?(?<mark>[*′]?)(?![\\p{L}\\p{N}_]|['’]\\p{L}))",
    '|(?<=[\\p{L})])\\^(?<power>[a-z\\u03b1-\\u03c9]′?)(?![\\p{L}\\p{N}])',
  ].join(''),
  'gu',
);

/** Text as print sets it: `the threshold D_T^c(C)` → D with a T below and a c above, and so on. */
export function symbolParts(text: string): SymbolPart[] {
  // A name alone, as on the axis of a figure of parameters.
  if (/^[A-Za-z]$/.test(text)) return [{ text, place: 'letter' }];
  const parts: SymbolPart[] = [];
  const add = (place: SymbolPart['place'], words: string | undefined) => {
    if (words) parts.push({ text: words, place });
  };
  let from = 0;
  for (const { 0: all, index, groups = {} } of text.matchAll(SYMBOL)) {
    add('words', text.slice(from, index));
    const isSimple = groups.below === undefined && groups.above === undefined;
    add('letter', isSimple ? `${groups.letter ?? ''}${groups.mark ?? ''}` : groups.letter);
    add('below', groups.below);
    add('above', groups.above ?? groups.power);
    if (!isSimple) add('letter', groups.mark);
    from = index + all.length;
  }
  add('words', text.slice(from));
  return parts;
}

/** As it is read aloud: `D_T` → "D T". */
export function spoken(text: string): string {
  return symbolParts(text)
    .map(({ text: words, place }) => (place === 'below' || place === 'above' ? ` ${words}` : words))
    .join('');
}
