import { expect, test } from 'vitest';
import { shortName } from '../../../src/page/shell/header/adapterName.ts';

const facts = (description: string) => ({
  vendor: 'nvidia',
  architecture: 'ampere',
  description,
  software: false,
});

test.each([
  ['NVIDIA GeForce RTX 3060 (0x2503)', 'NVIDIA GeForce RTX 3060'],
  ['SwiftShader Device (LLVM 10.0.0) (0x0000C0DE)', 'SwiftShader Device'],
  ['ANGLE (NVIDIA, NVIDIA GeForce', 'ANGLE'],
  ['', 'NVIDIA ampere'],
  ['Intel Iris Xe Graphics of the eleventh generation', 'Intel Iris Xe Graphics…'],
])('%s has its place in the header as %s', (description, short) => {
  expect(shortName(facts(description))).toBe(short);
});
