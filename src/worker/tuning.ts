/** The kernels that suit the browser's adapter: measured before the first fleet, then kept in the store. */

import type { GpuDevice } from '../gpu/device.ts';
import { kernelsFingerprint } from '../gpu/tuning/fingerprint.ts';
import { Tuner } from '../gpu/tuning/tuner.ts';
import type { Store } from '../store/store.ts';
import { TuningCache } from '../store/tuningCache.ts';
import { sentenceOf } from './sentence.ts';
import type { Teller } from './teller.ts';

export type TuningOptions = {
  readonly store: Store;
  /** Name → version: times measured by another browser or engine do not count. */
  readonly versions: Readonly<Record<string, string>>;
  readonly teller: Teller;
};

/** A tuner that knows what an earlier visit has measured, and says how far it has come. */
export async function openTuner(gpu: GpuDevice, { store, versions, teller }: TuningOptions): Promise<Tuner> {
  const { vendor, architecture, device, description } = gpu.facts;
  const place = {
    adapter: { vendor, architecture, device, description },
    runtime: versions.browser ?? '',
    engine: `${versions.m3lab ?? ''} ${kernelsFingerprint()}`,
  };
  const cache = new TuningCache(store, place, (words) =>
    teller.tell({ event: 'notice', message: sentenceOf(words) }),
  );
  const table = await cache.read();
  let classes = 0;
  return new Tuner(gpu, {
    ...(table && { table }),
    onMeasuring: () => teller.tell({ event: 'tuning', classes: classes++ }),
    onMeasured: (measured) => cache.keep(measured),
  });
}
