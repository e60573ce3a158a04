import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { lawRunsOf } from '../../../src/formats/lawRuns.ts';
import type { OwnLawFile } from '../../../src/formats/ownLaw.ts';
import { keepOwnLaws } from '../../../src/page/fit/openFits.ts';
import { Tables } from '../../../src/page/fit/tables.ts';
import type { Failure } from '../../../src/worker/api/outcome.ts';
import { keeper } from './keeper.ts';
import { rowOf } from './runs.ts';

const law = (name: string): OwnLawFile => ({
  version: 1,
  name,
  formula: 'E + A / N^alpha',
  parameters: [{ name: 'E' }, { name: 'A' }, { name: 'alpha' }],
});
const FAILURE: Failure = { kind: 'storage', message: 'It cannot be read.', advice: '' };

describe('laws of one’s own', () => {
  it('come back, and are kept as they change', async () => {
    const { client, written } = keeper([law('a')]);
    const ownLaws = signal<readonly OwnLawFile[]>([law('b')]);
    await keepOwnLaws({ ownLaws }, client, () => {});
    expect(ownLaws.value.map(({ name }) => name)).toEqual(['a', 'b']);
    // What was written before the others came is kept with them.
    await vi.waitFor(() => expect(written()).toEqual([[law('a'), law('b')]]));
    ownLaws.value = [law('a')];
    await vi.waitFor(() => expect(written().at(-1)).toEqual([law('a')]));
  });

  it('that somebody else has put there or removed meanwhile are left as they are', async () => {
    const { client, written, put } = keeper([law('a'), law('b')]);
    const ownLaws = signal<readonly OwnLawFile[]>([]);
    await keepOwnLaws({ ownLaws }, client, () => {});
    put([law('b'), law('brought')]);
    ownLaws.value = [law('a'), law('c')];
    await vi.waitFor(() => expect(written()).toEqual([[law('brought'), law('c')]]));
    put(null);
    ownLaws.value = [law('a'), law('c'), law('d')];
    await vi.waitFor(() => expect(written().at(-1)).toEqual([law('d')]));
  });

  it('that have come by another way are taken in, and not written again', async () => {
    const { client, written, put } = keeper([law('a')]);
    const ownLaws = signal<readonly OwnLawFile[]>([]);
    const readAgain = await keepOwnLaws({ ownLaws }, client, () => {});
    put([law('a'), law('brought')]);
    await readAgain();
    expect(ownLaws.value.map(({ name }) => name)).toEqual(['a', 'brought']);
    expect(written()).toEqual([]);
  });

  it('of another version stay where they are', async () => {
    const newer = { version: 2, name: 'new', surface: 'x' };
    const { client, written } = keeper([law('a'), newer]);
    const ownLaws = signal<readonly OwnLawFile[]>([]);
    await keepOwnLaws({ ownLaws }, client, () => {});
    expect(ownLaws.value.map(({ name }) => name)).toEqual(['a']);
    expect(written()).toEqual([]);
    ownLaws.value = [law('a'), law('new')];
    await vi.waitFor(() => expect(written()).toEqual([[law('a'), newer, law('new')]]));
  });

  it('that cannot be read are said, and not written over', async () => {
    const { client, written } = keeper(null, ['setting']);
    const tell = vi.fn();
    const ownLaws = signal<readonly OwnLawFile[]>([]);
    await keepOwnLaws({ ownLaws }, client, tell);
    ownLaws.value = [law('b')];
    expect(written()).toEqual([]);
    expect(tell).toHaveBeenCalledWith(expect.stringContaining('cannot be read'));
  });

  it('that cannot be kept are said', async () => {
    const { client } = keeper([], ['keepSetting']);
    const tell = vi.fn();
    const ownLaws = signal<readonly OwnLawFile[]>([]);
    await keepOwnLaws({ ownLaws }, client, tell);
    ownLaws.value = [law('b')];
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith(expect.stringContaining('could not be kept')));
  });
});

