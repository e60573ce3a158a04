/** Which column of a table, or field of an object, holds the text. */

import { TextError } from '../errors.ts';

/** Taken without being asked for. */
const USUAL_COLUMN = 'text';

const MOST_SAID = 20;

/**
 * The column asked for; else `text`; else the only one that holds text. `columns` are all there are, `textual` those
 * that can hold text. Throws {@link TextError} that lists them where none or several would do.
 */
export function chooseColumn(
  file: string,
  wanted: string | null,
  columns: readonly string[],
  textual: readonly string[],
): string {
  const found =
    wanted ?? (textual.includes(USUAL_COLUMN) || textual.length !== 1 ? USUAL_COLUMN : textual[0]);
  if (found !== undefined && textual.includes(found)) return found;
  const choice =
    textual.length === 0
      ? `none of its columns holds text; there are ${listed(columns)}`
      : `choose one of ${listed(textual)}`;
  const problem =
    wanted === null
      ? 'it is not plain which column holds the text'
      : columns.includes(wanted)
        ? `the column ${JSON.stringify(wanted)} holds no text`
        : `there is no column ${JSON.stringify(wanted)}`;
  throw new TextError(file, 'no text column', `${problem}; ${choice}`, null, textual);
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'no columns';
  const said = names.slice(0, MOST_SAID).map((name) => JSON.stringify(name));
  const more = names.length - said.length;
  return `${said.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
