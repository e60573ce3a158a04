import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputFolder } from '../../../src/cli/files/outputFolder.ts';
import { InputError } from '../../../src/cli/report.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'm3lab-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const FILES = new Map([
  ['a.txt', Uint8Array.of(97)],
  ['deep/er/b.txt', Uint8Array.of(98)],
]);

test.each(['that is not there', 'that is empty', 'behind a link'])(
  'a folder %s is there at once, and whole',
  async (kind) => {
    const path = join(root, 'out');
    const place = kind === 'behind a link' ? join(root, 'place') : path;
    if (kind !== 'that is not there') mkdirSync(place);
    if (place !== path) symlinkSync(place, path);
    const folder = await OutputFolder.begin(path, '--out');
    await folder.write(FILES);
    if (kind === 'that is not there') expect(readdirSync(root)).not.toContain('out');
    else expect(readdirSync(path)).toEqual([]);
    await folder.commit();
    expect(readFileSync(join(place, 'deep', 'er', 'b.txt'), 'utf8')).toBe('b');
    expect(readdirSync(root)).toEqual(place === path ? ['out'] : ['out', 'place']);
  },
);

test('what is given up leaves nothing', async () => {
  const folder = await OutputFolder.begin(join(root, 'out'), '--out');
  await folder.write(FILES);
  await folder.abandon();
  expect(readdirSync(root)).toEqual([]);
});

test('what comes to lie there meanwhile stays', async () => {
  const path = join(root, 'out');
  const folder = await OutputFolder.begin(path, '--out');
  await folder.write(FILES);
  mkdirSync(path);
  writeFileSync(join(path, 'mine'), '');
  await expect(folder.commit()).rejects.toThrow(InputError);
  await folder.abandon();
  expect(readdirSync(root)).toEqual(['out']);
  expect(readdirSync(path)).toEqual(['mine']);
});
