/** A train config from its file, completed by the model that its run begins from. */

import { parseTrainConfig, type TrainConfig } from '../../formats/config.ts';
import { parseJson } from '../../formats/json.ts';
import { FolderStore } from '../../store/folder.ts';
import { readSavedRun } from '../../train/checkpoint/checkpoint.ts';
import { factsOfRecord, type StartFacts, withStart } from '../../train/start/config.ts';
import { readTextFile } from './files.ts';

/**
 * The config in a file; what it does not say of model and tokenizer it takes from `start`, where there is one. Throws `InputError`,
 * `JsonError` and `ConfigError`.
 */
export async function readTrainConfig(path: string, start: StartFacts | null): Promise<TrainConfig> {
  const json = parseJson(await readTextFile(path, 'config'), path);
  return parseTrainConfig(start ? withStart(json, path, start) : json, path);
}

/** What the checkpoint in `folder` says of the model that its run began from; null where it began by itself. */
export async function startOfCheckpoint(folder: string): Promise<StartFacts | null> {
  const saved = await readSavedRun(new FolderStore(folder), '');
  return saved && factsOfRecord(saved.record.config);
}
