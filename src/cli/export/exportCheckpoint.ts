/** What `m3lab export` does, with this machine's files. */

import { exportedFolder, type FolderFiles } from '../../export/folder.ts';
import { type ExportFormat, folderNameOf } from '../../export/formats.ts';
import { zipped } from '../../export/zip.ts';
import type { AskedCorpus } from '../arguments.ts';
import { openCheckpoint } from '../files/checkpointFolder.ts';
import { OutputFile } from '../files/outputFile.ts';
import { OutputFolder } from '../files/outputFolder.ts';
import type { Io } from '../io.ts';
import { InputError, ParityFailedError } from '../report.ts';
import { exportWords, failedWords, parityTable } from '../words/export.ts';
import { checkModel } from './checkModel.ts';

export type ExportOptions = {
  readonly format: ExportFormat;
  readonly out: string;
  readonly zip?: true;
  readonly force?: true;
  readonly check?: true;
  readonly text?: AskedCorpus;
};

/** Throws {@link InputError} for what cannot be used, {@link ParityFailedError} where the check fails; then nothing is written. */
export async function exportCheckpoint(folder: string, options: ExportOptions, io: Io): Promise<void> {
  const { format, out, check } = options;
  if (!check && options.text !== undefined)
    throw new InputError('--text is for --check; add --check, or leave --text out');
  const isZip = options.zip === true || out.toLowerCase().endsWith('.zip');
  if (options.force && !isZip)
    throw new InputError(
      '--force replaces a zip file alone; add --zip, or name a folder that is not there yet',
    );
  if (!isZip) checkIsNoArchive(out);
  const model = await openCheckpoint(folder, io);
  // Before the check, which takes its time: what cannot be written is known at once.
  const sink = isZip ? await zipSink(out, options.force === true) : await folderSink(out);
  try {
    const checked = check ? await checkModel(model, options.text, io) : null;
    if (checked && !checked.parity.passed) {
      if (!io.json) io.text(`${parityTable(checked)}\n`);
      throw new ParityFailedError(failedWords(checked.parity));
    }
    const files = exportedFolder(model, format, checked?.parity ?? null);
    io.signal.throwIfAborted();
    await sink.write(files, folderNameOf(model.name, format));
    await sink.commit();
    if (io.json) {
      io.value({
        out,
        format,
        zip: isZip,
        files: [...files].map(([path, { length }]) => ({ path, bytes: length })),
        checked: checked !== null,
        parity: checked?.parity ?? null,
      });
    } else io.text(`${exportWords({ out, files, checked })}\n`);
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

/** A folder of such a name would be taken for what it is not. */
function checkIsNoArchive(out: string): void {
  const [ending] = /\.(tar(\.\w+)?|tgz|gz|zst|xz|bz2|7z|rar)$/i.exec(out) ?? [];
  if (ending === undefined) return;
  throw new InputError(
    `--out: ${out} is called like an archive, and of those .zip alone is written; name a path that ends in .zip, or a folder without ${ending}`,
  );
}

type Sink = {
  readonly write: (files: FolderFiles, name: string) => Promise<void>;
  readonly commit: () => Promise<unknown>;
  readonly abandon: () => Promise<void>;
};

async function folderSink(out: string): Promise<Sink> {
  const folder = await OutputFolder.begin(out, '--out');
  return {
    write: (files) => folder.write(files),
    commit: () => folder.commit(),
    abandon: () => folder.abandon(),
  };
}

async function zipSink(out: string, force: boolean): Promise<Sink> {
  const file = await OutputFile.begin(out, '--out', force ? 'replace' : 'refuse');
  return {
    write: (files, name) => file.writeBytes(zipped(files, name)),
    commit: () => file.commit(),
    abandon: () => file.abandon(),
  };
}
