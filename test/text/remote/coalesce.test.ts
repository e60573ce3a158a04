import { expect, test } from 'vitest';
import type { ByteSource } from '../../../src/text/document.ts';
import { type CoalesceOptions, coalesced } from '../../../src/text/remote/coalesce.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

const SIZES = { tailBytes: 100, blockBytes: 100 };

function counting(
  fails = 0,
  options: CoalesceOptions = SIZES,
): { source: ByteSource; asked: [number, number][] } {
  const asked: [number, number][] = [];
  let left = fails;
  const source: ByteSource = {
    name: 'file',
    size: BYTES.length,
    stream: () => [BYTES],
    slice: async (start, end) => {
      asked.push([start, end]);
      if (left-- > 0) throw new Error('broken');
      return BYTES.slice(start, end);
    },
  };
  return { source: coalesced(source, options), asked };
}

async function read(source: ByteSource, start: number, end: number): Promise<void> {
  expect(await source.slice?.(start, end)).toEqual(BYTES.slice(start, end));
}

test('the end is fetched at once, however it is read', async () => {
  const { source, asked } = counting();
  await read(source, 992, 1000);
  await read(source, 940, 992);
  await read(source, 900, 1000);
  expect(asked).toEqual([[900, 1000]]);
  // An index that begins before it is another request, and only then.
  await read(source, 870, 1000);
  expect(asked).toEqual([
    [900, 1000],
    [870, 1000],
  ]);
});

test('a small part comes with what follows it, a large one alone', async () => {
  const { source, asked } = counting();
  await read(source, 100, 110);
  await read(source, 110, 200);
  await read(source, 300, 600);
  await read(source, 100, 105);
  // Not into the end, which has a block of its own.
  await read(source, 850, 860);
  expect(asked).toEqual([
    [100, 200],
    [300, 600],
    [850, 900],
  ]);
});

test('parts that are asked for at one time share one request', async () => {
  const { source, asked } = counting();
  await Promise.all([read(source, 10, 20), read(source, 30, 40), read(source, 50, 60)]);
  expect(asked).toEqual([[10, 110]]);
});

test('what failed is asked for again', async () => {
  const { source, asked } = counting(2);
  await expect(source.slice?.(10, 20)).rejects.toThrow('broken');
  await expect(source.slice?.(990, 1000)).rejects.toThrow('broken');
  await read(source, 10, 20);
  await read(source, 990, 1000);
  expect(asked).toHaveLength(4);
});

test('who changes what was given changes nothing that is given to others', async () => {
  const { source } = counting();
  const mine = await source.slice?.(10, 20);
  mine?.fill(0);
  await read(source, 10, 20);
});

test('the beginning is not asked for where it is known', async () => {
  const { source, asked } = counting(0, { ...SIZES, head: BYTES.slice(0, 16) });
  await read(source, 0, 16);
  expect(asked).toEqual([]);
  await read(source, 0, 17);
  expect(asked).toEqual([[0, 100]]);
});

test('nothing is given to those who do not want it any more', async () => {
  const { source, asked } = counting();
  await read(source, 990, 1000);
  await expect(source.slice?.(990, 1000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  expect(asked).toHaveLength(1);
});
