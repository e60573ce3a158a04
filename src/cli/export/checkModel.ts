/** The check of `m3lab export`: the engine's logits on this machine's GPU, held against those of ONNX Runtime. */

import { lazyOnnxFiles } from '../../export/folder.ts';
import type { ExportedModel } from '../../export/model.ts';
import { ortRuntime } from '../../export/ort/load.ts';
import { checkParity } from '../../export/parity.ts';
import { type ProbeWindows, probeEngine, probeWindows } from '../../export/probe.ts';
import type { Parity, ParityProbe } from '../../formats/parity.ts';
import { createGenerator } from '../../model/inference/generate.ts';
import type { AskedCorpus } from '../arguments.ts';
import { openGpu } from '../gpu/device.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { askedText, validationText } from './probeText.ts';

export type Checked = {
  readonly parity: Parity;
  /** What the text is called. */
  readonly text: string;
};

/** Throws {@link InputError} where there is no text to check on, and `OrtUnavailableError`. */
export async function checkModel(
  model: ExportedModel,
  asked: AskedCorpus | undefined,
  io: Io,
): Promise<Checked> {
  const { config, tokenizer, record } = model;
  const text =
    asked === undefined ? await validationText(record, tokenizer, io) : await askedText(asked, tokenizer, io);
  const windows = probeWindows(text.tokens, config);
  if (windows === null) {
    const { length } = text.tokens;
    throw new InputError(
      `${asked === undefined ? '--check' : '--text'}: ${text.name} has ${length} tokens, and a window of the model takes ${config.context + 1}; name a longer text with --text`,
    );
  }
  const runtime = await ortRuntime({ signal: io.signal });
  io.progress('the engine computes …');
  const probe = await engineProbe(model, windows, io);
  io.progress(`${runtime.name} computes …`);
  // The ONNX models are made one after the other, and let go: what is checked need not be what is written.
  const parity = await checkParity(lazyOnnxFiles(model), { config }, probe, runtime, io.signal);
  io.progress('');
  return { parity, text: text.name };
}

async function engineProbe(
  { table, parameters, config }: ExportedModel,
  windows: ProbeWindows,
  io: Io,
): Promise<ParityProbe> {
  const gpu = await openGpu(io);
  try {
    const generator = await createGenerator(gpu, table, parameters);
    try {
      return await probeEngine(generator, windows, config.vocabulary, io.signal);
    } finally {
      generator.destroy();
    }
  } finally {
    gpu.destroy();
  }
}
