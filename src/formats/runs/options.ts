/** What a person may say of runs that are to be read. */

import type { AskedColumns } from './columns.ts';
import type { LossOptions } from './loss.ts';
import type { Decimal } from './numbers.ts';

/** Runs that stay out unless asked for. */
export const INCLUSIONS = ['stopped', 'repeated-source'] as const;
export type Inclusion = (typeof INCLUSIONS)[number];

export type ReadRunsOptions = LossOptions & {
  /** For tables; records have names of their own. */
  readonly columns?: AskedColumns;
  /** For tables. Unset: a point, and a comma in a number is asked about. */
  readonly decimal?: Decimal;
  readonly include?: readonly Inclusion[];
};
