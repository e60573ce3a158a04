/** A report as the text of its files: Markdown for people, JSON for machines. */

import {
  type Cell,
  type Finding,
  type Report,
  type ReportTable,
  VERDICTS,
} from '../experiments/experiment.ts';
import { type Asked, reproductionOf } from './place.ts';
import type { RunsSummary } from './summary.ts';

/** What a report says beside its findings. */
export type ReportContext = {
  readonly summary: RunsSummary;
  /** Runs that were asked for and have no record. */
  readonly missing: number;
  /** Names of rounds of which no run is there. */
  readonly emptyRounds: readonly string[];
  /** The machine that made the report; null where it did not train. */
  readonly machine: string | null;
  /** Commands that give the report again. */
  readonly commands: readonly string[];
};

/** JSON values for the whole of a report but its figures. */
export function reportJson(
  asked: Asked,
  report: Report,
  context: ReportContext,
): Readonly<Record<string, unknown>> {
  const { findings, tables, figures } = report;
  return {
    ...reproductionOf(asked),
    title: asked.experiment.title,
    computes: asked.setting.computes,
    findings,
    tables,
    figures: figures.map(({ name }) => `${name}.svg`),
    runs: context.summary,
    missing: context.missing,
    emptyRounds: context.emptyRounds,
    machine: context.machine,
    commands: context.commands,
  };
}

/** `figures` is the path of their folder from the report's, '' where it is the same. */
export function reportMarkdown(asked: Asked, report: Report, context: ReportContext, figures = ''): string {
  const { experiment, setting } = asked;
  const place = figures === '' ? '' : `${figures.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
  const parts = [
    `# ${experiment.name} at budget ${setting.budget}: ${verdictCounts(report.findings)}`,
    experiment.title,
    ...report.findings.map(findingMarkdown),
    ...report.tables.map(tableMarkdown),
    ...report.figures.map(({ name }) => `![${name}](${encodeURI(`${place}${name}.svg`)})`),
    '## How it was made',
    madeLines(asked, context)
      .map((line) => `- ${line}`)
      .join('\n'),
    ['```sh', ...context.commands, '```'].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** 3 reproduced, 1 undecided. */
export function verdictCounts(findings: readonly Pick<Finding, 'verdict'>[]): string {
  const counts = VERDICTS.map((verdict) => ({
    verdict,
    count: findings.filter((finding) => finding.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
  if (counts.length === 0) return 'no claim is decided';
  return counts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ');
}

/** Digits that matter of a number that was measured. */
const DIGITS = 4;

/** A dash for null; whole numbers up to ten million as they are, others to four digits. */
export function cellWords(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (Number.isNaN(cell)) return '–';
  if (!Number.isFinite(cell)) return cell > 0 ? '∞' : '−∞';
  if (Number.isInteger(cell) && Math.abs(cell) < 1e7) return cell.toLocaleString('en');
  const rounded = Number(cell.toPrecision(DIGITS));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return rounded.toExponential().replace('e+', 'e');
  return String(rounded);
}

/** What the runs were made on and with, a sentence a line. */
export function madeLines(asked: Asked, context: ReportContext): string[] {
  const { experiment, setting } = asked;
  const { summary, missing, emptyRounds, machine } = context;
  const { target, source, control, otherScript = null } = reproductionOf(asked).texts;
  const number = (value: number) => value.toLocaleString('en');
  return [
    `${number(summary.runs)} runs${summary.diverged > 0 ? `, ${number(summary.diverged)} of them diverged` : ''}${
      missing > 0 ? `; ${number(missing)} more were asked for and are not there` : ''
    }`,
    ...(emptyRounds.length > 0
      ? [`no run is there of ${emptyRounds.join(', ')}, of the ${experiment.rounds.length} rounds`]
      : []),
    `budgets C: ${setting.computes.map(cellWords).join(', ')} FLOP a run`,
    `texts: target ${target}, source ${source}${control === null ? '' : `, control ${control}`}${otherScript === null ? '' : `, control in another script ${otherScript}`}`,
    `${cellWords(summary.flops)} FLOP as the engine counts them, of the runs each alone`,
    `${number(Math.round(summary.runSeconds))} s of training, summed over runs: of runs that trained side by side each counts the whole time, and shared first stages count once`,
    `trained on ${summary.devices.join('; ') || 'nothing yet'}`,
    `versions: ${summary.versions.join(', ') || 'none'}`,
    ...(machine === null ? [] : [`this machine: ${machine}`]),
  ];
}

function findingMarkdown({ name, claim, source, verdict, measured, wouldChange }: Finding): string {
  return [
    `## ${name}: ${verdict}`,
    `*Claim* (${source}): ${claim}`,
    `*Measured*: ${measured}`,
    `*What would change it*: ${wouldChange}`,
  ].join('\n\n');
}

function tableMarkdown({ title, columns, rows, note }: ReportTable): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const isNumeric = (column: number) => rows.some((cells) => typeof cells[column] === 'number');
  return [
    `### ${title}`,
    [
      row(columns),
      row(columns.map((_, column) => (isNumeric(column) ? '---:' : '---'))),
      ...rows.map((cells) => row(cells.map(cellWords))),
    ].join('\n'),
    ...(note === '' ? [] : [note]),
  ].join('\n\n');
}
