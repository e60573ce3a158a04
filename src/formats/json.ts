/** JSON text, with errors that say where: line, column, and the field whose value cannot be read. */

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Text that is not JSON. `line` and `column` count from 1; `path` is the field, e.g. `optimizer.learningRate`. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly problem: string;
  constructor(file: string, place: { line: number; column: number; path: string }, problem: string) {
    const at = place.path === '' ? '' : ` ${place.path}:`;
    super(`${file}, line ${place.line}, column ${place.column}:${at} ${problem}`);
    this.file = file;
    this.line = place.line;
    this.column = place.column;
    this.path = place.path;
    this.problem = problem;
  }
}

/** Whether a value of JSON is an object in braces. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON text; `name` is the file it came from. Throws {@link JsonError}. */
export function parseJson(text: string, name: string): unknown {
  // Editors on some systems put a byte order mark first, which JSON.parse refuses.
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw locate(body, name) ?? new JsonError(name, { line: 1, column: 1, path: '' }, error.message);
  }
}

/** JSON with keys in alphabetical order and no white space: one text for one value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonicalJson(child)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Walks text that JSON.parse refused and finds the first place where it stops being JSON. */
function locate(text: string, name: string): JsonError | null {
  const scanner = new Scanner(text);
  try {
    scanner.value();
    scanner.end();
    return null;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = text.slice(0, scanner.position).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return new JsonError(name, { line: before.length, column, path: scanner.path.join('.') }, error.message);
  }
}

class Stop extends Error {}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\t\r\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /[A-Za-z_$][\w$]*|-Infinity/y;

class Scanner {
  position = 0;
  readonly path: (string | number)[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  value(): void {
    this.space();
    const next = this.text[this.position];
    if (next === undefined) throw new Stop('the text ends where a value should be');
    if (next === '{') this.members('}', () => this.member());
    else if (next === '[') this.items();
    else if (next === '"') this.string();
    else if (!this.take(NUMBER)) this.word();
    this.space();
  }

  end(): void {
    this.space();
    if (this.position < this.text.length) throw new Stop('there is more text after the end of the value');
  }

  private items(): void {
    let index = 0;
    this.members(']', () => {
      this.path.push(index++);
      this.value();
      this.path.pop();
    });
  }

  private member(): void {
    this.space();
    if (this.text[this.position] !== '"') throw new Stop('a field name in double quotes is missing here');
    const key = this.string();
    this.space();
    if (this.text[this.position] !== ':') throw new Stop(`a colon is missing after "${key}"`);
    this.position++;
    this.path.push(key);
    this.value();
    this.path.pop();
  }

  private members(close: '}' | ']', read: () => void): void {
    this.position++;
    this.space();
    if (this.text[this.position] === close) {
      this.position++;
      return;
    }
    for (;;) {
      read();
      this.space();
      const next = this.text[this.position];
      if (next !== close && next !== ',') throw new Stop(`a comma or ${close} is missing here`);
      this.position++;
      if (next === close) return;
    }
  }

  private string(): string {
    const found = this.take(STRING);
    if (found === null)
      throw new Stop('this text in quotes is not closed, or holds a character JSON refuses');
    return found.slice(1, -1);
  }

  private word(): void {
    const start = this.position;
    const word = this.take(WORD);
    if (word === 'true' || word === 'false' || word === 'null') return;
    this.position = start;
    if (word === 'NaN' || word === 'Infinity' || word === '-Infinity') {
      throw new Stop(`${word} is not a number; write a finite one`);
    }
    throw new Stop(
      word === null ? 'a value is missing here' : `${word} is not a JSON value; text needs double quotes`,
    );
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.position += found.length;
    return found;
  }

  private space(): void {
    while (' \t\r\n'.includes(this.text[this.position] ?? 'x')) this.position++;
  }
}
