/** The frames of a zstd file (RFC 8878, section 3): how large a window each wants, read before it is unpacked. */

const FRAME_MARK = 0xfd2fb528;
/** The last four bits are free. */
const SKIPPED_MARK = 0x184d2a50;

/** Mark and flags. */
const HEAD_BYTES = 5;
/** Mark and length. */
const SKIPPED_HEAD_BYTES = 8;
const BLOCK_HEAD_BYTES = 3;
const CHECKSUM_BYTES = 4;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;

const RLE_BLOCK = 1;

/** Walks from header to header and passes over what is packed; what is no zstd it leaves to the unpacker to say. */
export class ZstdFrames {
  private readonly onWindow: (bytes: number) => void;
  /** What is known of the header at hand, and how long it is. */
  private header: number[] = [];
  private headerBytes = HEAD_BYTES;
  private isInFrame = false;
  private hasChecksum = false;
  /** Bytes that are of no interest. */
  private toPass = 0;

  /** `onWindow` gets the bytes of each frame's window, and may throw. */
  constructor(onWindow: (bytes: number) => void) {
    this.onWindow = onWindow;
  }

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const passed = Math.min(this.toPass, piece.length - at);
      if (passed > 0) {
        this.toPass -= passed;
        at += passed;
        continue;
      }
      this.header.push(piece[at] ?? 0);
      at++;
      if (this.header.length < this.headerBytes) continue;
      if (this.isInFrame) this.endBlockHeader();
      else this.endFrameHeader();
    }
  }

  private endBlockHeader(): void {
    const header = number(this.header, 0, BLOCK_HEAD_BYTES);
    const isLast = (header & 1) !== 0;
    const size = header >>> 3;
    const packed = ((header >>> 1) & 3) === RLE_BLOCK ? 1 : size;
    this.next(!isLast, packed + (isLast && this.hasChecksum ? CHECKSUM_BYTES : 0));
  }

  private endFrameHeader(): void {
    const { header } = this;
    const mark = number(header, 0, 4);
    if (mark - (mark % 16) === SKIPPED_MARK) {
      if (header.length < SKIPPED_HEAD_BYTES) this.headerBytes = SKIPPED_HEAD_BYTES;
      else this.next(false, number(header, 4, 4));
      return;
    }
    if (mark !== FRAME_MARK) {
      this.next(false, Number.POSITIVE_INFINITY);
      return;
    }
    const flags = header[4] ?? 0;
    const isSingleSegment = (flags & 0x20) !== 0;
    const sizeCode = flags >>> 6;
    const sizeBytes = sizeCode > 0 ? 2 ** sizeCode : Number(isSingleSegment);
    const sizeAt = HEAD_BYTES + Number(!isSingleSegment) + (DICTIONARY_ID_BYTES[flags & 3] ?? 0);
    this.headerBytes = sizeAt + sizeBytes;
    if (header.length < this.headerBytes) return;
    // Of a frame in one segment all of its content is the window.
    const content = number(header, sizeAt, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
    this.onWindow(isSingleSegment ? content : windowBytes(header[HEAD_BYTES] ?? 0));
    this.hasChecksum = (flags & 4) !== 0;
    this.next(true, 0);
  }

  /** What follows the header at hand: bytes to pass, and then the header of a block or of a frame. */
  private next(isInFrame: boolean, toPass: number): void {
    this.header = [];
    this.isInFrame = isInFrame;
    this.headerBytes = isInFrame ? BLOCK_HEAD_BYTES : HEAD_BYTES;
    this.toPass = toPass;
  }
}

function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** The lowest byte first; of eight bytes about. */
function number(bytes: readonly number[], at: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}
