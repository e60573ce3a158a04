/** Where the measured runs lie that ship with the lab; `scripts/vite/shippedRuns.mjs` makes it. */
declare module 'virtual:shipped-runs' {
  /** Address of the file with all summaries. */
  export const summaries: string;
  /** Address of each collection's file of records. */
  export const records: Readonly<Record<string, string>>;
}
