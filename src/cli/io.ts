/** Where the command line speaks: results on stdout, words and progress on stderr. */

export type Streams = {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether stderr is a terminal, on which a line may be written over. */
  readonly terminal: boolean;
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
};

export class Io {
  /** Whether stdout is for machines. */
  readonly json: boolean;
  readonly #streams: Streams;
  #progress = '';

  constructor(streams: Streams, json: boolean) {
    this.#streams = streams;
    this.json = json;
  }

  get signal(): AbortSignal {
    return this.#streams.signal;
  }

  /** One JSON value, on a line of its own. */
  value(value: unknown): void {
    this.#streams.out(`${JSON.stringify(value)}\n`);
  }

  /** Text on stdout as it is; for people, and for generated text. */
  text(text: string): void {
    this.#streams.out(text);
  }

  /** A line of words on stderr. */
  say(line: string): void {
    this.#clear();
    this.#streams.error(`${line}\n`);
    this.#draw();
  }

  /** A line that the next one replaces; nothing where stderr is no terminal. '' takes it away. */
  progress(line: string): void {
    this.#clear();
    this.#progress = line;
    this.#draw();
  }

  #clear(): void {
    if (this.#streams.terminal && this.#progress !== '') this.#streams.error('\r\u001b[2K');
  }

  #draw(): void {
    if (this.#streams.terminal && this.#progress !== '') this.#streams.error(this.#progress);
  }
}
