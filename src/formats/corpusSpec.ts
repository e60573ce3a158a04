/** How a corpus is named in files, records and on the command line. */

import { nearest } from './nearest.ts';

/** The languages that the built-in world is told in. */
export const WORLD_LANGUAGES = ['en', 'id', 'sw', 'ja'] as const;
export type WorldLanguage = (typeof WORLD_LANGUAGES)[number];

/** How much is told where a spec of a world does not say. */
export const WORLD_BYTES = 4_000_000;

/** How much is fetched of a corpus elsewhere where the spec does not say: text of its first documents. */
export const REMOTE_BYTES = 20_000_000;

export type WorldSpec = {
  readonly scheme: 'world';
  readonly language: WorldLanguage;
  /** Share by which a constructed language differs from the real one: 0 is the language itself, 1 shares nothing with it. */
  readonly distance: number;
  /** Share of the documents that are damaged. */
  readonly noise: number;
  /** Another seed tells other stories; and another constructed language, where there is a distance. */
  readonly seed: number;
  /** `own`: stories that no other language tells; `shared`: the n-th story is the same in every language that shares. */
  readonly stories: 'own' | 'shared';
  /** Text told, in bytes; it ends with the story that reaches this size. */
  readonly bytes: number;
};

/** What may stand behind a `#`: how the text is found in a file. */
export type TextOptions = {
  readonly column: string | null;
  readonly documents: 'auto' | 'line' | 'block';
  /** Text taken, in bytes. Of a file a random sample of its documents; of a corpus elsewhere the first ones. Null: the default. */
  readonly bytes: number | null;
  /** SHA-256 of the documents, 64 hexadecimal digits, where the spec carries it. */
  readonly sha256: string | null;
};

/** A path as the user wrote it; in a record, the file's name alone. */
export type FileSpec = TextOptions & { readonly scheme: 'file'; readonly path: string };
/** `url` is without its fragment. */
export type WebSpec = TextOptions & { readonly scheme: 'https'; readonly url: string };
/** A dataset of the Hugging Face hub. `dataset` is owner/name. */
export type HubSpec = TextOptions & {
  readonly scheme: 'hf';
  readonly dataset: string;
  readonly config: string;
  readonly split: string;
};

export type CorpusSpec = WorldSpec | FileSpec | WebSpec | HubSpec;

export const CORPUS_SPEC_HELP =
  'world:en, id, sw or ja; file:PATH; https://…; or hf:OWNER/NAME/CONFIG#COLUMN';

/** Why a text is no spec; the message says what to write instead. */
export class CorpusSpecError extends Error {
  override readonly name = 'CorpusSpecError';
  readonly spec: string;
  readonly problem: string;
  constructor(spec: string, problem: string) {
    super(`${spec}: ${problem}`);
    this.spec = spec;
    this.problem = problem;
  }
}

/** Reads a spec. Throws {@link CorpusSpecError}. */
export function parseCorpusSpec(spec: string): CorpusSpec {
  const [scheme = '', rest = ''] = split(spec, ':');
  if (scheme === 'world') return world(spec, rest);
  const [place, fragment] = split(rest, '#');
  const options = textOptions(spec, fragment ?? '');
  if (scheme === 'file') {
    if (place === '') throw new CorpusSpecError(spec, 'names no file; write file:PATH');
    return { scheme, path: place, ...options };
  }
  if (scheme === 'https' || scheme === 'http') {
    const url = `${scheme}:${place}`;
    if (!URL.canParse(url) || !place.startsWith('//')) throw new CorpusSpecError(spec, 'is not an address');
    return { scheme: 'https', url, ...options };
  }
  if (scheme === 'hf') return { ...hub(spec, place), ...options };
  const hint = looksLikePath(spec) ? `did you mean file:${spec}? A spec is` : 'give';
  throw new CorpusSpecError(spec, `is not the spec of a corpus; ${hint} ${CORPUS_SPEC_HELP}`);
}

