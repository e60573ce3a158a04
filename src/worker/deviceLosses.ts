/** How often a device that was lost is opened again. */

import { DeviceLostError } from '../gpu/errors.ts';

/** A device that is lost again and again will be lost once more. Counted from the last checkpoint that was made. */
const MOST_REOPENINGS = 3;

export class DeviceLosses {
  #reopenings = 0;

  /** Something was saved: whatever is lost from here on is another matter. */
  saved(): void {
    this.#reopenings = 0;
  }

  /** Whether what ended so is to be begun again on a device that is opened anew; counts it where it is. */
  isWorthAnother(error: unknown): error is DeviceLostError {
    if (!(error instanceof DeviceLostError) || this.#reopenings === MOST_REOPENINGS) return false;
    this.#reopenings++;
    return true;
  }
}
