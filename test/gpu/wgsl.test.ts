import { describe, expect, test } from 'vitest';
import { f32, specialise } from '../../src/gpu/wgsl.ts';

const PRELUDE = { numbers: 'fn one() -> f32 { return 1.0; }\n' };
const write = (source: string, constants: Parameters<typeof specialise>[2] = {}) =>
  specialise('sample', source, constants, PRELUDE);

describe('a shader template', () => {
  test('is led by its constants, floats written to read back as the same 32 bits', () => {
    expect(write('x', { ROWS: 48, ADD: true, SCALE: f32(0.1), ONE: f32(1), TINY: f32(1e-5) })).toBe(
      [
        'const ROWS: u32 = 48u;',
        'const ADD: bool = true;',
        `const SCALE: f32 = ${Math.fround(0.1)};`,
        'const ONE: f32 = 1.0;',
        `const TINY: f32 = ${Math.fround(1e-5)};`,
        'x',
        '',
      ].join('\n'),
    );
  });

  test('includes a prelude once', () => {
    expect(write('//#include numbers\n//#include numbers\nx')).toBe('fn one() -> f32 { return 1.0; }\nx\n');
  });

  test('carries out what an included file asks for, and names it where it cannot', () => {
    const prelude = { loop: '//#for d in 0..N\nx$d\n//#end\n', broken: 'a\n//#loop\n' };
    expect(specialise('sample', '//#include loop', { N: 2 }, prelude)).toContain('\nx0\nx1\n');
    expect(() => specialise('sample', '//#include broken', {}, prelude)).toThrow(
      'shaders/prelude/broken.wgsl:2',
    );
  });

  test('puts what WGSL wants first before the constants', () => {
    expect(write('//#if QUADS\nenable subgroups;\n//#end\nx', { QUADS: true })).toBe(
      'enable subgroups;\nconst QUADS: bool = true;\nx\n',
    );
  });

  test('keeps and drops stretches by a constant', () => {
    const source = '//#if A\na\n//#if B\nab\n//#end\n//#else\nb\n//#end\nc';
    expect(write(source, { A: true, B: true })).toContain('\na\nab\nc\n');
    expect(write(source, { A: true, B: false })).toContain('\na\nc\n');
    expect(write(source, { A: false, B: true })).toContain('\nb\nc\n');
    expect(write(source, { A: 16, B: 0 })).toContain('\na\nc\n');
  });

  test('unrolls loops, nested ones too, and a second counter at a distance', () => {
    expect(write('//#for r in 0..2\n//#for c in 1..N\nx$r$cu\n//#end\n//#end', { N: 3 })).toContain(
      '\nx01u\nx02u\nx11u\nx12u\n',
    );
    expect(write('//#for d in 0..2, e = d + HALF\n$d$e\n//#end', { HALF: 2 })).toContain('\n02\n13\n');
  });

  test.each([
    ['//#for d in 0..N\nx\n//#end', 'shaders/sample.wgsl:1: N is not a whole number'],
    ['a\n//#if A\nx', 'shaders/sample.wgsl:2: is never closed by //#end'],
    ['//#include nothing', 'there is no prelude/nothing.wgsl'],
    ['//#loop', 'does not know //#loop'],
    ['//#for d from 1\n//#end', 'cannot read'],
  ])('%j is refused with its line', (source, message) => {
    expect(() => write(source)).toThrow(message);
  });
});
