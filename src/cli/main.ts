/** The process: its streams, its signals, its end. */

import { main } from './program.ts';
import { EXIT } from './report.ts';

/** Why the command is to end; `code` becomes the exit code. An `AbortError`, as whatever waits expects. */
class SignalError extends Error {
  override readonly name = 'AbortError';
  readonly code: number;
  constructor(code: number) {
    super('interrupted by a signal');
    this.code = code;
  }
}

// npx hands on a signal that the terminal has sent us as well: two at once are one.
const SAME_SIGNAL_MS = 1000;

const abort = new AbortController();
let askedAt = Number.NEGATIVE_INFINITY;
for (const [signal, code] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
] as const) {
  process.on(signal, () => {
    // Asked again, it ends at once: what is on the disk is whole at any moment.
    if (abort.signal.aborted && performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(code);
    if (abort.signal.aborted) return;
    askedAt = performance.now();
    abort.abort(new SignalError(code));
  });
}

// Whoever read our output may have seen enough (`| head`): that is no error, and no reason to lose a run.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const code = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  signal: abort.signal,
});
// Dawn's threads keep a process alive, and a pipe's last bytes are not yet written.
await Promise.all(
  [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((done) => stream.write('', () => done())),
  ),
);
process.exit(code);
