/** What a person chooses a text with: where it comes from, and the fields of each such place; and the specs that these make. */

import {
  type CorpusSpec,
  corpusSpecProblem,
  formatCorpusSpec,
  parseCorpusSpec,
  WORLD_LANGUAGES,
  type WorldLanguage,
} from '../../../formats/corpusSpec.ts';
import { PAIR } from '../../../formats/share/presets.ts';
import type { Opened } from '../../../worker/api/lab.ts';
import type { Side } from '../../../worker/api/texts.ts';
import { type NumberRule, readNumber } from '../../parts/field/readNumber.ts';

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

const BLANK: Omit<Picker, 'text'> = { place: 'world', language: 'en', documents: 'auto', entry: '' };

export function beginningPicker(side: Side): Picker {
  const text = {
    distance: '0',
    noise: '0',
    seed: '1',
    worldBytes: '',
    column: '',
    fetchBytes: String(FETCH_BYTES[side]),
    address: '',
  };
  return pickerOf(PAIR[side], { ...BLANK, text }, []);
}

/** A side's text of the built-in pair. */
export function pairSpec(side: Side): string {
  return PAIR[side];
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

/** Whether the fields ask for another text than that of `spec`; no as long as they ask for none. */
export function isOther(spec: string, picker: Picker, catalogue: readonly CatalogueEntry[]): boolean {
  const asked = specOfPicker(picker, catalogue).spec;
  // A spec may say more than fields can, such as a hash.
  return asked !== null && asked !== specOfPicker(pickerOf(spec, picker, catalogue), catalogue).spec;
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
