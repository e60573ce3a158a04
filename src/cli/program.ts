/** The commands put together, and what becomes of their errors. */

import { Command, CommanderError } from 'commander';
import { benchCommand } from './commands/bench.ts';
import { corpusCommand } from './commands/corpus.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evalCommand } from './commands/eval.ts';
import { exportCommand } from './commands/export.ts';
import { fitCommand } from './commands/fit.ts';
import { generateCommand } from './commands/generate.ts';
import { recommendCommand } from './commands/recommend.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { sweepCommand } from './commands/sweep.ts';
import { tokenizerCommand } from './commands/tokenizer.ts';
import { trainCommand } from './commands/train.ts';
import { verifyCommand } from './commands/verify.ts';
import { tuningKept } from './gpu/tuning.ts';
import { Io, type Streams } from './io.ts';
import { EXIT, InterruptedError, report } from './report.ts';
import { VERSION } from './versions.ts';

/** Runs one command; `args` are what follows the program's name. Gives the exit code, and does not throw. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  const ios: Io[] = [];
  const ioOf = (command: Command) => {
    const io = new Io(streams, command.opts().json === true);
    ios.push(io);
    return io;
  };
  const program = new Command('m3lab')
    .description('Train tiny Llamas mono- or bilingually with WebGPU kernels, and measure what comes of it.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: streams.out,
      writeErr: streams.error,
      outputError: (words, write) => write(words.replace(/^error: /, 'm3lab: ')),
    })
    .showHelpAfterError('(add --help for what is there)')
    .addHelpText('after', EXIT_CODES_HELP);
  for (const make of COMMANDS) {
    const command = make(ioOf).copyInheritedSettings(program);
    for (const part of command.commands) part.copyInheritedSettings(program);
    program.addCommand(command);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    // Commander has said its words already; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    // What went wrong stands on a line of its own.
    for (const io of ios) io.progress('');
    const { words, exitCode } = report(interrupted(error, streams.signal));
    streams.error(`m3lab: ${words}\n`);
    return exitCode;
  } finally {
    await tuningKept();
  }
}

/** In the order in which they are needed. */
const COMMANDS = [
  doctorCommand,
  corpusCommand,
  tokenizerCommand,
  trainCommand,
  evalCommand,
  generateCommand,
  exportCommand,
  sweepCommand,
  verifyCommand,
  fitCommand,
  recommendCommand,
  reproduceCommand,
  benchCommand,
] as const;

const EXIT_CODES_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage or input, 75 device lost (try again), 130 and 143 on SIGINT and SIGTERM.
A train whose runs all diverged has failed; where any run did not, it is done, and says on stderr which diverged.`;

/** A signal that broke off something with nothing to save. */
function interrupted(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted || error instanceof InterruptedError) return error;
  if (error !== signal.reason && !(error instanceof DOMException && error.name === 'AbortError'))
    return error;
  const { code } = signal.reason as { code?: number };
  return new InterruptedError(code ?? EXIT.interrupted, 'interrupted');
}
