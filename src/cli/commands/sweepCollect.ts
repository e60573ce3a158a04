/** `m3lab sweep collect`: the finished runs of sweeps in one file. */

import { extname, resolve } from 'node:path';
import { Command } from 'commander';
import { formatManifest } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import { writeRunsCsv } from '../../formats/runs/writeCsv.ts';
import { thinCurve } from '../../formats/thinCurve.ts';
import { FolderStore } from '../../store/folder.ts';
import { mergedLines } from '../../sweep/experiments/results.ts';
import { type Collected, collectFolder, mergeCollected } from '../../sweep/run/collect.ts';
import { wholeNumber } from '../arguments.ts';
import { OutputFile } from '../files/outputFile.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { inSweepFolder, NO_SWEEP } from '../sweep/arguments.ts';
import { counted } from '../words/words.ts';

type CollectOptions = { readonly out: string; readonly manifest?: string; readonly curvePoints?: number };

export function sweepCollectCommand(ioOf: (command: Command) => Io): Command {
  return new Command('collect')
    .summary('put the finished runs of sweeps into one file')
    .description(
      'Writes the finished runs of one or several folders into one file, for m3lab fit: as run records, one a line (.jsonl), or as a table ' +
        'with a row a run, losses in nats per token and the tags of the manifest as its last columns (.csv). A file that is there is replaced.',
    )
    .argument('<dir...>', 'folders that sweep run wrote')
    .requiredOption('--out <file>', 'file to write: .jsonl or .csv')
    .option(
      '--manifest <file>',
      'write, too, what the runs were planned as: a line a run with its tags and nominal recipe, as in the manifests of the folders (JSON ' +
        'lines; paths of texts begin where they did there)',
    )
    .option(
      '--curve-points <n>',
      'keep n points of each curve at most, 2 or more: the first and the last, then validations, then training losses, spread evenly; a ' +
        'record is a curve of some thousand points to nineteen twentieths',
      wholeNumber(2),
    )
    .option('--json', 'one JSON value on stdout: file, manifest, runs, missing, damaged, differing')
    .action(async (folders: string[], options: CollectOptions, command: Command) => {
      await collect(folders, options, ioOf(command));
    });
}

async function collect(folders: readonly string[], options: CollectOptions, io: Io): Promise<void> {
  const { out, manifest, curvePoints } = options;
  const kind = extname(out).toLowerCase();
  if (manifest !== undefined && resolve(manifest) === resolve(out))
    throw new InputError(`--manifest: ${manifest} is where the runs go (--out); name another file`);
  if (kind === '.csv' && curvePoints !== undefined)
    throw new InputError(
      '--curve-points: a table has no curves; take the option out, or write records (.jsonl)',
    );
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
  const lines = mergedLines(parts.flatMap((part) => part.lines));
  const kept = (record: RunRecord): RunRecord =>
    curvePoints === undefined ? record : { ...record, curve: thinCurve(record.curve, curvePoints) };
  const texts: OutputText[] = [
    {
      path: out,
      option: '--out',
      parts: () =>
        kind === '.csv'
          ? [writeRunsCsv(runs)]
          : runs.map(({ record }) => `${JSON.stringify(kept(record))}\n`),
    },
  ];
  if (manifest !== undefined) {
    texts.push({
      path: manifest,
      option: '--manifest',
      parts: () => lines.map((line) => formatManifest([line])),
    });
  }
  await writeAll(texts);
  if (manifest !== undefined) {
    const unplanned = runs.length - lines.length;
    const rest = unplanned > 0 ? `; no manifest names the other ${unplanned.toLocaleString('en')}` : '';
    io.say(`${counted(lines.length, 'line')} written to ${manifest}${rest}`);
  }
  const diverged = runs.filter(({ record }) => record.status === 'diverged').length;
  io.say(
    `${counted(runs.length, 'run')}${diverged > 0 ? `, ${diverged} of them diverged,` : ''} written to ${out}`,
  );
  if (io.json) {
    const facts = { runs: runs.length, missing, damaged, differing };
    io.value({ file: out, ...(manifest !== undefined && { manifest, lines: lines.length }), ...facts });
  }
}

type OutputText = { readonly path: string; readonly option: string; readonly parts: () => readonly string[] };

/** All of them, or none where one cannot be begun. */
async function writeAll(texts: readonly OutputText[]): Promise<void> {
  const files: OutputFile[] = [];
  try {
    for (const { path, option } of texts) files.push(await OutputFile.begin(path, option, 'replace'));
    for (const [index, { parts }] of texts.entries()) {
      for (const part of parts()) await files[index]?.write(part);
    }
    for (const file of files) await file.commit();
  } catch (error) {
    for (const file of files) await file.abandon();
    throw error;
  }
}
