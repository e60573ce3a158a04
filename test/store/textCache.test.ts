import { expect, test } from 'vitest';
import type { TextFacts } from '../../src/formats/cachedText.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { TextCache } from '../../src/store/textCache.ts';
import { PIECE_BYTES, PieceLostError } from '../../src/store/textPieces.ts';

const facts = (spec: string): TextFacts => ({
  spec,
  date: '2026-01-02T03:04:05.678Z',
  files: [{ name: 'f', url: 'https://example.org/f', size: 7, version: null }],
  documents: 2,
  textBytes: 5,
});

function open(store: Store = new MemoryStore()) {
  const problems: string[] = [];
  return { cache: new TextCache(store, (words) => problems.push(words)), problems, store };
}

async function keep(cache: TextCache, spec: string, lines: readonly string[]): Promise<void> {
  const writer = cache.begin();
  for (const line of lines) await writer.add(line);
  await writer.commit(facts(spec));
}

async function linesOf(cache: TextCache, spec: string): Promise<string[] | null> {
  const kept = await cache.open(spec);
  if (!kept) return null;
  const lines: string[] = [];
  for await (const line of kept.lines()) lines.push(line);
  return lines;
}

/** Longer than two pieces, of characters of three bytes, so that the cuts fall into lines and into a character. */
const LONG = ['short', '語'.repeat(Math.ceil(PIECE_BYTES / 2)), '', 'ሀ'.repeat(PIECE_BYTES / 4), 'end'];

test('lines come back as they were, whatever lies where the pieces are cut', async () => {
  const { cache, store, problems } = open();
  expect(await cache.open('a')).toBeNull();
  await keep(cache, 'a', LONG);
  const pieces = (await cache.find('a'))?.pieces ?? [];
  expect(pieces.map(({ bytes }) => bytes).slice(0, -1)).toEqual(pieces.slice(1).map(() => PIECE_BYTES));
  expect(pieces.length).toBeGreaterThan(2);
  const found = await linesOf(open(store).cache, 'a');
  expect(found?.map(({ length }) => length)).toEqual(LONG.map(({ length }) => length));
  expect(found?.join('\n') === LONG.join('\n')).toBe(true);
  expect((await cache.open('a'))?.text).toMatchObject(facts('a'));
  expect(problems).toEqual([]);
});

test('a text without a line is one', async () => {
  const { cache } = open();
  await keep(cache, 'a', []);
  expect(await linesOf(cache, 'a')).toEqual([]);
});

