/** How a person writes a law of their own down: a formula and the parameters in it. Values here, never coordinates. */

import type { Teller } from '../law.ts';

export type OwnParameter = {
  /** ASCII letters, digits and `_`, beginning with a letter. */
  readonly name: string;
  /**
   * `log` for what is above 0 and may range over many powers of ten. Where it is left out, that of the lab's parameter of this name, if
   * there is one, else `linear`. On the lab's scale a parameter of such a name also takes its bounds, starts, unit and meaning.
   */
  readonly scale?: 'log' | 'linear' | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  /** Where descents begin; chosen from scale and bounds where it is left out. */
  readonly starts?: readonly number[] | undefined;
  readonly unit?: string | undefined;
  readonly meaning?: string | undefined;
  /** The runs that can tell it; found out from the formula where it is left out. */
  readonly toldBy?: Teller | undefined;
};

export type OwnLawDefinition = {
  readonly name: string;
  /** The loss in nats per token over N, D_T, k, r, r_f, D, S, C and the parameters; `L =` in front may be left out. */
  readonly formula: string;
  readonly parameters: readonly OwnParameter[];
};
