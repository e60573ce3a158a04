/** `m3lab eval`: the loss of a text under a checkpoint. */

import { Command } from 'commander';
import { tokenizeText } from '../../text/corpus/tokenizeText.ts';
import { bitsPerByte } from '../../train/layout.ts';
import { type AskedCorpus, corpusArgument, SPEC_HELP } from '../arguments.ts';
import { checkHash, openAsked } from '../corpora/readCorpus.ts';
import { CHECKPOINT_HELP, openCheckpoint } from '../files/checkpointFolder.ts';
import { openGpu } from '../gpu/device.ts';
import type { Io } from '../io.ts';
import { scoreText } from '../score.ts';
import { counted } from '../words/words.ts';

export function evalCommand(ioOf: (command: Command) => Io): Command {
  return new Command('eval')
    .summary('measure a text under a checkpoint')
    .description(
      'Nats per token and bits per byte of a text. Every token is scored once, in windows of the model’s context, the last one ' +
        'ending at the end of the text. Empty and repeated documents are left out.',
    )
    .argument('<checkpoint>', CHECKPOINT_HELP)
    .requiredOption('--text <spec>', SPEC_HELP, corpusArgument)
    .option('--json', 'one JSON value on stdout: nats, bitsPerByte, tokens, bytes, windows')
    .action(async (checkpoint: string, options: { text: AskedCorpus }, command: Command) => {
      await evaluate(checkpoint, options.text, ioOf(command));
    });
}

async function evaluate(folder: string, asked: AskedCorpus, io: Io): Promise<void> {
  const { table, parameters, tokenizer } = await openCheckpoint(folder, io);
  const named = { ...asked, what: '--text' };
  const text = await tokenizeText({ ...(await openAsked(named, io)), tokenizer, signal: io.signal });
  checkHash(named, text.sha256);
  const { empty, duplicates } = text.dropped;
  if (empty + duplicates > 0)
    io.say(`${asked.text}: documents left out: ${empty} empty, ${duplicates} repeated`);
  const gpu = await openGpu(io);
  try {
    const { nats, tokens, windows } = await scoreText(gpu, table, parameters, text.tokens, (scored, all) => {
      io.signal.throwIfAborted();
      io.progress(`${Math.floor((100 * scored) / all)} %`);
    });
    io.progress('');
    const perToken = nats / tokens;
    const result = {
      nats: perToken,
      bitsPerByte: bitsPerByte(perToken, tokens, text.bytes),
      tokens,
      bytes: text.bytes,
      windows,
    };
    if (io.json) io.value(result);
    else {
      io.text(
        `${result.nats.toFixed(4)} nats per token, ${result.bitsPerByte.toFixed(4)} bits per byte ` +
          `(${counted(tokens, 'token')}, ${counted(text.bytes, 'byte')}, ${counted(windows, 'window')})\n`,
      );
    }
  } finally {
    gpu.destroy();
  }
}