/** What names no scheme; a letter alone before a colon is a drive. */
function looksLikePath(spec: string): boolean {
  return spec.trim() !== '' && !/^[a-z][a-z0-9+.-]+:/i.test(spec);
}

/** Null where the spec can be read, else what is wrong with it. */
export function corpusSpecProblem(spec: string): string | null {
  try {
    parseCorpusSpec(spec);
    return null;
  } catch (error) {
    if (error instanceof CorpusSpecError) return error.problem;
    throw error;
  }
}

/** The text that {@link parseCorpusSpec} reads back; only what differs from the defaults is said. */
export function formatCorpusSpec(spec: CorpusSpec): string {
  if (spec.scheme === 'world') {
    const { language, distance, noise, seed, stories, bytes } = spec;
    const query = Object.entries({ distance, noise, seed, stories, bytes })
      .filter(([key, value]) => value !== WORLD_DEFAULTS[key as keyof typeof WORLD_DEFAULTS])
      .map(([key, value]) => `${key}=${value}`)
      .join('&');
    return `world:${language}${query && `?${query}`}`;
  }
  const { column, documents, bytes, sha256 } = spec;
  const fragment = [
    column !== null && `column=${encodeURIComponent(column)}`,
    documents !== 'auto' && `documents=${documents}`,
    bytes !== null && `bytes=${bytes}`,
    sha256 !== null && `sha256=${sha256}`,
  ]
    .filter(Boolean)
    .join('&');
  return `${placeOf(spec)}${fragment && `#${fragment}`}`;
}

/** A spec as a record keeps it: a file by its name, never by path; with the SHA-256 of what was read, where known. */
export function recordedSpec(text: string, sha256: string | null): string {
  const spec = parseCorpusSpec(text);
  if (spec.scheme === 'world') return formatCorpusSpec(spec);
  const known = { ...spec, sha256: sha256 ?? spec.sha256 };
  if (known.scheme !== 'file') return formatCorpusSpec(known);
  return formatCorpusSpec({ ...known, path: known.path.split(/[/\\]/).at(-1) ?? known.path });
}

const WORLD_DEFAULTS = { distance: 0, noise: 0, seed: 1, stories: 'own', bytes: WORLD_BYTES } as const;
const MAX_SEED = 2 ** 32 - 1;

function world(spec: string, rest: string): WorldSpec {
  if (rest.includes('#')) {
    throw new CorpusSpecError(
      spec,
      `options of a world stand behind a ?, not a #, and columns it has none; write such as world:${WORLD_LANGUAGES[0]}?seed=2`,
    );
  }
  const [name = '', query = ''] = split(rest, '?');
  const language = WORLD_LANGUAGES.find((known) => known === name);
  if (!language) {
    throw new CorpusSpecError(
      spec,
      `the world is told in ${WORLD_LANGUAGES.join(', ')}; write one of ${WORLD_LANGUAGES.map((known) => `world:${known}`).join(', ')}`,
    );
  }
  const given = pairs(spec, query, Object.keys(WORLD_DEFAULTS));
  const stories = given.get('stories') ?? WORLD_DEFAULTS.stories;
  if (stories !== 'own' && stories !== 'shared') throw new CorpusSpecError(spec, 'stories is own or shared');
  const numberOf = (
    key: 'distance' | 'noise' | 'seed' | 'bytes',
    least: number,
    most: number,
    whole: boolean,
  ) => {
    const text = given.get(key);
    if (text === undefined) return WORLD_DEFAULTS[key];
    return numberIn(spec, key, text, least, most, whole);
  };
  return {
    scheme: 'world',
    language,
    distance: numberOf('distance', 0, 1, false),
    noise: numberOf('noise', 0, 1, false),
    seed: numberOf('seed', 0, MAX_SEED, true),
    stories,
    bytes: numberOf('bytes', 1, Number.MAX_SAFE_INTEGER, true),
  };
}

