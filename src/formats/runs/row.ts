/** Finished runs as rows of numbers, whatever they were read from. */

/** A run that may enter a fit. */
export type RunRow = {
  /** Parameters that multiply each token. */
  readonly N: number;
  /** Unique target tokens, passes over them, and all tokens read: D = k·D_T/r. */
  readonly D_T: number;
  readonly k: number;
  readonly D: number;
  /** Target tokens / all tokens, over the run and in its final stage; 0 < r ≤ r_f ≤ 1. */
  readonly r: number;
  readonly r_f: number;
  /** Nats per token on held-out target text; above 0. */
  readonly loss: number;
  /** How much it counts; above 0. */
  readonly weight: number;
  /** Target ratio of the first stage, and the final stage's share of the tokens; null where they are not known. */
  readonly r_1: number | null;
  readonly s: number | null;
  /** Words to group by: `pair`, `seed`, `kind`, and every column that has no other use. */
  readonly groups: Readonly<Record<string, string>>;
  /** `runs.csv:17`. */
  readonly place: string;
};

/** Rows that did not become runs, for one reason. */
export type LeftOut = {
  readonly reason: string;
  readonly rows: number;
  /** The first of them, for a person who wants to look. */
  readonly first: string;
  /** Of which pair of texts they are, where that is told apart. */
  readonly pair?: string;
};

/** A file that runs were read from. */
export type RunSource = {
  readonly file: string;
  /** Runs of it that may enter a fit. */
  readonly rows: number;
  /** What was read as what: `N` → `params`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Of the file's bytes, in hexadecimal, where whoever opened it says it. */
  readonly sha256?: string;
};

export type Runs = {
  readonly rows: readonly RunRow[];
  /** What was read as what: `N` → `params`; of several files, what the last says. {@link mappings} tells them apart. */
  readonly columns: Readonly<Record<string, string>>;
  readonly sources: readonly RunSource[];
  /** Names in the rows' groups. */
  readonly groups: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** What a person should know of how it was read, in sentences without a full stop. */
  readonly notes: readonly string[];
};

/** Counts what is left out, by reason. */
export class LeftOutCounter {
  readonly #reasons = new Map<string, { rows: number; first: string }>();

  add(reason: string, place: string, rows = 1): void {
    const known = this.#reasons.get(reason);
    if (known) known.rows += rows;
    else this.#reasons.set(reason, { rows, first: place });
  }

  /** The most frequent reason first. */
  list(): LeftOut[] {
    return [...this.#reasons]
      .map(([reason, counted]) => ({ reason, ...counted }))
      .sort((a, b) => b.rows - a.rows);
  }
}

/** Several files as one. A record that lies in two of them is one run. */
export function mergeRuns(parts: readonly Runs[]): Runs {
  const leftOut = new LeftOutCounter();
  for (const part of parts)
    for (const { reason, rows, first } of part.leftOut) leftOut.add(reason, first, rows);
  const seen = new Map<string, number>();
  const rows = parts.flatMap((part, index) =>
    part.rows.filter((row) => {
      if (!row.groups.id) return true;
      const content = JSON.stringify({ ...row, place: '' });
      const from = seen.get(content) ?? index;
      seen.set(content, from);
      // Within one file, whoever read it has looked.
      if (from !== index) leftOut.add('the same run as in another file', row.place);
      return from === index;
    }),
  );
  return {
    rows,
    sources: parts.flatMap(({ sources }) => sources),
    columns: Object.assign({}, ...parts.map(({ columns }) => columns)),
    groups: [...new Set(parts.flatMap(({ groups }) => groups))],
    leftOut: leftOut.list(),
    notes: [...new Set(parts.flatMap(({ notes }) => notes))],
  };
}

/** Which files were read in one way, and which in another. */
export function mappings({
  sources,
}: Pick<Runs, 'sources'>): { readonly files: readonly string[]; readonly columns: RunSource['columns'] }[] {
  const found = new Map<string, { files: string[]; columns: RunSource['columns'] }>();
  for (const { file, columns } of sources) {
    const key = JSON.stringify(Object.entries(columns).sort());
    const known = found.get(key);
    if (known) known.files.push(file);
    // A file without runs was not read in any way.
    else if (Object.keys(columns).length > 0) found.set(key, { files: [file], columns });
  }
  return [...found.values()];
}