describe('tables of earlier visits', () => {
  const open = (answers: Record<string, unknown>) => {
    const send = async ({ command }: { readonly command: string }) =>
      answers[command] === undefined
        ? { ok: false, failure: FAILURE }
        : { ok: true, value: answers[command] };
    return new Tables({ client: { send }, law: { send } } as unknown as ConstructorParameters<
      typeof Tables
    >[0]);
  };
  const listed = [{ id: 'runs-1', name: 'runs.csv', choices: null, at: 0 }];

  it('are said where they cannot be listed, fetched or read', async () => {
    for (const [answers, words] of [
      [{}, 'cannot be listed'],
      [{ tables: listed }, 'runs.csv was brought along and cannot be read'],
      [{ tables: listed, table: { text: 'N,loss' } }, 'runs.csv was brought along and cannot be read'],
    ] as const) {
      const tables = open(answers);
      await tables.load();
      expect(tables.lost.value).toEqual([expect.stringContaining(words)]);
      expect(tables.list.value).toEqual([]);
    }
  });

  it('are nothing to speak of where one was removed meanwhile', async () => {
    const tables = open({ tables: listed, table: null });
    await tables.load();
    expect(tables.lost.value).toEqual([]);
  });

  /** A worker that keeps tables, and reads each as one run. */
  const openKeeping = () => {
    const kept = new Map<string, { readonly id: string; readonly name: string; readonly text: string }>();
    const found = {
      ok: true,
      runs: lawRunsOf(0, [rowOf('a')]),
      about: { columns: {}, leftOut: [], sources: [], notes: [] },
      groups: [],
    };
    const send = async (command: {
      command: string;
      id: string;
      table: { id: string; name: string; text: string };
    }) => {
      const answers: Record<string, () => unknown> = {
        tables: () => [...kept.values()],
        table: () => kept.get(command.id) ?? null,
        keepTable: () => kept.set(command.table.id, command.table) && null,
        removeTable: () => kept.delete(command.id) && null,
        importTable: () => found,
      };
      return { ok: true, value: answers[command.command]?.() ?? null };
    };
    const doors = { client: { send }, law: { send } } as unknown as ConstructorParameters<typeof Tables>[0];
    return { tables: new Tables(doors), kept };
  };
  const titles = (tables: Tables) => tables.list.value.map(({ title }) => title);

  it('come back where a person takes back that they were removed, however many', async () => {
    const { tables, kept } = openKeeping();
    for (const name of ['a.csv', 'b.csv']) await tables.add(name, new Blob(['N,loss']), {});
    for (const { id } of tables.list.value) await tables.remove(id);
    expect([titles(tables), kept.size]).toEqual([[], 0]);
    expect(tables.removed.value.map(({ name }) => name)).toEqual(['b.csv', 'a.csv']);
    for (const table of tables.removed.value) await tables.putBack(table);
    expect([titles(tables), kept.size]).toEqual([['b.csv', 'a.csv'], 2]);
    expect(tables.removed.value).toEqual([]);
    expect(tables.lost.value).toEqual([]);
  });

  it('take the place of one of the same name, which can be put back in turn', async () => {
    const { tables, kept } = openKeeping();
    await tables.add('a.csv', new Blob(['old']), {});
    const [before] = tables.list.value;
    expect(await tables.add('a.csv', new Blob(['new']), {})).toMatchObject({
      replaced: [{ title: 'a.csv' }],
    });
    expect(tables.list.value.map(({ key }) => key)).toEqual([before?.key]);
    expect([...kept.values()].map(({ text }) => text)).toEqual(['new']);
    const [old] = tables.removed.value;
    if (old) await tables.putBack(old);
    expect([...kept.values()].map(({ text }) => text)).toEqual(['old']);
    expect(tables.removed.value.map(({ text }) => text)).toEqual(['new']);
  });

  it('are taken in when they come to the storage by another way, and only those', async () => {
    const { tables, kept } = openKeeping();
    await tables.add('a.csv', new Blob(['N,loss']), {});
    kept.set('brought', { id: 'brought', name: 'b.csv', text: 'N,loss' });
    await tables.load();
    expect(titles(tables)).toEqual(['a.csv', 'b.csv']);
  });
});
