/** Tables that were brought along, and settings. */

import type { JsonValue } from '../../formats/json.ts';
import type { Change, Database } from '../../store/database.ts';
import { pack, unpack } from '../../store/packed.ts';
import type { KeptTable } from '../api/storage.ts';

export class SmallThings {
  readonly #database: Promise<Database>;

  constructor(database: Promise<Database>) {
    this.#database = database;
  }

  /** The newest first, without their texts. */
  async tables(): Promise<Omit<KeptTable, 'text'>[]> {
    const entries = await (await this.#database).list('tables');
    return entries
      .map(({ key, value: { name, choices, at } }) => ({ id: key, name, choices, at }))
      .sort((a, b) => b.at - a.at);
  }

  async tableBytes(): Promise<Map<string, number>> {
    const entries = await (await this.#database).list('tables');
    return new Map(entries.map(({ key, value }) => [key, value.packed.length]));
  }

  async table(id: string): Promise<KeptTable | null> {
    const found = await (await this.#database).get('tables', id);
    if (!found) return null;
    const { packed, ...rest } = found;
    return { id, ...rest, text: await unpack(packed) };
  }

  /** Throws `StorageFullError`. */
  async keepTable({ id, text, ...rest }: KeptTable): Promise<void> {
    const put = { ...rest, packed: await pack(text) };
    await this.#change([{ shelf: 'tables', key: id, put }]);
  }

  removeTable(id: string): Promise<void> {
    return this.#change([{ shelf: 'tables', key: id, remove: true }]);
  }

  async setting(name: string): Promise<JsonValue> {
    return (await this.#database).get('settings', name);
  }

  /** Null removes it. Throws `StorageFullError`. */
  keepSetting(name: string, value: JsonValue): Promise<void> {
    const change = { shelf: 'settings', key: name } as const;
    return this.#change([value === null ? { ...change, remove: true } : { ...change, put: value }]);
  }

  async settings(): Promise<ReadonlyMap<string, JsonValue>> {
    const entries = await (await this.#database).list('settings');
    return new Map(entries.map(({ key, value }) => [key, value]));
  }

  async removeSettings(): Promise<void> {
    const names = [...(await this.settings()).keys()];
    await this.#change(names.map((key) => ({ shelf: 'settings', key, remove: true })));
  }

  async #change(changes: readonly Change[]): Promise<void> {
    await (await this.#database).change(changes);
  }
}
