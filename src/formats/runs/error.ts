/** What is wrong with a table or a list of runs, said once: where, in which column, what was found, what to do. */

/** Runs that cannot be used as they are, or not without a word from whoever has them. `line` and `column` count from 1; null: the whole file. */
export class RunsError extends Error {
  override readonly name = 'RunsError';
  readonly file: string;
  readonly place: { readonly line: number; readonly column: number } | null;
  /** Name of the column in the file; '' where it is not about one. */
  readonly field: string;
  readonly problem: string;
  constructor(file: string, place: { line: number; column: number } | null, field: string, problem: string) {
    const at = place === null ? file : `${file}:${place.line}:${place.column}`;
    super(field === '' ? `${at}: ${problem}` : `${at}: ${field}: ${problem}`);
    this.file = file;
    this.place = place;
    this.field = field;
    this.problem = problem;
  }
}
