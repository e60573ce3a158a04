/** A fit's file as what advice needs: its law, where the fit ended, and where its resamples did. */

import type { FitFile } from '../../formats/fit.ts';
import { coordinatesOf, type Law } from '../law.ts';

export type FittedLaw = {
  readonly law: Law;
  readonly theta: Float64Array;
  /** Coordinates of each resample. */
  readonly thetas: readonly Float64Array[];
};

/** `law` is the one that the file names, or defines. Throws a `RangeError` where the file has no value for one of its parameters. */
export function fittedLaw(fit: Pick<FitFile, 'parameters' | 'bootstrap'>, law: Law): FittedLaw {
  const values = Object.fromEntries(Object.entries(fit.parameters).map(([name, { value }]) => [name, value]));
  const names = fit.bootstrap?.names ?? [];
  return {
    law,
    theta: coordinatesOf(law, values),
    thetas: (fit.bootstrap?.values ?? []).map((row) =>
      coordinatesOf(law, {
        ...values,
        ...Object.fromEntries(names.map((name, at) => [name, row[at] ?? Number.NaN])),
      }),
    ),
  };
}
