/** The lab behind the door as its tests use it: on a real device (Dawn in Node) and a store in memory. */

import { vi } from 'vitest';
import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { parseTrainConfig, type TrainConfig } from '../../src/formats/config.ts';
import { parseCorpusSpec } from '../../src/formats/corpusSpec.ts';
import { MemoryDatabase } from '../../src/store/memoryDatabase.ts';
import type { Store } from '../../src/store/store.ts';
import { READ_OPTIONS } from '../../src/text/document.ts';
import { documentsOfWorld } from '../../src/text/worldDocuments.ts';
import type { SavedFleet } from '../../src/worker/api/fleet.ts';
import type { Command, LabEvent, Reply } from '../../src/worker/api/lab.ts';
import type { Outcome } from '../../src/worker/api/outcome.ts';
import type { CorpusOrigin, Side } from '../../src/worker/api/texts.ts';
import { LabSession, type LabSessionOptions } from '../../src/worker/session.ts';
import { SharedDevice } from '../gpu/sharedDevice.ts';

/** How long a fleet of the size below may take while other tests have the cores. */
export const ENOUGH_MS = 60_000;
export const STEPS = 24;

/** Devices that sessions on {@link watchedGpu} opened, newest last, so that a test can take one away. */
export const devices: GPUDevice[] = [];
const shared = new SharedDevice();

type Request = (open: () => Promise<GPUDevice>) => Promise<GPUDevice>;

/** Dawn, with `request` in the place of every adapter's own. */
async function dawnThat(request: Request): Promise<GPU> {
  return new Proxy(await openDawn(), {
    get(target, name) {
      if (name !== 'requestAdapter') return Reflect.get(target, name);
      return async (options: GPURequestAdapterOptions) => {
        const adapter = await target.requestAdapter(options);
        const open = adapter?.requestDevice.bind(adapter);
        if (adapter && open) adapter.requestDevice = (descriptor) => request(() => open(descriptor));
        return adapter;
      };
    },
  });
}

/** Every session has a device of its own. */
export function watchedGpu(): Promise<GPU> {
  return dawnThat(async (open) => {
    const device = await open();
    devices.push(device);
    return device;
  });
}

/** All sessions have one device, and nothing is compiled twice. */
export function sharedGpu(): Promise<GPU> {
  return dawnThat((open) => shared.open(open));
}

/** Takes the device of {@link sharedGpu} away. */
export function loseSharedDevice(): Promise<void> {
  return shared.lose();
}

/** The beginning of some stories as a file, a story a line. */
async function storyFile(spec: string, name: string, bytes: number): Promise<File> {
  const world = parseCorpusSpec(spec);
  if (world.scheme !== 'world') throw new RangeError(spec);
  let text = '';
  for await (const document of documentsOfWorld({ ...world, bytes })) text += `${document.text}\n`;
  return new File([new TextEncoder().encode(text).slice(0, bytes)], name);
}

/** A run of STEPS steps of 4 windows of 16 tokens. */
export function config(name: string, ratio: number, epochs = (STEPS * 4 * ratio) / 32): TrainConfig {
  return parseTrainConfig(
    {
      version: 1,
      name,
      corpora: { target: 'file:sw.txt', source: 'file:en.txt' },
      model: { layers: 1, width: 32, heads: 2, mlp: 32, context: 16 },
      recipe: { targetTokens: 513, epochs, ratio },
      optimizer: { batch: 4 },
      evaluation: { every: 8, windows: 4 },
    },
    name,
  );
}

export const CONFIGS = [config('monolingual', 1), config('bilingual', 0.5)];

/** A test that asks no server must not get an answer either. */
const noFetch = async (url: string): Promise<Response> => {
  throw new Error(`nothing is to be fetched from ${url}`);
};

/** A session on a store, as a page sees it; kernels come from the fixed table unless they are what is tested. */
export function openLab(gpu: GPU | undefined, store: Store, options: Partial<LabSessionOptions> = {}) {
  const versions = { m3lab: 'test' };
  const session = new LabSession({
    gpu,
    locks: undefined,
    store,
    database: Promise.resolve(new MemoryDatabase()),
    versions,
    tuning: 'off',
    fetch: noFetch,
    ...options,
  });
  const events: LabEvent[] = [];
  session.listen((event) => {
    events.push(event);
  });
  let calls = 0;
  const send = <C extends Command>(
    command: C,
    signal?: AbortSignal,
  ): Promise<Outcome<Reply[C['command']]>> => {
    const call = calls++;
    signal?.addEventListener('abort', () => session.abort(call));
    return session.send(call, command);
  };
  const must = async <C extends Command>(command: C): Promise<Reply[C['command']]> => {
    const outcome = await send(command);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  const phase = () => events.findLast((event) => event.event === 'phase')?.phase;
  const reached = () => {
    const told = events.flatMap((event) => (event.event === 'metrics' ? event.runs : []));
    return Math.max(0, ...told.map(({ losses }) => losses.steps.at(-1) ?? 0));
  };
  const until = (wanted: string) =>
    vi.waitUntil(() => phase() === wanted, { timeout: ENOUGH_MS, interval: 5 });
  return { send, must, events, phase, reached, until };
}

export function picked(file: File): CorpusOrigin {
  return { kind: 'file', file, options: READ_OPTIONS };
}

/** The same with both texts read. */
export async function openLabWithTexts(
  gpu: GPU | undefined,
  store: Store,
  files: Readonly<Record<Side, File>>,
) {
  const lab = openLab(gpu, store);
  await lab.must({ command: 'open' });
  await lab.must({ command: 'readCorpus', side: 'target', origin: picked(files.target) });
  await lab.must({ command: 'readCorpus', side: 'source', origin: picked(files.source) });
  return lab;
}

/** What must be the same however a fleet came to its end: curve and final losses. */
export function results(saved: SavedFleet | null) {
  return saved?.runs.map(({ run, record }) => ({ run, curve: record?.curve, final: record?.final }));
}

/** One text of each side, a few thousand bytes. */
export async function pickedFiles(): Promise<Record<Side, File>> {
  return {
    target: await storyFile('world:en?distance=0.5', 'sw.txt', 6000),
    source: await storyFile('world:en', 'en.txt', 9000),
  };
}
