/** A session of the worker of play without a worker, and small models as their files. */

import { createHash } from 'node:crypto';
import { huggingFaceFolder } from '../../../src/export/folder.ts';
import { ortRuntime } from '../../../src/export/ort/load.ts';
import type { LlamaConfig } from '../../../src/model/llama/config.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../../src/text/tokenizer/tokenizer.ts';
import type { ModelFiles } from '../../../src/worker/api/models.ts';
import type { Outcome } from '../../../src/worker/api/outcome.ts';
import type { PlayCommand, PlayEvent, PlayReply, Writing } from '../../../src/worker/api/play.ts';
import type { LoadRuntime } from '../../../src/worker/play/runtimes.ts';
import { playSession } from '../../../src/worker/play/session.ts';
import { type TinyModel, tinyModel } from '../../export/onnx/tiny.ts';

export function openSession(load: LoadRuntime = (provider) => ortRuntime({ provider })) {
  const door = playSession(load);
  const events: PlayEvent[] = [];
  const heard: (() => void)[] = [];
  door.listen((event) => {
    events.push(event);
    for (const tell of heard.splice(0)) tell();
  });
  let calls = 0;
  const begin = <C extends PlayCommand>(command: C) => {
    const call = ++calls;
    const answer = door.send(call, command) as Promise<Outcome<PlayReply[C['command']]>>;
    return { answer, abort: () => door.abort(call) };
  };
  const send = async <C extends PlayCommand>(command: C): Promise<PlayReply[C['command']]> => {
    const outcome = await begin(command).answer;
    if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
    return outcome.value;
  };
  const failureOf = async (command: PlayCommand) => {
    const outcome = await begin(command).answer;
    if (outcome.ok) throw new Error(`${command.command} did not fail`);
    return outcome.failure;
  };
  const nextEvent = () => new Promise<void>((resolve) => heard.push(resolve));
  return { begin, send, failureOf, events, nextEvent };
}

export function filesOf(tiny: TinyModel, id: string, tokenizer: Tokenizer = byteTokenizer): ModelFiles {
  const folder = huggingFaceFolder({ ...tiny, tokenizer, record: null }, null);
  return { id, name: `model ${id}`, files: Object.fromEntries(folder) };
}

/** SHA-256 of the file of the weights. */
export function weightsOf({ files }: ModelFiles): string {
  return createHash('sha256')
    .update(files['model.safetensors'] ?? '')
    .digest('hex');
}

/** A small model under an id, as its files. */
export function tinyFiles(id: string, seed = 3, change: Partial<LlamaConfig> = {}): ModelFiles {
  return filesOf(tinyModel(change, seed), id);
}

export const WRITING: Writing = { prompt: 'Ibu', tokens: 40, seed: 7, temperature: 1, topK: 0, topP: 1 };
