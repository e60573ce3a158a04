/** `m3lab corpus write`: the documents of a corpus as a file. */

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';
import type { CorpusSpec } from '../../formats/corpusSpec.ts';
import { READABLE_ENDINGS } from '../../text/readers/format.ts';
import { type AskedCorpus, corpusArgument, SPEC_HELP, wholeNumber } from '../arguments.ts';
import { cleanDocuments, openAsked } from '../corpora/readCorpus.ts';
import { OutputFile } from '../files/outputFile.ts';
import { type Layout, TextLayout } from '../files/writtenText.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { amount, counted, labelled } from '../words/words.ts';

type WriteOptions = { readonly bytes?: number; readonly out: string; readonly force?: true };

/** Stands for stdout. */
const STDOUT = '-';

export function corpusWriteCommand(ioOf: (command: Command) => Io): Command {
  return new Command('write')
    .summary('write the documents of a corpus to a file')
    .description(
      'Writes the first documents of a corpus, in UTF-8 and normal form C, without empty ones, such that the same documents are read ' +
        'from the file: one a line; with blank lines between them where documents have line breaks; or JSON lines where the ' +
        "file's name ends in .jsonl. The file appears when it is whole.",
    )
    .argument('<spec>', SPEC_HELP, corpusArgument)
    .option(
      '--bytes <n>',
      'end with the document that reaches n bytes, each end of a document counted as one (default: what the spec says, or all)',
      wholeNumber(1),
    )
    .requiredOption('--out <file>', 'file to write, .txt or .jsonl; - for stdout')
    .option('--force', 'replace a file that is there and holds something else')
    .option('--json', 'one JSON value on stdout: file, documents, bytes, layout, floorBitsPerByte, sha256')
    .action(async (asked: AskedCorpus, options: WriteOptions, command: Command) => {
      const io = ioOf(command);
      checkEnding(options.out);
      if (io.json && options.out === STDOUT)
        throw new InputError('--json: stdout is taken by --out -; name a file, or leave --json out');
      await write(asked, options, io);
    });
}

/** Of files that a reader takes for something else than text or JSON lines, or refuses. */
const OTHER_ENDINGS: readonly string[] = [
  ...READABLE_ENDINGS.filter((ending) => !['.txt', '.jsonl', '.ndjson'].includes(ending)),
  ...['.tar', '.tgz', '.7z', '.rar', '.bz2', '.xz'],
];

function checkEnding(out: string): void {
  const ending = /\.[^./\\]*$/.exec(out)?.[0].toLowerCase() ?? '';
  if (!OTHER_ENDINGS.includes(ending)) return;
  throw new InputError(
    `--out: ${out}: ${ending} files are not written; name one that ends in .txt (plain text) or .jsonl (JSON lines), or - for stdout`,
  );
}

type Sink = Pick<OutputFile, 'write' | 'commit' | 'abandon'>;

async function write(asked: AskedCorpus, options: WriteOptions, io: Io): Promise<void> {
  const { out, force } = options;
  const file =
    out === STDOUT ? stdout(io) : await OutputFile.begin(out, '--out', force ? 'replace' : 'keep if same');
  try {
    const written = await writeDocuments(asked, options, file, io);
    const { wasThere } = await file.commit();
    if (wasThere) io.say(`${out} holds exactly this already`);
    tell(out, written, options.bytes, io);
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

type Written = {
  readonly documents: number;
  /** Of the file. */
  readonly bytes: number;
  /** Of the documents in UTF-8, and one for the end of each. */
  readonly textBytes: number;
  readonly layout: Layout;
  /** Entropy of these documents; null where it is not known. */
  readonly floorBitsPerByte: number | null;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
};

async function writeDocuments(
  asked: AskedCorpus,
  options: WriteOptions,
  file: Sink,
  io: Io,
): Promise<Written> {
  const spec = sized(asked.spec, options.bytes);
  const most = options.bytes ?? spec.bytes ?? Number.POSITIVE_INFINITY;
  const corpus = await openAsked({ text: asked.text, spec, what: 'corpus' }, io);
  const layout = new TextLayout(options.out, '--out');
  const hash = createHash('sha256');
  let [documents, bytes, textBytes] = [0, 0, 0];
  let bits: number | null = 0;
  const put = async (text: string): Promise<void> => {
    hash.update(text);
    bytes += Buffer.byteLength(text);
    await file.write(text);
  };
  for await (const document of cleanDocuments(corpus, io.signal)) {
    if (textBytes >= most) {
      // What is fetched is kept only when it is read to its end, which is near.
      if (spec.scheme === 'https' || spec.scheme === 'hf') continue;
      break;
    }
    await put(layout.add(document.text));
    documents++;
    textBytes += Buffer.byteLength(document.text) + 1;
    bits = bits === null || document.bits === null ? null : bits + document.bits;
    if (documents % DOCUMENTS_A_REST === 0) {
      io.progress(
        `${amount(textBytes, 'B')}${most < Number.POSITIVE_INFINITY ? ` of ${amount(most, 'B')}` : ''}, ${counted(documents, 'document')} …`,
      );
      // So that a signal is heard.
      await setImmediate();
    }
  }
  await put(layout.end());
  io.progress('');
  if (documents === 0) throw new InputError(`corpus: ${asked.text} has no document that is not empty`);
  return {
    documents,
    bytes,
    textBytes,
    layout: layout.layout ?? 'line',
    floorBitsPerByte: bits === null ? null : bits / textBytes,
    sha256: hash.digest('hex'),
  };
}

const DOCUMENTS_A_REST = 64;

/** The spec with its size: of what is told or fetched, no more than that is wanted. Files are read until there is enough. */
function sized(spec: CorpusSpec, bytes: number | undefined): CorpusSpec {
  if (bytes === undefined || spec.scheme === 'file') return spec;
  return { ...spec, bytes };
}

function stdout(io: Io): Sink {
  return {
    write: async (text) => {
      if (text !== '') io.text(text);
    },
    commit: async () => ({ wasThere: false }),
    abandon: async () => {},
  };
}

function tell(out: string, written: Written, asked: number | undefined, io: Io): void {
  const { documents, bytes, textBytes, layout, floorBitsPerByte: floor, sha256 } = written;
  if (asked !== undefined && textBytes < asked)
    io.say(`note: the corpus ends before ${asked.toLocaleString('en')} bytes; all of it is written`);
  if (io.json) {
    io.value({ file: out, ...written });
    return;
  }
  const words = labelled([
    ['file', out === STDOUT ? 'stdout' : out],
    ['documents', `${documents.toLocaleString('en')}, ${LAYOUTS[layout]}`],
    ['bytes', bytes.toLocaleString('en')],
    ['entropy floor', floor === null ? 'not known for this text' : `${floor.toFixed(4)} bits per byte`],
    ['SHA-256', sha256],
    ...(layout === 'block' ? ([['read it as', `file:${out}#documents=block`]] as const) : []),
  ]);
  // Stdout holds the documents, and nothing else.
  if (out === STDOUT) io.say(words);
  else io.text(`${words}\n`);
}

const LAYOUTS: Readonly<Record<Layout, string>> = {
  line: 'one a line',
  block: 'with a blank line between them',
  jsonl: 'one a line, as JSON',
};
