/**
 * The model that a fleet starts from. A copy of it lies with the fleet's checkpoints: a run that was interrupted before its first one begins
 * again from it, and the tokenizer comes from it, whatever became of the model in the meantime.
 */

import type { TrainConfig } from '../../formats/config.ts';
import type { Store } from '../../store/store.ts';
import { writeTogether } from '../../train/checkpoint/transaction.ts';
import { chooseStart } from '../../train/start/choose.ts';
import { startFacts } from '../../train/start/config.ts';
import { filesOfBytes, filesOfStore } from '../../train/start/files.ts';
import { PAST_FILES } from '../../train/start/past.ts';
import { readStart, type StartModel } from '../../train/start/start.ts';
import { NotNowError } from '../failures.ts';
import type { FleetNote } from '../sessionFile.ts';
import { readModelFiles } from './modelFolder.ts';
import { inWords, type ModelShelf } from './modelShelf.ts';

/** No run's folder is called so: see `runFolder`. */
const START = '+start';

export type FleetStart = {
  readonly model: StartModel;
  /** Puts the copy into the fleet's folder. */
  keep(folder: string): Promise<void>;
};

/** A model that is here, as a start. Throws `ModelError`, and what {@link readStart} throws. */
export async function startFrom(id: string, models: ModelShelf, store: Store): Promise<FleetStart> {
  const place = await models.find(id);
  const files = await inWords(place, () => readModelFiles(store, place));
  // How it was trained is not of the run that begins from it.
  for (const file of PAST_FILES) files.delete(file);
  const model = await inWords(place, () => readStart(filesOfBytes(files), place.name));
  return { model, keep: (folder) => writeTogether(store, `${folder}/${START}`, files) };
}

/** The start of a saved fleet; null where its runs began with fresh weights. Throws `NotNowError` where it is no longer here. */
export async function savedStart(
  { folder, configs }: Pick<FleetNote, 'folder' | 'configs'>,
  store: Store,
): Promise<StartModel | null> {
  const named = configs.find(({ start }) => start)?.start;
  if (!named) return null;
  const files = await filesOfStore(store, `${folder}/${START}`);
  if (files.names().length === 0) {
    throw new NotNowError(
      `The saved fleet starts from ${named.name}, and that model is no longer in its folder; discard the fleet and train it again.`,
    );
  }
  return inWords({ folder: `${folder}/${START}`, name: named.name }, () => readStart(files, named.name));
}

/** The configs of runs that start from a model, which read with its tokenizer. Throws `RunConfigError` for a config of another shape. */
export function startedConfigs(configs: readonly TrainConfig[], model: StartModel): TrainConfig[] {
  const { start, tokenizer } = startFacts(model);
  return configs.map((config) => {
    const started = { ...config, tokenizer, start };
    chooseStart(started, model.tokenizer, [model]);
    return started;
  });
}
