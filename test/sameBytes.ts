/** Before each test file: typed arrays are compared byte by byte, which vitest does by way of an iterator and a thousand times slower. */

import { expect } from 'vitest';

type Bytes = ArrayBufferView & { readonly constructor: unknown };

function isTypedArray(value: unknown): value is Bytes {
  return ArrayBuffer.isView(value);
}

/** Whether both are typed arrays of one kind that hold the same bytes; where not, vitest's own comparison says whether and how they differ. */
export function sameBytes(a: unknown, b: unknown): true | undefined {
  if (!isTypedArray(a) || !isTypedArray(b) || a.constructor !== b.constructor) return undefined;
  const bytesOf = ({ buffer, byteOffset, byteLength }: Bytes) => Buffer.from(buffer, byteOffset, byteLength);
  return bytesOf(a).equals(bytesOf(b)) || undefined;
}

const ADDED = Symbol.for('m3lab: typed arrays are compared by their bytes');
const seen = globalThis as { [ADDED]?: boolean };
// Files that share a process share the testers of `expect` too.
if (seen[ADDED] !== true) {
  seen[ADDED] = true;
  expect.addEqualityTesters([sameBytes]);
}
