/** A report to whoever asked for it: words or JSON, and files. */

import type { Asked } from '../../sweep/reproduce/place.ts';
import { reportJson } from '../../sweep/reproduce/reportText.ts';
import type { Io } from '../io.ts';
import { reportWords } from '../words/reproduce/report.ts';
import { type ReportGiven, type ReportPlaces, writeReport } from './reportFiles.ts';

/** Writes the files first: what is said to be there is there. */
export async function tellReport(
  asked: Asked,
  given: ReportGiven,
  places: ReportPlaces,
  io: Io,
): Promise<void> {
  const { folder, figures } = await writeReport(asked, given, places);
  const { report, context } = given;
  if (io.json)
    io.value({ event: 'report', folder, figuresFolder: figures, ...reportJson(asked, report, context) });
  else io.text(`${reportWords(asked, report, context)}\n`);
  if (folder !== null) io.say(`${folder}: report.md, report.json, runs.jsonl, manifest.jsonl`);
  if (figures !== null) io.say(`${figures}: ${report.figures.map(({ name }) => `${name}.svg`).join(', ')}`);
}
