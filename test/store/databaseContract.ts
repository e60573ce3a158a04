/** What every database promises, as tests; each kind runs them where it lives. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { Change, Database } from '../../src/store/database.ts';

const settings = (...keys: string[]): Change[] =>
  keys.map((key) => ({ shelf: 'settings', key, put: { of: key } }));

/** `open` gives an empty database each time. */
export function describeDatabase(name: string, open: () => Promise<Database>): void {
  describe(`the ${name} database`, () => {
    let database: Database;
    beforeEach(async () => {
      database = await open();
    });

    test('gives back what was put, and null for what was not', async () => {
      expect(await database.get('settings', 'a')).toBeNull();
      await database.change(settings('a'));
      expect(await database.get('settings', 'a')).toEqual({ of: 'a' });
      // A shelf is no other shelf.
      expect(await database.get('queue', 'a')).toBeNull();
    });

    test('puts in the place of what was there, and removes without minding', async () => {
      await database.change(settings('a'));
      await database.change([{ shelf: 'settings', key: 'a', put: 'new' }]);
      expect(await database.get('settings', 'a')).toBe('new');
      await database.change([
        { shelf: 'settings', key: 'a', remove: true },
        { shelf: 'settings', key: 'never', remove: true },
      ]);
      expect(await database.list('settings')).toEqual([]);
    });

    test('lists in the order of keys, page after page', async () => {
      await database.change(settings('c', 'a', 'b', 'B'));
      const keys = async (page?: { after?: string | null; most?: number }) =>
        (await database.list('settings', page)).map(({ key }) => key);
      expect(await keys()).toEqual(['B', 'a', 'b', 'c']);
      expect(await keys({ most: 2 })).toEqual(['B', 'a']);
      expect(await keys({ after: 'a', most: 2 })).toEqual(['b', 'c']);
      expect(await keys({ after: 'c' })).toEqual([]);
      expect(await keys({ after: null })).toHaveLength(4);
    });

    test('keeps bytes, and a copy of its own', async () => {
      const packed = Uint8Array.of(1, 2, 3);
      await database.change([{ shelf: 'records', key: 'r', put: { packed } }]);
      packed[0] = 9;
      expect([...((await database.get('records', 'r'))?.packed ?? [])]).toEqual([1, 2, 3]);
    });

    test('makes changes on several shelves at once', async () => {
      await database.change([
        { shelf: 'queue', key: 'q', put: { id: 'q', place: 0, value: null } },
        { shelf: 'settings', key: 's', put: 1 },
      ]);
      expect(await database.get('queue', 'q')).toEqual({ id: 'q', place: 0, value: null });
      expect(await database.get('settings', 's')).toBe(1);
      await database.change([]);
    });
  });
}
