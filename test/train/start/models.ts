/** Small models as folders, ours and such as others save. */

import { huggingFaceConfig } from '../../../src/huggingFace/config.ts';
import { writeSafetensors } from '../../../src/huggingFace/safetensors.ts';
import { namedTensors } from '../../../src/huggingFace/tensors.ts';
import type { LlamaConfig } from '../../../src/model/llama/config.ts';
import { initialState } from '../../../src/model/llama/initialise.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../../src/text/tokenizer/tokenizer.ts';
import { filesOfBytes, type StartFiles } from '../../../src/train/start/files.ts';

export const TINY: LlamaConfig = {
  layers: 1,
  width: 16,
  heads: 1,
  mlp: 24,
  context: 16,
  vocabulary: 257,
  tied: true,
};

export const jsonBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** The files of a model with fresh weights. */
export function modelFiles(
  config: LlamaConfig = TINY,
  tokenizer: Tokenizer = byteTokenizer,
): Map<string, Uint8Array> {
  const table = parameterTable(config);
  const { parameters } = initialState(table, 5);
  return new Map([
    ['config.json', jsonBytes(huggingFaceConfig(config, tokenizer.endOfDocument))],
    ['model.safetensors', writeSafetensors(namedTensors(table, parameters), { format: 'pt' })],
    ['tokenizer.json', jsonBytes(tokenizer.file())],
  ]);
}

/** Files of which is kept what is read, and which may pretend to be longer than they are. */
export function watched(
  files: ReadonlyMap<string, Uint8Array>,
  sizes: Readonly<Record<string, number>> = {},
) {
  const inner = filesOfBytes(files);
  const read: { name: string; bytes: number }[] = [];
  const outer: StartFiles = {
    names: () => [...new Set([...inner.names(), ...Object.keys(sizes)])],
    size: (name) => sizes[name] ?? inner.size(name),
    read: async (name, from, to) => {
      const bytes = await inner.read(name, from, to);
      read.push({ name, bytes: bytes.length });
      return bytes;
    },
  };
  return {
    files: outer,
    bytesOf: (name: string) =>
      read.filter((part) => part.name === name).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
