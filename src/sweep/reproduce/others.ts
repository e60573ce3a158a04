/** What other experiments have in the same folder that a report reads too. */

import { type ManifestRun, parseManifest } from '../../formats/manifest.ts';
import type { Store } from '../../store/store.ts';
import { MANIFESTS, mergedLines } from '../experiments/results.ts';
import type { Finished } from './finished.ts';
import {
  type Asked,
  askedName,
  manifestPrefix,
  readReproduction,
  reproductionOf,
  sameTexts,
} from './place.ts';

/**
 * Finished runs of the experiments that this one's report also reads, at the same budget and on the same texts. Those that are not
 * finished are not missed: nobody asked this experiment for them. Throws `JsonError` and `ConfigError` where a manifest cannot be read.
 */
export async function otherLines(
  store: Store,
  asked: Asked,
  finished: Pick<Finished, 'missing'>,
): Promise<ManifestRun[]> {
  const names = asked.experiment.alsoReads ?? [];
  if (names.length === 0) return [];
  const { texts } = reproductionOf(asked);
  const paths = (await store.list(MANIFESTS)).filter((path) => path.endsWith('.jsonl')).sort();
  const lines: ManifestRun[] = [];
  for (const name of names) {
    const other = askedName(name, asked.setting.budget);
    const kept = await readReproduction(store, other);
    if (!kept || !sameTexts(kept.texts, texts)) continue;
    for (const path of paths.filter((one) => one.startsWith(manifestPrefix(other)))) {
      const bytes = await store.read(path);
      if (bytes) lines.push(...parseManifest(new TextDecoder().decode(bytes), path));
    }
  }
  const merged = mergedLines(lines);
  const missing = await finished.missing(merged);
  return merged.filter(({ id }) => !missing.has(id));
}
