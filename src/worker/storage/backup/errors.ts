/** What can be wrong with a file that takes everything along. */

/** The file is none that this lab can bring back; nothing of it was taken. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly file: string;
  readonly problem: string;
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause });
    this.file = file;
    this.problem = problem;
  }
}

/** Where zip archives end without an extension that nothing here writes. */
export const MOST_BYTES = 2 ** 32 - 2 ** 24;

/** More than fits one archive. */
export class BackupTooLargeError extends Error {
  override readonly name = 'BackupTooLargeError';
  readonly bytes: number;
  constructor(bytes: number) {
    const said = (value: number) => `${(value / 1e9).toFixed(1)} GB`;
    super(
      `all of it is ${said(bytes)}, and one file takes ${said(MOST_BYTES)}; leave out texts or checkpoints, or remove what is no longer needed`,
    );
    this.bytes = bytes;
  }
}

/** How many files a zip archive counts without an extension that nothing here writes. */
export const MOST_FILES = 2 ** 16 - 1;

/** More files than one archive counts. */
export class BackupTooManyError extends Error {
  override readonly name = 'BackupTooManyError';
  readonly files: number;
  constructor(files: number) {
    super(
      `all of it is ${files.toLocaleString('en')} files, and one archive takes ${MOST_FILES.toLocaleString('en')}; leave out texts or checkpoints, or remove what is no longer needed`,
    );
    this.files = files;
  }
}
