/** `m3lab corpus show`: what a corpus holds, and how well its text can be predicted at best and at least. */

import { Command } from 'commander';
import { formatCorpusSpec } from '../../formats/corpusSpec.ts';
import type { Parting } from '../../text/document.ts';
import { type AskedCorpus, corpusArgument, SPEC_HELP, wholeNumber } from '../arguments.ts';
import { corpusFacts, type Parted } from '../corpora/corpusFacts.ts';
import { downloadOf, downloadWords } from '../corpora/download.ts';
import { nodeOpeners } from '../corpora/openers.ts';
import { readCorpus, withAdvice } from '../corpora/readCorpus.ts';
import { openTokenizer } from '../files/tokenizerFile.ts';
import type { Io } from '../io.ts';
import { corpusWords } from '../words/corpus.ts';

type ShowOptions = {
  readonly validation?: AskedCorpus;
  readonly targetTokens?: number;
  readonly tokenizer?: string;
  readonly examples: number;
  readonly parallel?: true;
  readonly download: boolean;
};

export function corpusShowCommand(ioOf: (command: Command) => Io): Command {
  return new Command('show')
    .summary('say what a corpus holds')
    .description(
      'Reads a corpus as train would, and says what there is: documents, characters, words, scripts, what was left out and why, the ' +
        'entropy floor where it is known, and an n-gram model as a reference. What has to be fetched is said first.',
    )
    .argument('<spec>', SPEC_HELP, corpusArgument)
    .option('--validation <spec>', 'a corpus to validate on (default: 5 % of the documents)', corpusArgument)
    .option('--target-tokens <n>', 'D_T: train the n-gram reference on that many tokens only', wholeNumber(1))
    .option(
      '--tokenizer <file>',
      'a tokenizer.json: say what it does to the text, and count D_T in its tokens',
    )
    .option('--examples <n>', 'training documents to show', wholeNumber(0), 3)
    .option('--parallel', 'split by place: the n-th document translates the n-th of another file')
    .option('--no-download', 'say only what would be fetched, and fetch no text')
    .option('--json', 'one JSON value on stdout')
    .action(async (asked: AskedCorpus, options: ShowOptions, command: Command) => {
      if (options.download) await show(asked, options, ioOf(command));
      else await showDownload(asked, ioOf(command));
    });
}

async function showDownload({ text, spec }: AskedCorpus, io: Io): Promise<void> {
  const download = await downloadOf(spec, nodeOpeners(io), io).catch((error: unknown) => {
    throw withAdvice(error, text);
  });
  if (io.json) io.value({ spec: text, download });
  else io.text(`${download ? downloadWords(download) : `${text} is here; nothing is fetched for it`}\n`);
}

async function show(asked: AskedCorpus, options: ShowOptions, io: Io): Promise<void> {
  const { validation, targetTokens = null, tokenizer: file, examples, parallel } = options;
  // What is wrong with it should be known before anything is fetched.
  const tokenizer = file === undefined ? null : { file, tokenizer: await openTokenizer(file, '--tokenizer') };
  const partings = { corpus: new Set<Parting>(), validation: new Set<Parting>() };
  const prepared = await readCorpus(
    { ...asked, what: 'corpus' },
    {
      validation: validation ? { ...validation, what: '--validation' } : null,
      split: parallel ? 'number' : 'text',
      nearDuplicates: 'report',
      onParting: (parting, of) => partings[of].add(parting),
    },
    io,
  );
  const wishes = {
    spec: asked.text,
    parted: partedBy(partings.corpus, asked),
    validationParted: validation ? partedBy(partings.validation, validation) : null,
    targetTokens,
    tokenizer,
    examples,
  };
  const facts = await corpusFacts(prepared, wishes, io);
  if (io.json) io.value(facts);
  else io.text(`${corpusWords(facts)}\n`);
}

function partedBy(partings: ReadonlySet<Parting>, { spec }: AskedCorpus): Parted | null {
  const [first, ...others] = partings;
  if (first === undefined || spec.scheme === 'world') return null;
  const other = first === 'line' ? 'block' : 'line';
  // The hash is that of the documents as they were parted.
  const otherwise = formatCorpusSpec({ ...spec, documents: other, sha256: null });
  return { by: [first, ...others], otherwise: spec.documents === 'auto' ? otherwise : null };
}
