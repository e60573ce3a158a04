/** What a person chooses a text with: where it comes from, and the fields of each such place; and the specs that these make. */

import {
  type CorpusSpec,
  corpusSpecProblem,
  formatCorpusSpec,
  parseCorpusSpec,
  WORLD_LANGUAGES,
  type WorldLanguage,
} from '../../formats/corpusSpec.ts';
import type { Opened, Side } from '../../worker/api.ts';
import { type NumberRule, readNumber } from '../form/numberField.ts';

export const PLACES = ['world', 'file', 'catalogue', 'address'] as const;
export type Place = (typeof PLACES)[number];

export type CatalogueEntry = Opened['catalogue'][number];

/** Fields that are typed. */
export type PickerField = 'distance' | 'noise' | 'seed' | 'worldBytes' | 'column' | 'fetchBytes' | 'address';

/** What stands in the fields of one side. */
export type Picker = {
  readonly place: Place;
  readonly language: WorldLanguage;
  /** How a plain text file is parted into documents. */
  readonly documents: 'auto' | 'line' | 'block';
  /** Spec of the chosen entry of the catalogue; '' before one is. */
  readonly entry: string;
  readonly text: Readonly<Record<PickerField, string>>;
};

/** Text of the built-in pair, in bytes: a poor language beside a rich one, told within a second or two. */
const PAIR = {
  target: { language: 'sw', bytes: 400_000 },
  source: { language: 'en', bytes: 2_000_000 },
} as const satisfies Record<Side, { language: WorldLanguage; bytes: number }>;

/** Text of a corpus elsewhere that is taken unless somebody says otherwise, in bytes. */
const FETCH_BYTES: Record<Side, number> = { target: 2_000_000, source: 10_000_000 };

const SHARE: NumberRule = { whole: false, min: 0, max: 1 };
const BYTES: NumberRule = { whole: true, min: 1000, max: 1_000_000_000 };

const RULES: Partial<Record<PickerField, NumberRule>> = {
  distance: SHARE,
  noise: SHARE,
  seed: { whole: true, min: 0, max: 0xffff_ffff },
  worldBytes: BYTES,
  fetchBytes: BYTES,
};

export function beginningPicker(side: Side): Picker {
  const { language, bytes } = PAIR[side];
  return {
    place: 'world',
    language,
    documents: 'auto',
    entry: '',
    text: {
      distance: '0',
      noise: '0',
      seed: '1',
      worldBytes: String(bytes),
      column: '',
      fetchBytes: String(FETCH_BYTES[side]),
      address: '',
    },
  };
}

/** A side's text of the built-in pair. */
export function pairSpec(side: Side): string {
  const choice = specOfPicker(beginningPicker(side), []);
  if (choice.spec === null) throw new RangeError(`the built-in ${side} is not a spec`);
  return choice.spec;
}

/** The spec that the fields make; null while something is missing or wrong, or where a file is to be picked. */
export type Choice = {
  readonly spec: string | null;
  /** Why a field cannot be, in words. */
  readonly problems: ReadonlyMap<PickerField, string>;
};

export function specOfPicker(picker: Picker, catalogue: readonly CatalogueEntry[]): Choice {
  const problems = new Map<PickerField, string>();
  const read = (field: PickerField): number => {
    const rule = RULES[field];
    const typed = readNumber(picker.text[field], rule ?? BYTES);
    if (!typed.ok) problems.set(field, typed.problem);
    return typed.ok ? typed.value : Number.NaN;
  };
  const spec = readPlace(picker, catalogue, read, problems);
  return { spec: spec && problems.size === 0 ? formatCorpusSpec(spec) : null, problems };
}

function readPlace(
  picker: Picker,
  catalogue: readonly CatalogueEntry[],
  read: (field: PickerField) => number,
  problems: Map<PickerField, string>,
): CorpusSpec | null {
  switch (picker.place) {
    case 'world': {
      const [distance, noise, seed, bytes] = [
        read('distance'),
        read('noise'),
        read('seed'),
        read('worldBytes'),
      ];
      const { language } = picker;
      return { scheme: 'world', language, distance, noise, seed, stories: 'own', bytes };
    }
    case 'file':
      return null;
    case 'catalogue': {
      const entry = entryOf(picker, catalogue);
      const bytes = read('fetchBytes');
      const spec = entry && parseCorpusSpec(entry.spec);
      return spec?.scheme === 'hf' ? { ...spec, bytes } : null;
    }
    case 'address': {
      const address = picker.text.address.trim();
      const problem = addressProblem(address);
      if (problem !== null) problems.set('address', problem);
      return address === '' || problem !== null ? null : parseCorpusSpec(address);
    }
  }
}

/** The entry that is chosen; before anything is, that of the language which the world would be told in. */
export function entryOf(
  { entry, language }: Picker,
  catalogue: readonly CatalogueEntry[],
): CatalogueEntry | undefined {
  return catalogue.find(({ spec }) => spec === entry) ?? catalogue.find(({ code }) => code === language);
}

/** Why something typed is no address of a corpus elsewhere; null where it is one, or there is nothing yet. */
function addressProblem(address: string): string | null {
  if (address === '') return null;
  if (/^[\w-]+:/.test(address)) {
    const problem = corpusSpecProblem(address);
    if (problem !== null) return `This ${problem}.`;
    if (address.startsWith('world:')) return 'Choose “Built-in world” for stories of the lab’s own.';
    if (!address.startsWith('file:')) return null;
    return 'A page cannot open a file by its path: choose “My files” and pick it.';
  }
  return 'Begin with https:// or hf:, for example hf:wikimedia/wikipedia/20231101.sw#text.';
}

/** The fields as they would stand had they made this spec; what it does not say stays as in `before`. */
export function pickerOf(spec: string, before: Picker, catalogue: readonly CatalogueEntry[]): Picker {
  const parsed = parseCorpusSpec(spec);
  if (parsed.scheme === 'world') {
    const { language, distance, noise, seed, bytes } = parsed;
    const text = { distance, noise, seed, worldBytes: bytes };
    return { ...before, place: 'world', language, text: { ...before.text, ...texts(text) } };
  }
  if (parsed.scheme === 'file') {
    const { documents, column } = parsed;
    return { ...before, place: 'file', documents, text: { ...before.text, column: column ?? '' } };
  }
  if (parsed.scheme !== 'hf' && parsed.scheme !== 'https') return before;
  const fetchBytes = parsed.bytes === null ? {} : { fetchBytes: String(parsed.bytes) };
  const plain = formatCorpusSpec({ ...parsed, bytes: null, sha256: null });
  const entry = catalogue.find((known) => sameCorpus(known.spec, plain));
  if (entry) {
    const text = { ...before.text, ...fetchBytes };
    return { ...before, place: 'catalogue', entry: entry.spec, text };
  }
  const address = formatCorpusSpec({ ...parsed, sha256: null });
  return { ...before, place: 'address', text: { ...before.text, address } };
}

function sameCorpus(a: string, b: string): boolean {
  return formatCorpusSpec(parseCorpusSpec(a)) === b;
}

function texts(numbers: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

export function isWorldLanguage(text: string): text is WorldLanguage {
  return (WORLD_LANGUAGES as readonly string[]).includes(text);
}
