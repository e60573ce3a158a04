/** Findings and tables, for a terminal. */

import type { Finding, Report, ReportTable } from '../../../sweep/experiments/experiment.ts';
import type { Asked } from '../../../sweep/reproduce/place.ts';
import {
  cellWords,
  madeLines,
  type ReportContext,
  verdictCounts,
} from '../../../sweep/reproduce/reportText.ts';
import { paragraph } from '../paragraph.ts';
import { table } from '../words.ts';

const COLUMNS = 96;
const INDENT = '  ';

export function reportWords(asked: Asked, report: Report, context: ReportContext): string {
  const { experiment, setting } = asked;
  return [
    `${experiment.name}, budget ${setting.budget}: ${verdictCounts(report.findings)}`,
    ...report.findings.map(findingWords),
    ...report.tables.map(tableWords),
    madeLines(asked, context)
      .flatMap((line) => paragraph(line, COLUMNS))
      .join('\n'),
  ].join('\n\n');
}

function findingWords({ name, claim, source, verdict, measured, wouldChange }: Finding): string {
  const parts = [`${claim} (${source})`, `Measured: ${measured}`, `What would change it: ${wouldChange}`];
  const lines = parts.flatMap((part) => paragraph(part, COLUMNS - INDENT.length));
  return [`${verdict.toUpperCase()}: ${name}`, ...lines.map((line) => INDENT + line)].join('\n');
}

function tableWords({ title, columns, rows, note }: ReportTable): string {
  // Names of rows are words and stand to the left; where the first column holds numbers it stands with the others.
  const numeric = columns.findIndex((_, column) => rows.some((cells) => typeof cells[column] === 'number'));
  const left = numeric === -1 ? columns.length : numeric;
  return [
    title,
    table([columns, ...rows.map((cells) => cells.map(cellWords))], left),
    ...(note === '' ? [] : paragraph(note, COLUMNS)),
  ].join('\n');
}
