/** What went wrong while the runs of a folder were trained, as the user's error where it is one. */

import { StorageFullError } from '../../store/store.ts';
import { workFolder } from '../../sweep/run/folder.ts';
import { ResumeError } from '../../train/checkpoint/resume.ts';
import type { Io } from '../io.ts';
import { EXIT, InputError, InterruptedError } from '../report.ts';

/** `out` is the folder, as it was given by `--out`. */
export function sweepFailure(error: unknown, out: string, io: Io): unknown {
  if (io.signal.aborted && error instanceof Error && error.name === 'AbortError') {
    const { code } = io.signal.reason as { code?: number };
    return new InterruptedError(code ?? EXIT.interrupted, `saved in ${out}; the same command goes on`);
  }
  if (error instanceof StorageFullError)
    return new InputError(`--out: ${error.message}; finished runs stay, and the same command goes on`);
  if (error instanceof ResumeError) {
    return new InputError(
      `--out: ${out}: the checkpoint of run ${error.run} cannot be gone on with: ${error.problem}; to train it anew, remove ${out}/${workFolder(error.run)}`,
    );
  }
  return error;
}
