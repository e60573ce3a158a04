/** Lines of JSON → documents: a string a line, or an object a line with the text in one of its fields. */

import { JsonError, parseJson } from '../../formats/json.ts';
import { TextError } from '../errors.ts';
import { chooseColumn } from './column.ts';
import { type ByteStream, lines } from './lines.ts';

/** Objects without the field that was asked for, before it is taken to be misspelt. */
const MOST_WITHOUT_FIELD = 1000;

/** What JSON can escape and UTF-8 cannot hold: halves of a surrogate pair. */
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * The texts in file order; '' where an object's field is missing or no string. Blank lines are passed over.
 * `column` names the field. Throws {@link TextError} at a line that is no JSON object or string, and where it is
 * not plain which field holds the text.
 */
export async function* jsonlTexts(
  stream: ByteStream,
  name: string,
  column: string | null,
): AsyncGenerator<string> {
  let field: string | null = null;
  const fields = new Set<string>();
  let waiting = 0;
  let number = 0;

  for await (const line of lines(stream, name)) {
    number++;
    if (line.trim() === '') continue;
    const value = parsed(line, name, number);
    if (typeof value === 'string') {
      yield wellFormed(value, line);
      continue;
    }
    if (field === null) {
      // The first objects may lack the field that was asked for; the first of all decides where none was.
      if (column !== null && !Object.hasOwn(value, column) && waiting < MOST_WITHOUT_FIELD) {
        for (const key of Object.keys(value)) fields.add(key);
        waiting++;
        continue;
      }
      const keys = [...new Set([...fields, ...Object.keys(value)])];
      field = chooseColumn(name, column, keys, fieldsOfText(value));
      for (; waiting > 0; waiting--) yield '';
    }
    const text = value[field];
    yield typeof text === 'string' ? wellFormed(text, line) : '';
  }
  if (waiting > 0) chooseColumn(name, column, [...fields], [...fields]);
  if (number === 0)
    throw new TextError(name, 'empty', 'this file is empty; choose a file with some text in it');
}

function parsed(line: string, name: string, number: number): string | Record<string, unknown> {
  const place = { byte: null, line: number };
  let value: unknown;
  try {
    value = parseJson(line, name);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new TextError(
      name,
      'bad record',
      `line ${number}, column ${error.column}, is no JSON: ${error.problem}; each line is one JSON object or string`,
      place,
    );
  }
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  throw new TextError(
    name,
    'bad record',
    `line ${number} is ${kind}; each line is one JSON object or string`,
    place,
  );
}

/** Fields that hold text, or nothing where there may be text in the next object. */
function fieldsOfText(value: Record<string, unknown>): string[] {
  return Object.keys(value).filter((key) => typeof value[key] === 'string' || value[key] === null);
}

function wellFormed(text: string, line: string): string {
  return ESCAPED_SURROGATE.test(line) ? text.replace(LONE_SURROGATE, '\uFFFD') : text;
}
