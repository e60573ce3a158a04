/**
 * Which texts a design means. A page cannot open a path, and a design is no leave to fetch: what a design names beside the built-in
 * languages must have been opened in Train before, and is written into the design with all that tells it from others.
 */

import { type CorpusSpec, formatCorpusSpec, parseCorpusSpec } from '../../formats/corpusSpec.ts';
import { isObject } from '../../formats/json.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { inField } from '../../text/pair/pairError.ts';

/** A text that lies in the store. */
export type HeldText = { readonly key: string; readonly spec: string; readonly sha256: string };

const TEXT_FIELDS = ['target', 'source', 'targetValidation', 'sourceValidation'] as const;

/** A text that a design or a run names and that does not lie here. */
export class MissingTextError extends Error {
  override readonly name = 'MissingTextError';
  readonly spec: string;
  constructor(spec: CorpusSpec, problem: string) {
    super(problem);
    this.spec = formatCorpusSpec(spec);
  }
}

/** The designs with the full spec of every text that they name. Throws `PairError` for one that is not here. */
export function withHeldTexts(designs: readonly SweepDesign[], held: readonly HeldText[]): SweepDesign[] {
  return designs.map((design) => {
    const { corpora, grid } = design;
    return {
      ...design,
      ...(corpora && { corpora: named(corpora, held) }),
      ...(grid && {
        grid: Object.fromEntries(
          Object.entries(grid).map(([key, values]) => [
            key,
            values.map((value) => gridValue(key, value, held)),
          ]),
        ),
      }),
    };
  });
}

function gridValue(key: string, value: unknown, held: readonly HeldText[]): unknown {
  if (key === 'corpora' && isObject(value)) return named(value, held);
  const field = key.startsWith('corpora.') ? key.slice('corpora.'.length) : '';
  const isText = TEXT_FIELDS.some((name) => name === field);
  return isText && typeof value === 'string' ? fullSpec(value, `corpora.${field}`, held) : value;
}

function named<T extends Readonly<Record<string, unknown>>>(corpora: T, held: readonly HeldText[]): T {
  const full = TEXT_FIELDS.flatMap((field) => {
    const value = corpora[field];
    return typeof value === 'string' ? [[field, fullSpec(value, `corpora.${field}`, held)] as const] : [];
  });
  return { ...corpora, ...Object.fromEntries(full) };
}

function fullSpec(text: string, field: string, held: readonly HeldText[]): string {
  try {
    const spec = parseCorpusSpec(text);
    return spec.scheme === 'world' ? text : heldText(spec, held).spec;
  } catch (error) {
    throw inField(field, error, undefined);
  }
}

/** The text that a spec means. Throws {@link MissingTextError}. */
export function heldText(spec: CorpusSpec, held: readonly HeldText[]): HeldText {
  const place = placeOf(spec);
  const there = held.filter((text) => placeOf(parseCorpusSpec(text.spec)) === place);
  const asked = 'sha256' in spec ? spec.sha256 : null;
  if (asked !== null) {
    // A file may have been renamed; what it holds tells it.
    const [found] = held.filter(({ sha256 }) => sha256 === asked);
    if (found) return found;
    const other = there.length > 0 ? `; the ${place} that is here holds another text` : '';
    throw new MissingTextError(
      spec,
      `${place} with SHA-256 ${asked.slice(0, 8)}… is not here${other}; ${TO_DO}`,
    );
  }
  const [only, ...more] = there;
  if (!only) {
    const names = held.map(({ spec: one }) => placeOf(parseCorpusSpec(one)));
    const known = names.length === 0 ? '' : ` (what is here: ${names.join(', ')})`;
    throw new MissingTextError(spec, `${place} is not here${known}; ${TO_DO}`);
  }
  const same = there.find((text) => formatCorpusSpec(spec) === unhashed(text.spec));
  if (more.length === 0 || same) return same ?? only;
  const hashes = there.map(({ sha256 }) => sha256.slice(0, 8)).join(', ');
  throw new MissingTextError(
    spec,
    `${there.length} texts are called ${place}; write #sha256=… behind the one that is meant (they begin with ${hashes})`,
  );
}

const TO_DO = 'open it in Train first, or name a built-in language such as world:id';

function unhashed(text: string): string {
  const spec = parseCorpusSpec(text);
  return formatCorpusSpec('sha256' in spec ? { ...spec, sha256: null } : spec);
}

/** A spec without its options; of a file, its name. */
function placeOf(spec: CorpusSpec): string {
  if (spec.scheme === 'file') return `file:${spec.path.split(/[/\\]/).at(-1) ?? spec.path}`;
  return formatCorpusSpec(spec).split('#')[0] ?? '';
}
