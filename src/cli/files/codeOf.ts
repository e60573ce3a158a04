/** The system's code of an error, e.g. `ENOENT`; undefined for one that is none of the system's. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
