/** How a corpus is named in files and on the command line. */

/** The languages of the built-in sample pair. */
export const SAMPLE_LANGUAGES = ['en', 'sw'] as const;

export type CorpusSpec =
  | {
      readonly scheme: 'file';
      /** A path as the user wrote it; in a record, the file's name alone. */
      readonly path: string;
      /** SHA-256 of the file's bytes, 64 hexadecimal digits, where the spec carries it. */
      readonly sha256: string | null;
    }
  | { readonly scheme: 'sample'; readonly language: (typeof SAMPLE_LANGUAGES)[number] };

export const CORPUS_SPEC_HELP = 'file:PATH, sample:en or sample:sw';

const HASHED = /^(.*)#sha256=([0-9a-f]{64})$/s;

/** Reads a spec; null where it is none. */
export function parseCorpusSpec(spec: string): CorpusSpec | null {
  const colon = spec.indexOf(':');
  const scheme = spec.slice(0, colon);
  const rest = spec.slice(colon + 1);
  if (scheme === 'file' && rest !== '') {
    const hashed = HASHED.exec(rest);
    return hashed?.[1]
      ? { scheme, path: hashed[1], sha256: hashed[2] ?? null }
      : { scheme, path: rest, sha256: null };
  }
  const language = SAMPLE_LANGUAGES.find((known) => known === rest);
  return scheme === 'sample' && language ? { scheme, language } : null;
}

/** A spec as a record keeps it: a file by its name and, where known, its SHA-256; never by path. */
export function recordedSpec(spec: string, sha256: string | null): string {
  const parsed = parseCorpusSpec(spec);
  if (parsed?.scheme !== 'file') return spec;
  const name = parsed.path.split(/[/\\]/).at(-1);
  const hash = sha256 ?? parsed.sha256;
  return hash === null ? `file:${name}` : `file:${name}#sha256=${hash}`;
}
