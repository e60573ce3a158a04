/** What `m3lab fit` writes beside its words: the fit, residuals, figures. */

import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fitJson } from '../../formats/fit.ts';
import { recipeKind } from '../../law/point.ts';
import type { Study } from '../../law/report/study.ts';
import { studyFile } from '../../law/report/studyFile.ts';
import { type MadeFolders, makeFolders } from '../files/files.ts';
import { OutputFile } from '../files/outputFile.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { VERSION } from '../versions.ts';
import { counted } from '../words/words.ts';

export type Wishes = {
  readonly out?: string;
  readonly residuals?: string;
  readonly figures?: string;
};

type Asked = {
  readonly path: string;
  readonly option: string;
  readonly file: OutputFile;
  readonly wasThere: boolean;
};

/** Files and a folder that are begun before the work, so that what is wrong with them is known before; whole, or not at all. */
export class FitOutputs {
  readonly #out: Asked | null;
  readonly #residuals: Asked | null;
  readonly #folders: MadeFolders | null;
  readonly #figures: string | undefined;

  private constructor(
    out: Asked | null,
    residuals: Asked | null,
    folders: MadeFolders | null,
    figures?: string,
  ) {
    this.#out = out;
    this.#residuals = residuals;
    this.#folders = folders;
    this.#figures = figures;
  }

  /** `inputs` are not written over. Throws `InputError`, and leaves nothing behind then. */
  static async begin(inputs: readonly string[], { out, residuals, figures }: Wishes): Promise<FitOutputs> {
    const begun: Asked[] = [];
    try {
      const fit = await beginOne(out, '--out', inputs, begun);
      const table = await beginOne(residuals, '--residuals', [...inputs, ...(out ? [out] : [])], begun);
      const folders = figures === undefined ? null : await makeFolders([figures], '--figures');
      return new FitOutputs(fit, table, folders, figures);
    } catch (error) {
      for (const { file } of begun) await file.abandon();
      throw error;
    }
  }

  async write(study: Study, drawn: readonly string[], io: Io): Promise<void> {
    if (this.#residuals) {
      await this.#residuals.file.write(residualTable(study));
      await commit(this.#residuals, 'residuals', '', io);
    }
    if (this.#out) {
      await this.#out.file.write(`${JSON.stringify(fitJson(studyFile(study, VERSION)))}\n`);
      await commit(this.#out, 'fit', '; ask it with m3lab recommend', io);
    }
    if (this.#figures !== undefined) await sayFigures(this.#figures, drawn, io);
  }

  /** Takes back what was begun and not written. */
  async abandon(): Promise<void> {
    await this.#out?.file.abandon();
    await this.#residuals?.file.abandon();
    await this.#folders?.removeEmpty();
  }
}

async function beginOne(
  path: string | undefined,
  option: string,
  inputs: readonly string[],
  begun: Asked[],
): Promise<Asked | null> {
  if (path === undefined) return null;
  const place = await placeOf(path);
  for (const input of inputs) {
    if (place !== null && place === (await placeOf(input)))
      throw new InputError(
        `${option}: ${path} is a file that is read here; name another, so that it is not lost`,
      );
  }
  const asked = {
    path,
    option,
    file: await OutputFile.begin(path, option, 'replace'),
    wasThere: place !== null,
  };
  begun.push(asked);
  return asked;
}

async function placeOf(path: string): Promise<string | null> {
  return await realpath(path).catch(() => null);
}

async function commit({ path, file, wasThere }: Asked, what: string, more: string, io: Io): Promise<void> {
  await file.commit();
  io.say(`${what}: ${wasThere ? 'replaced' : 'written to'} ${path}${more}`);
}

export async function sayFigures(folder: string, drawn: readonly string[], io: Io): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name.endsWith('.svg') && !drawn.includes(name));
  const older =
    others.length === 0
      ? ''
      : `; ${counted(others.length, 'other figure')} there ${others.length === 1 ? 'is' : 'are'} from before: ${others.join(', ')}`;
  io.say(`figures: ${drawn.join(', ')} in ${join(folder)}${older}`);
}

/** A row for each run that the best law covers. */
export function residualTable({ laws: [best], runs }: Pick<Study, 'laws' | 'runs'>): string {
  const head = ['place', 'law', 'N', 'D_T', 'k', 'r', 'r_f', 'kind', 'loss', 'predicted', 'residual'];
  if (!best) return csvOf([head]);
  const { law, theta } = best.fit;
  const gradient = new Float64Array(theta.length);
  const rows = runs
    .filter(({ point }) => law.covers?.(point) ?? true)
    .map(({ point, loss, place }) => {
      const logLoss = law.logLoss(point, theta, gradient);
      const { N, D_T, k, r, r_f } = point;
      return [
        place,
        law.name,
        ...[N, D_T, k, r, r_f].map(String),
        recipeKind(point),
        String(loss),
        Math.exp(logLoss).toPrecision(7),
        (Math.log(loss) - logLoss).toPrecision(5),
      ];
    });
  return csvOf([head, ...rows]);
}

function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}
