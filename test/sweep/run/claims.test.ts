import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../../src/store/memory.ts';
import { Claims, type Identity } from '../../../src/sweep/run/claims.ts';

const decode = (bytes: Uint8Array | null) => JSON.parse(new TextDecoder().decode(bytes ?? undefined));

/** Processes on one folder, all with one clock that the test moves. */
function processes(store = new MemoryStore()) {
  const clock = { now: 0 };
  const dead = new Set<number>();
  const open = async (pid: number, changes: Partial<Identity> = {}) => {
    const identity = {
      owner: `owner-${pid}`,
      host: 'here',
      space: 'one',
      pid,
      isAlive: (other: number) => !dead.has(other),
      ...changes,
    };
    const claims = new Claims(store, identity, { now: () => clock.now });
    await claims.beat();
    return claims;
  };
  return { store, clock, dead, open };
}

test('a run is the first one’s who asks, and its own again when asked for again', async () => {
  const { open, store } = processes();
  const [a, b] = [await open(1), await open(2)];
  expect(await a.take('run')).toEqual({ taken: true });
  expect(await a.take('run')).toEqual({ taken: true });
  expect(await b.take('run')).toEqual({
    taken: false,
    holder: { owner: 'owner-1', host: 'here', pid: 1, isAlive: false },
  });
  expect(a.held).toEqual(['run']);
  expect(await store.list('claims')).toEqual(['claims/run.1.json']);
});

test('of many who ask at once one has it', async () => {
  const { open } = processes();
  const all = await Promise.all(Array.from({ length: 10 }, (_, pid) => open(pid + 1)));
  const taken = await Promise.all(all.map((claims) => claims.take('run')));
  expect(taken.filter((one) => one.taken)).toHaveLength(1);
});

describe('who may be taken over', () => {
  test('one that has ended, at once; its claims of finished runs are gone, and its own file with the last of them', async () => {
    const { open, store } = processes();
    const [a, b] = [await open(1), await open(2)];
    for (const id of ['x', 'y']) await a.take(id);
    await a.clear('x');
    await a.end();
    expect(await store.list('claims')).toEqual(['claims/y.1.json']);
    expect(decode(await store.read('owners/owner-1.json'))).toMatchObject({ ended: true });
    expect(await b.take('y')).toEqual({ taken: true });
    expect(await store.list('claims')).toEqual(['claims/y.1.json', 'claims/y.2.json']);
    await b.clear('y');
    await b.end();
    expect(await store.list('')).toEqual([]);
  });

  test('one whose process is gone from this machine, at once; in another machine or container nobody knows', async () => {
    const { open, dead } = processes();
    const gone = await open(1);
    await gone.take('run');
    dead.add(1);
    const elsewhere = await open(1, { owner: 'there', host: 'there' });
    await elsewhere.take('there');
    const contained = await open(1, { owner: 'contained', space: 'two' });
    await contained.take('contained');
    const b = await open(2);
    expect(await b.take('run')).toEqual({ taken: true });
    expect(await b.take('there')).toMatchObject({ taken: false });
    expect(await b.take('contained')).toMatchObject({ taken: false });
  });

  test('one whose beat stands still for 90 s of the observer’s clock; not one whose beat moves', async () => {
    const { open, clock } = processes();
    const a = await open(1, { host: 'there' });
    await a.take('run');
    const b = await open(2);
    for (; clock.now < 300_000; clock.now += 10_000) {
      expect(await b.take('run')).toMatchObject({ taken: false, holder: { isAlive: clock.now > 0 } });
      await a.beat();
    }
    expect(await b.take('run')).toMatchObject({ taken: false });
    clock.now += 89_000;
    expect(await b.take('run')).toMatchObject({ taken: false });
    clock.now += 1000;
    expect(await b.take('run')).toEqual({ taken: true });
  });

  test('one that wrote its claim and nothing else, or half of it, after the same time', async () => {
    const { open, clock, store } = processes();
    const b = await open(2);
    await store.write('claims/half.1.json', new TextEncoder().encode('{"version":1,"i'));
    await store.write(
      'claims/mute.1.json',
      new TextEncoder().encode('{"version":1,"id":"mute","generation":1,"owner":"mute"}'),
    );
    for (const id of ['half', 'mute']) expect(await b.take(id)).toMatchObject({ taken: false });
    clock.now += 90_000;
    for (const id of ['half', 'mute']) expect(await b.take(id)).toEqual({ taken: true });
  });
});

test('who was taken for dead finds the higher generation, loses the run, and may have it again when it is free', async () => {
  const { open, clock } = processes();
  const a = await open(1, { host: 'there' });
  for (const id of ['x', 'y']) await a.take(id);
  const b = await open(2);
  await b.take('x');
  clock.now += 90_000;
  await b.take('x');
  expect(a.isLost('x')).toBe(false);
  expect(await a.check()).toEqual(['x']);
  expect(await a.check()).toEqual([]);
  expect([a.isLost('x'), a.isLost('y'), a.held]).toEqual([true, false, ['y']]);
  await b.beat();
  expect(await a.take('x')).toMatchObject({ taken: false, holder: { pid: 2 } });
  await b.end();
  expect(await a.take('x')).toEqual({ taken: true });
  expect(a.isLost('x')).toBe(false);
});

test('a beat that comes late does not undo the end', async () => {
  const { open, store } = processes();
  const a = await open(1);
  await a.take('run');
  const late = a.beat();
  await a.end();
  await late;
  await a.beat();
  expect(decode(await store.read('owners/owner-1.json'))).toMatchObject({ ended: true });
});

test('who holds what', async () => {
  const { open, dead } = processes();
  const [a, b, c] = [await open(1), await open(2), await open(3)];
  await a.take('x');
  await b.take('y');
  await c.take('z');
  dead.add(2);
  await c.end();
  const holders = await (await open(4)).holders();
  expect([...holders].map(([id, { pid }]) => [id, pid])).toEqual([['x', 1]]);
});