function hub(spec: string, place: string): { scheme: 'hf'; dataset: string; config: string; split: string } {
  const [owner, name, config = 'default', part = 'train', ...more] = place.split('/');
  const parts = [owner, name, config, part];
  if (more.length > 0 || parts.some((text) => !text || !/^[\w.-]+$/.test(text))) {
    throw new CorpusSpecError(
      spec,
      place.includes('?')
        ? `options of a dataset stand behind a #, not a ?; write such as hf:${place.replace('?', '#')}`
        : 'write hf:OWNER/NAME/CONFIG#COLUMN, or hf:OWNER/NAME/CONFIG/SPLIT#COLUMN',
    );
  }
  return { scheme: 'hf', dataset: `${owner}/${name}`, config, split: part };
}

function placeOf(spec: FileSpec | WebSpec | HubSpec): string {
  switch (spec.scheme) {
    case 'file':
      return `file:${spec.path}`;
    case 'https':
      return spec.url;
    case 'hf':
      return `hf:${spec.dataset}/${spec.config}${spec.split === 'train' ? '' : `/${spec.split}`}`;
  }
}

/** What stands behind the `#`: `text`, a column alone, or `column=text&documents=line&bytes=1000000&sha256=…`. */
function textOptions(spec: string, fragment: string): TextOptions {
  // A column's own equals sign is written %3D, or every slip in the name of an option would be taken for a column.
  const [first = '', more = ''] = split(fragment, '&');
  const isColumn = first !== '' && !first.includes('=');
  const [column, rest] = isColumn ? [first, more] : [undefined, fragment];
  const given = pairs(spec, rest, ['column', 'documents', 'bytes', 'sha256']);
  const documents = given.get('documents') ?? 'auto';
  if (documents !== 'auto' && documents !== 'line' && documents !== 'block') {
    throw new CorpusSpecError(
      spec,
      'documents is line (one document a line) or block (blank lines between documents)',
    );
  }
  const sha256 = given.get('sha256') ?? null;
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new CorpusSpecError(spec, 'sha256 is not 64 hexadecimal digits');
  }
  const bytes = given.get('bytes');
  return {
    column: column === undefined ? (given.get('column') ?? null) : decoded(spec, column),
    documents,
    bytes: bytes === undefined ? null : numberIn(spec, 'bytes', bytes, 1, Number.MAX_SAFE_INTEGER, true),
    sha256,
  };
}

function pairs(spec: string, text: string, known: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const item of text.split('&').filter(Boolean)) {
    const [key = '', value] = split(item, '=');
    if (!known.includes(key)) throw new CorpusSpecError(spec, unknownOption(key, known));
    if (value === undefined || value === '') throw new CorpusSpecError(spec, `${key} has no value`);
    if (found.has(key)) throw new CorpusSpecError(spec, `says ${key} twice`);
    found.set(key, decoded(spec, value));
  }
  return found;
}

function unknownOption(key: string, known: readonly string[]): string {
  const close = nearest(key, known);
  const hint = close === null ? `it knows ${known.join(', ')}` : `did you mean ${close}?`;
  return `does not know ${key}; ${hint}`;
}

function numberIn(
  spec: string,
  key: string,
  text: string,
  least: number,
  most: number,
  whole: boolean,
): number {
  const value = Number(text);
  const isFit =
    Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isSafeInteger(value));
  if (isFit) return value;
  const upTo = most === Number.MAX_SAFE_INTEGER ? ` of ${least} or more` : ` from ${least} to ${most}`;
  throw new CorpusSpecError(spec, `${key} is ${text}; give a ${whole ? 'whole ' : ''}number${upTo}`);
}

function decoded(spec: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new CorpusSpecError(spec, `${text} is not percent-encoded text; write % as %25`);
  }
}

/** A text before and after the first `mark`; the second is undefined where there is none. */
function split(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
