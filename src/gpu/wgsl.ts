/**
 * The one step between a `.wgsl` file and the shader that is compiled: constants are written in front, and three kinds
 * of comment lines are carried out.
 *
 *     //#include NAME                    the text of shaders/prelude/NAME.wgsl, written out in the same way, once
 *     //#if NAME … //#else … //#end      kept where the constant NAME is true, or a number other than 0
 *     //#for d in 0..N, e = d + M        the lines up to //#end once for each d, with $d and $e replaced
 *
 * Loops are unrolled here because registers must be named: an array indexed by a loop variable lies in memory on some
 * devices. N and M are integers or names of constants. `enable` lines go to the top, where WGSL wants them.
 */

/** A specialisation constant: a whole number (u32), a boolean, or a float as {@link f32} marks it. */
export type Constant = number | boolean | { readonly f32: number };
export type Constants = Readonly<Record<string, Constant>>;

export function f32(value: number): { readonly f32: number } {
  return { f32: value };
}

class WgslTemplateError extends Error {
  override readonly name = 'WgslTemplateError';
  constructor({ file, number }: Line, problem: string) {
    super(`shaders/${file}.wgsl:${number}: ${problem}`);
  }
}

function declaration(name: string, constant: Constant): string {
  if (typeof constant === 'boolean') return `const ${name}: bool = ${constant};`;
  if (typeof constant === 'number') return `const ${name}: u32 = ${constant}u;`;
  // A float is written so that it reads back as the same 32 bits.
  const text = String(Math.fround(constant.f32));
  return `const ${name}: f32 = ${/[.e]/.test(text) ? text : `${text}.0`};`;
}

/** `file` is relative to `shaders/`, without its ending. */
type Line = { readonly text: string; readonly file: string; readonly number: number };

function linesOf(file: string, source: string): Line[] {
  return source
    .trimEnd()
    .split('\n')
    .map((text, index) => ({ text, file, number: index + 1 }));
}

/**
 * Writes out `source` with `constants`.
 * @throws Error naming file and line where a directive cannot be carried out.
 */
export function specialise(
  name: string,
  source: string,
  constants: Constants,
  prelude: Readonly<Record<string, string>>,
): string {
  const included = new Set<string>();

  const fail = (line: Line, problem: string): never => {
    throw new WgslTemplateError(line, problem);
  };
  const whole = (line: Line, text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : constants[text];
    return typeof value === 'number' ? value : fail(line, `${text} is not a whole number`);
  };
  const replaceAll = (body: readonly Line[], variable: string, value: number): Line[] =>
    body.map((line) => ({ ...line, text: line.text.replaceAll(`$${variable}`, String(value)) }));

  /** Index of the `//#end` (or `//#else`) that closes the block opened before `from`. */
  const closing = (body: readonly Line[], from: number, opener: Line, stops: RegExp): number => {
    let depth = 0;
    for (let i = from; i < body.length; i++) {
      const text = body[i]?.text ?? '';
      if (depth === 0 && stops.test(text)) return i;
      if (/^\/\/#(if|for)\b/.test(text)) depth++;
      if (/^\/\/#end\b/.test(text)) depth--;
    }
    return fail(opener, 'is never closed by //#end');
  };

  const expand = (body: readonly Line[], out: string[]): void => {
    for (let i = 0; i < body.length; i++) {
      const line = body[i] as Line;
      const [, directive, rest = ''] = /^\/\/#(\w+)\s*(.*)$/.exec(line.text) ?? [];
      if (directive === undefined) {
        out.push(line.text);
      } else if (directive === 'include') {
        const file = `prelude/${rest.trim()}`;
        const text = prelude[rest.trim()] ?? fail(line, `there is no ${file}.wgsl`);
        if (!included.has(file)) {
          included.add(file);
          expand(linesOf(file, text), out);
        }
      } else if (directive === 'if') {
        const end = closing(body, i + 1, line, /^\/\/#end\b/);
        const otherwise = closing(body, i + 1, line, /^\/\/#(else|end)\b/);
        if (constants[rest.trim()]) expand(body.slice(i + 1, otherwise), out);
        else if (otherwise < end) expand(body.slice(otherwise + 1, end), out);
        i = end;
      } else if (directive === 'for') {
        const match = /^(\w+) in (\w+)\.\.(\w+)(?:, (\w+) = (\w+) \+ (\w+))?$/.exec(rest.trim());
        const [, variable = '', from = '', to = '', second, , distance = ''] =
          match ?? fail(line, `cannot read "${line.text}"`);
        const end = closing(body, i + 1, line, /^\/\/#end\b/);
        for (let value = whole(line, from); value < whole(line, to); value++) {
          let copy = replaceAll(body.slice(i + 1, end), variable, value);
          if (second) copy = replaceAll(copy, second, value + whole(line, distance));
          expand(copy, out);
        }
        i = end;
      } else {
        fail(line, `does not know //#${directive}`);
      }
    }
  };

  const body: string[] = [];
  expand(linesOf(name, source), body);
  const isDirective = (line: string) => line.startsWith('enable ');
  return `${[
    ...body.filter(isDirective),
    ...Object.entries(constants).map(([key, value]) => declaration(key, value)),
    ...body.filter((line) => !isDirective(line)),
  ]
    .join('\n')
    .trimEnd()}\n`;
}
