/** `m3lab export`: a checkpoint in the formats of others. */

import { Command, Option } from 'commander';
import { EXPORT_FORMATS } from '../../export/formats.ts';
import { corpusArgument, SPEC_HELP } from '../arguments.ts';
import type { ExportOptions } from '../export/exportCheckpoint.ts';
import { CHECKPOINT_HELP } from '../files/checkpointFolder.ts';
import type { Io } from '../io.ts';

export function exportCommand(ioOf: (command: Command) => Io): Command {
  return new Command('export')
    .summary('write a checkpoint for transformers or ONNX Runtime')
    .description(
      'Writes the model of a checkpoint as others read it: hf, a folder for transformers; onnx, a folder for ONNX Runtime and ' +
        'transformers.js, with and without a KV cache. Both have the tokenizer and a model card. With --check ONNX Runtime first computes the model on ' +
        'held-out text; where it differs from the engine by more than is allowed nothing is written, and the exit code is 1.',
    )
    .argument('<checkpoint>', CHECKPOINT_HELP)
    .addOption(new Option('--format <format>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory())
    .requiredOption('--out <path>', 'folder to write, not there yet or empty; with --zip the file')
    .option('--zip', 'write one zip file; so does a path that ends in .zip')
    .option('--force', 'replace a zip file that is there')
    .option('--check', 'hold the export against the engine, and put what comes out into the card')
    .option(
      '--text <spec>',
      `text to check with (default: what the run was validated on): ${SPEC_HELP}`,
      corpusArgument,
    )
    .option('--json', 'one JSON value on stdout: out, format, zip, files: [{path, bytes}], checked, parity')
    .action(async (checkpoint: string, options: ExportOptions, command: Command) => {
      const { exportCheckpoint } = await import('../export/exportCheckpoint.ts');
      await exportCheckpoint(checkpoint, options, ioOf(command));
    });
}
