/** A fit that is asked for advice: its law with its resamples, what its runs tell, and what a person has turned and limited. */

import type { FitFile } from '../../../formats/fit.ts';
import type { Limits } from '../../../law/advice/task.ts';
import { coordinateOf, type Law } from '../../../law/law.ts';
import type { FittedLaw } from '../../../law/report/fittedLaw.ts';
import { limitsOf, toldOf } from '../../../law/report/ground.ts';
import { spread } from '../../../law/report/spread.ts';
import type { AskedFit } from '../../api/advice.ts';
import { fileOf } from '../facts.ts';
import type { FitEntry } from '../shelf.ts';

export type AskedLaw = {
  /** As the command line would read it from a file, without the resamples. */
  readonly file: FitFile;
  readonly fitted: FittedLaw;
  readonly limits: Limits;
};

/** At most `resamples` of those that are there, evenly over all of them; none where something is turned. */
export function askedLaw(
  entry: FitEntry,
  { turned = {}, limits = {} }: AskedFit,
  resamples: number,
  m3lab: string,
): AskedLaw {
  const { law, theta } = entry.fit;
  const names = law.parameters.map(({ name }) => name).filter((name) => turned[name] !== undefined);
  const thetas = names.length > 0 ? [] : spread(entry.bootstrap?.thetas ?? [], resamples);
  const plain = fileOf(entry, m3lab);
  const file = names.length === 0 ? plain : turnedFile(plain, names, turned);
  return {
    file,
    fitted: { law, theta: turnedTheta(law, theta, turned), thetas },
    limits: limitsOf(limits, toldOf(file, law), file),
  };
}

function turnedTheta(law: Law, theta: Float64Array, turned: Readonly<Record<string, number>>): Float64Array {
  return theta.map((coordinate, index) => {
    const parameter = law.parameters[index];
    const value = parameter && turned[parameter.name];
    return parameter === undefined || value === undefined ? coordinate : coordinateOf(parameter, value);
  });
}

/** What is turned was given, and is no longer the fit's. */
function turnedFile(
  file: FitFile,
  names: readonly string[],
  turned: Readonly<Record<string, number>>,
): FitFile {
  const { nulls: _nulls, ...rest } = file;
  return {
    ...rest,
    parameters: Object.fromEntries(
      Object.entries(file.parameters).map(([name, parameter]) => {
        const value = turned[name];
        return [name, value === undefined ? parameter : { ...parameter, value, interval: null }];
      }),
    ),
    frozen: [...new Set([...file.frozen, ...names])],
    unknown: file.unknown.filter((name) => !names.includes(name)),
    note: [
      file.note,
      `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not the fit’s, but turned by hand`,
    ]
      .filter((words) => words !== '')
      .join(' '),
  };
}
