/** The report of a reproduction as files: words, figures, and the records and manifest that it stands on. */

import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { recordConfig } from '../../formats/config.ts';
import { formatManifest, type ManifestRun } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import { thinCurve } from '../../formats/thinCurve.ts';
import { FolderStore } from '../../store/folder.ts';
import type { Report, ResultRun } from '../../sweep/experiments/experiment.ts';
import { type Asked, reportFolder } from '../../sweep/reproduce/place.ts';
import { type ReportContext, reportJson, reportMarkdown } from '../../sweep/reproduce/reportText.ts';
import { makeFolders } from '../files/files.ts';
import { FigureFolder } from '../law/figureFolder.ts';
import { amount } from '../words/words.ts';
import type { ReproduceOptions } from './options.ts';

export type ReportGiven = {
  readonly report: Report;
  readonly results: readonly ResultRun[];
  readonly lines: readonly ManifestRun[];
  readonly context: ReportContext;
};

export type ReportPlaces = Pick<ReproduceOptions, 'out' | 'figures' | 'curvePoints'>;

export type WrittenReport = {
  /** Null where only figures were asked for. */
  readonly folder: string | null;
  readonly figures: string | null;
};

/**
 * Writes the report below `out`, where it is given, and the figures there or in a folder of their own. A report that was there is
 * replaced. Throws `InputError` for a folder that cannot be made, and what the store throws.
 */
export async function writeReport(
  asked: Asked,
  { report, results, lines, context }: ReportGiven,
  { out, figures, curvePoints }: ReportPlaces,
): Promise<WrittenReport> {
  const folder = out === undefined ? null : join(out, reportFolder(asked));
  const ofFigures = figures ?? folder;
  if (folder !== null) await makeFolders([folder], '--out');
  if (ofFigures !== null) {
    await makeFolders([ofFigures], '--figures');
    const files = new FigureFolder(ofFigures, '');
    for (const { name, draw } of report.figures) await files.write(name, draw);
  }
  if (folder !== null) {
    const store = new FolderStore(folder);
    const write = (name: string, text: string) => store.write(name, new TextEncoder().encode(text));
    const kept = (record: RunRecord): RunRecord =>
      curvePoints === undefined ? record : { ...record, curve: thinCurve(record.curve, curvePoints) };
    const jsonLines = results.map(({ record }) => `${JSON.stringify(kept(record))}\n`).join('');
    await write('runs.jsonl', jsonLines);
    // As records name texts, without paths of this machine; the ids stay.
    await write(
      'manifest.jsonl',
      formatManifest(lines.map((line) => ({ ...line, config: recordConfig(line.config) }))),
    );
    await write('report.json', `${JSON.stringify(reportJson(asked, report, context), null, 2)}\n`);
    const place = figures === undefined ? '' : relative(folder, figures);
    await write('report.md', reportMarkdown(asked, report, context, place));
  }
  return { folder, figures: report.figures.length === 0 ? null : ofFigures };
}

/** System, processor and memory, in a line. */
export function machineWords(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? 'an unknown processor';
  return `${process.platform} ${process.arch}, ${all.length} × ${model}, ${amount(totalmem(), 'B')} of memory`;
}
