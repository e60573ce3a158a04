/** `m3lab sweep collect`: the finished runs of sweeps in one file. */

import { extname } from 'node:path';
import { Command } from 'commander';
import { writeRunsCsv } from '../../formats/runs/writeCsv.ts';
import { FolderStore } from '../../store/folder.ts';
import { type Collected, collectFolder, mergeCollected } from '../../sweep/run/collect.ts';
import { OutputFile } from '../files/outputFile.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { inSweepFolder, NO_SWEEP } from '../sweep/arguments.ts';
import { counted } from '../words/words.ts';

type CollectOptions = { readonly out: string };

export function sweepCollectCommand(ioOf: (command: Command) => Io): Command {
  return new Command('collect')
    .summary('put the finished runs of sweeps into one file')
    .description(
      'Writes the finished runs of one or several folders into one file, for m3lab fit: as run records, one a line (.jsonl), or as a table ' +
        'with a row a run, losses in nats per token and the tags of the manifest as its last columns (.csv). A file that is there is replaced.',
    )
    .argument('<dir...>', 'folders that sweep run wrote')
    .requiredOption('--out <file>', 'file to write: .jsonl or .csv')
    .option('--json', 'one JSON value on stdout: file, runs, missing, damaged, differing')
    .action(async (folders: string[], options: CollectOptions, command: Command) => {
      await collect(folders, options, ioOf(command));
    });
}

async function collect(folders: readonly string[], { out }: CollectOptions, io: Io): Promise<void> {
  const kind = extname(out).toLowerCase();
  if (kind !== '.jsonl' && kind !== '.csv')
    throw new InputError(`--out: ${out} ends neither in .jsonl nor in .csv, which say what is to be written`);
  const parts: Collected[] = [];
  const damaged: string[] = [];
  let missing = 0;
  for (const folder of folders) {
    io.signal.throwIfAborted();
    const part = await collectFolder(new FolderStore(folder)).catch((error: unknown) => {
      throw inSweepFolder(error, folder);
    });
    if (!part) throw new InputError(`DIR: ${folder} ${NO_SWEEP}`);
    parts.push(part);
    missing += part.missing.length;
    for (const { path, problem } of part.damaged) {
      damaged.push(`${folder}/${path}`);
      io.say(`${folder}/${path} is damaged (${problem}) and left out; sweep run trains it anew`);
    }
    if (part.missing.length > 0) io.say(`${folder}: ${counted(part.missing.length, 'run')} not finished yet`);
  }
  const { runs, differing } = mergeCollected(parts.map((part) => part.runs));
  if (runs.length === 0) throw new InputError(`DIR: no run is finished in ${folders.join(', ')}`);
  for (const id of differing)
    io.say(`${id}: two folders hold it with different losses; that of the first is taken`);
  const file = await OutputFile.begin(out, '--out', 'replace');
  try {
    if (kind === '.csv') await file.write(writeRunsCsv(runs));
    else for (const { record } of runs) await file.write(`${JSON.stringify(record)}\n`);
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw error;
  }
  const diverged = runs.filter(({ record }) => record.status === 'diverged').length;
  io.say(
    `${counted(runs.length, 'run')}${diverged > 0 ? `, ${diverged} of them diverged,` : ''} written to ${out}`,
  );
  if (io.json) io.value({ file: out, runs: runs.length, missing, damaged, differing });
}
