/** `m3lab generate`: text from a checkpoint. */

import { Command, InvalidArgumentError } from 'commander';
import { MAX_SEED } from '../../formats/configSchema.ts';
import { createGenerator } from '../../model/inference/generate.ts';
import { checkSampling, SamplingError } from '../../model/inference/sampling.ts';
import { promptTokens } from '../../text/tokenizer/prompt.ts';
import { CHECKPOINT_HELP, openCheckpoint } from '../files/checkpointFolder.ts';
import { openGpu } from '../gpu/device.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { counted } from '../words/words.ts';

type GenerateOptions = {
  readonly prompt: string;
  readonly tokens: number;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly seed: number;
};

export function generateCommand(ioOf: (command: Command) => Io): Command {
  return new Command('generate')
    .summary('write text with a checkpoint')
    .description('Writes on from a prompt. A line break stands where the model ends a document.')
    .argument('<checkpoint>', CHECKPOINT_HELP)
    .option('--prompt <text>', 'text to go on from; empty: a text from its beginning', '')
    .option('--tokens <n>', 'tokens to write', whole, 200)
    .option('--temperature <t>', '0 takes the likeliest token always', number, 0.8)
    .option('--top-k <k>', 'draw from the k likeliest tokens; 0 for all', whole, 0)
    .option('--top-p <p>', 'draw from the likeliest tokens that reach this probability; 1 for all', number, 1)
    .option('--seed <n>', 'the same seed gives the same text', seedNumber, 0)
    .option('--json', 'one JSON value on stdout: prompt, text, tokens')
    .action(async (checkpoint: string, options: GenerateOptions, command: Command) => {
      await generate(checkpoint, options, ioOf(command));
    });
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('give a finite number.');
  return value;
}

function whole(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('give a whole number of 0 or more.');
  return value;
}

function seedNumber(text: string): number {
  const value = whole(text);
  if (value > MAX_SEED) throw new InvalidArgumentError(`give a whole number of at most ${MAX_SEED}.`);
  return value;
}

async function generate(folder: string, options: GenerateOptions, io: Io): Promise<void> {
  const { prompt, tokens, temperature, topK, topP, seed } = options;
  try {
    checkSampling(options);
  } catch (error) {
    if (!(error instanceof SamplingError)) throw error;
    const option = error.field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new InputError(`--${error.message.replace(error.field, option)}`);
  }
  const { config, table, parameters, tokenizer } = await openCheckpoint(folder, io);
  const start = promptTokens(tokenizer, prompt);
  if (start.length > config.context) {
    const [has, sees] = [start.length, config.context].map((count) => counted(count, 'token'));
    io.say(`--prompt: ${has}, and the model looks back on ${sees}: it sees the end of the prompt alone`);
  }
  const gpu = await openGpu(io);
  try {
    const generator = await createGenerator(gpu, table, parameters);
    const decoder = tokenizer.decoder();
    const drawn: number[] = [];
    let text = '';
    const write = (piece: string) => {
      text += piece;
      if (!io.json) io.text(piece);
    };
    if (!io.json) io.text(prompt);
    const stream = generator.generate({
      prompt: start,
      tokens,
      temperature,
      topK,
      topP,
      seed,
      signal: io.signal,
    });
    for await (const token of stream) {
      drawn.push(token);
      write(decoder.push(token));
    }
    write(decoder.end());
    if (io.json) io.value({ prompt, text, tokens: drawn });
    else io.text('\n');
    generator.destroy();
  } finally {
    gpu.destroy();
  }
}
