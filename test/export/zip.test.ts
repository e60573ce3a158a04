import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipped } from '../../src/export/zip.ts';

const FILES = new Map([
  ['config.json', new TextEncoder().encode(`{"a": ${'1'.repeat(1000)}}`)],
  ['model.safetensors', new Uint8Array(1000).fill(7)],
  ['onnx/model.onnx', new Uint8Array(10)],
]);

test('a zip holds the files in one folder, weights as they are and words packed', () => {
  const zip = zipped(FILES, 'run-hf');
  const read = unzipSync(zip);
  expect(Object.keys(read)).toEqual([
    'run-hf/config.json',
    'run-hf/model.safetensors',
    'run-hf/onnx/model.onnx',
  ]);
  for (const [path, bytes] of FILES) expect(read[`run-hf/${path}`]).toEqual(bytes);
  expect(zip.length).toBeGreaterThan(1000);
  expect(zip.length).toBeLessThan(1600);
});

test('the same files give the same bytes at any time and in any place', () => {
  const zone = process.env.TZ;
  const zips = ['Asia/Tokyo', 'America/Los_Angeles'].map((place) => {
    process.env.TZ = place;
    return zipped(FILES, 'run-hf');
  });
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(zips[0]).toEqual(zips[1]);
  // 1 January 1980, 00:00 as MS-DOS writes it.
  expect([...zips[0]!.subarray(10, 14)]).toEqual([0, 0, 0x21, 0]);
});
