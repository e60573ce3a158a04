/** What keeps a small packed file from unfolding without end. */

import { TextError } from '../errors.ts';

/** Text packs to a third or a tenth, and rarely to a hundredth; what unfolds more than this is made to. */
const MAX_EXPANSION = 250;

/** Unpacked bytes before the ratio is looked at: a small file may well be a page of one letter. */
const FREE_BYTES = 64 * 2 ** 20;

/** Unpacked bytes of one file, whatever the ratio. */
const MAX_UNPACKED_BYTES = 64 * 2 ** 30;

const MEBIBYTE = 2 ** 20;

/** Counts what goes in and what comes out. */
export class ExpansionGuard {
  private readonly file: string;
  private readonly isSizeKnown: boolean;
  private packedBytes: number;
  private unpackedBytes = 0;

  /**
   * `packedBytes`: the size of an archive as it lies there, where all that comes out of it is held against that size;
   * null: what is packed is counted as it comes.
   */
  constructor(file: string, packedBytes: number | null = null) {
    this.file = file;
    this.isSizeKnown = packedBytes !== null;
    this.packedBytes = packedBytes ?? 0;
  }

  /**
   * Counts nothing where the size is known: what goes into an inner packing has itself come out of the outer one, and
   * would let the two ratios multiply.
   */
  packed(bytes: number): void {
    if (!this.isSizeKnown) this.packedBytes += bytes;
  }

  /** Throws {@link TextError} where the sum is past a limit. */
  unpacked(bytes: number): void {
    this.unpackedBytes += bytes;
    const { file, packedBytes, unpackedBytes } = this;
    const isBomb = unpackedBytes > FREE_BYTES && unpackedBytes > packedBytes * MAX_EXPANSION;
    if (!isBomb && unpackedBytes <= MAX_UNPACKED_BYTES) return;
    const limit = isBomb
      ? `no more than ${MAX_EXPANSION} times the packed size, once ${FREE_BYTES / MEBIBYTE} MiB have come out`
      : `no more than ${MAX_UNPACKED_BYTES / 2 ** 30} GiB`;
    throw new TextError(
      file,
      'too large',
      `${packedBytes} packed bytes unfold to ${unpackedBytes} or more, and ${limit} are unpacked; if it is meant to be so, unpack it yourself`,
    );
  }
}