test('texts that begin alike share what they have in common, and a removed one takes only its own along', async () => {
  const { cache, store } = open();
  await keep(cache, 'a', LONG);
  await keep(cache, 'b', [...LONG, 'and more']);
  const own = (spec: string) =>
    cache.find(spec).then((text) => text?.pieces.map(({ sha256 }) => sha256) ?? []);
  const [ofA, ofB] = [await own('a'), await own('b')];
  expect(ofA.slice(0, -1)).toEqual(ofB.slice(0, -1));
  expect(await store.list('texts/pieces')).toHaveLength(ofA.length + 1);
  const sizes = (await cache.list()).map(({ pieces }) => pieces.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(await cache.size()).toBe(
    2 * PIECE_BYTES + sizes.reduce((sum, bytes) => sum + bytes - 2 * PIECE_BYTES, 0),
  );
  await cache.remove('a');
  expect((await cache.list()).map(({ spec }) => spec)).toEqual(['b']);
  expect(await store.list('texts/pieces')).toHaveLength(ofB.length);
  expect((await linesOf(cache, 'b'))?.at(-1)).toBe('and more');
  await cache.remove('b');
  expect(await store.list('')).toEqual([]);
});

test('a newer text takes the place of the older one for its spec', async () => {
  const { cache, store } = open();
  await keep(cache, 'a', ['old']);
  await keep(cache, 'a', ['new']);
  expect(await linesOf(cache, 'a')).toEqual(['new']);
  expect(await store.list('texts/pieces')).toHaveLength(1);
});

test('nothing is found before all is written, nor after a writer gave up', async () => {
  const { cache, store } = open();
  const writer = cache.begin();
  await writer.add('x'.repeat(PIECE_BYTES));
  expect(await store.list('texts/pieces')).toHaveLength(1);
  expect(await cache.open('a')).toBeNull();
  await writer.abandon();
  await writer.commit(facts('a'));
  expect(await store.list('')).toEqual([]);
});

test('a text that is being written keeps its pieces while others come and go', async () => {
  const { cache } = open();
  await keep(cache, 'old', ['old']);
  const writer = cache.begin();
  await writer.add('x'.repeat(PIECE_BYTES));
  await cache.remove('old');
  const other = cache.begin();
  await other.add('x'.repeat(PIECE_BYTES));
  await other.abandon();
  await writer.commit(facts('new'));
  expect((await linesOf(cache, 'new'))?.map(({ length }) => length)).toEqual([PIECE_BYTES]);
});

test.each([
  ['torn', (bytes: Uint8Array) => bytes.subarray(0, 3)],
  ['changed', (bytes: Uint8Array) => bytes.map((byte, i) => (i === 2 ? byte ^ 1 : byte))],
  ['gone', () => null],
])(
  'a piece that is %s gives itself away: the text is told of, removed, and can be kept anew',
  async (_, damage) => {
    const { cache, problems, store } = open();
    await keep(cache, 'a', ['one', 'two']);
    const [path = ''] = await store.list('texts/pieces');
    const bytes = damage((await store.read(path))!);
    if (bytes) await store.write(path, bytes);
    else await store.remove(path);
    expect(await cache.open('a')).toBeNull();
    expect(problems).toEqual(['the text kept for a is damaged; it is fetched anew']);
    expect(await store.list('')).toEqual([]);
    await keep(cache, 'a', ['one', 'two']);
    expect(await linesOf(cache, 'a')).toEqual(['one', 'two']);
  },
);

test('a piece that goes while its text is read is an error, not an end', async () => {
  const { cache, store } = open();
  await keep(cache, 'a', LONG);
  const kept = await cache.open('a');
  const reading = (async () => {
    for await (const _ of kept?.lines() ?? []) await store.remove('texts/pieces');
  })();
  await expect(reading).rejects.toThrow(PieceLostError);
});

test.each(['half of a fi', '{"version": 2}', '{"version": 1, "spec": 3}'])(
  'an index that reads %s is told of, and counts as nothing',
  async (words) => {
    const { cache, problems, store } = open();
    await keep(cache, 'a', ['one']);
    const [path = ''] = await store.list('texts/index');
    await store.write(path, new TextEncoder().encode(words));
    expect(await cache.open('a')).toBeNull();
    expect(problems).toEqual([expect.stringMatching(/^a text that was kept cannot be used \(texts\/index/)]);
    expect(await cache.list()).toEqual([]);
    expect(problems).toHaveLength(1);
  },
);

test('a store that fails in the middle is told once, and loses no other text', async () => {
  class Failing extends MemoryStore {
    isFull = false;
    override async write(path: string, bytes: Uint8Array): Promise<void> {
      if (this.isFull) throw new Error('no more');
      await super.write(path, bytes);
    }
  }
  const store = new Failing();
  const { cache, problems } = open(store);
  await keep(cache, 'a', ['one']);
  const writer = cache.begin();
  await writer.add('x'.repeat(PIECE_BYTES));
  store.isFull = true;
  await writer.add('y'.repeat(PIECE_BYTES));
  await writer.add('z');
  await writer.commit(facts('b'));
  expect(problems).toEqual(['the fetched text is not kept (no more); it will be fetched again next time']);
  expect(await store.list('texts/pieces')).toHaveLength(1);
  expect(await linesOf(cache, 'a')).toEqual(['one']);
});

test('a store that cannot be read is told of, and nothing in it is taken for unused', async () => {
  class Unreadable extends MemoryStore {
    isShut = false;
    override async read(path: string): Promise<Uint8Array | null> {
      if (this.isShut) throw new Error('no access');
      return super.read(path);
    }
  }
  const store = new Unreadable();
  const { cache, problems } = open(store);
  await keep(cache, 'a', ['one']);
  await keep(cache, 'b', ['two']);
  store.isShut = true;
  expect(await cache.open('a')).toBeNull();
  await cache.remove('b');
  expect(problems).toEqual([
    'the texts that are kept cannot be read (no access); they are fetched anew',
    'the text kept for b cannot be removed (no access)',
  ]);
  store.isShut = false;
  expect(await linesOf(cache, 'a')).toEqual(['one']);
});
