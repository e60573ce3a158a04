/**
 * SHA-256 (FIPS 180-4) of bytes as they stream by. The Web Crypto digest wants the whole message at once, which a
 * corpus of gigabytes does not allow.
 */

const BLOCK_BYTES = 64;

/** First 32 bits of the fractional parts of a root of each of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
const PRIMES = primes(64);
const ROUND_CONSTANTS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const INITIAL_STATE = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

export class Sha256 {
  private readonly state = INITIAL_STATE.slice();
  private readonly words = new Int32Array(64);
  private readonly rest = new Uint8Array(BLOCK_BYTES);
  private restLength = 0;
  private bytes = 0;

  update(chunk: Uint8Array): this {
    this.bytes += chunk.length;
    let from = 0;
    if (this.restLength > 0) {
      from = Math.min(chunk.length, BLOCK_BYTES - this.restLength);
      this.rest.set(chunk.subarray(0, from), this.restLength);
      this.restLength += from;
      if (this.restLength < BLOCK_BYTES) return this;
      this.block(this.rest, 0);
      this.restLength = 0;
    }
    for (; from + BLOCK_BYTES <= chunk.length; from += BLOCK_BYTES) this.block(chunk, from);
    this.rest.set(chunk.subarray(from));
    this.restLength = chunk.length - from;
    return this;
  }

  /** 64 hexadecimal digits. Ends the message: call it once. */
  hex(): string {
    const bits = this.bytes * 8;
    const zeros = (2 * BLOCK_BYTES - 9 - this.restLength) % BLOCK_BYTES;
    const tail = new Uint8Array(1 + zeros + 8);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(1 + zeros, Math.floor(bits / 2 ** 32));
    view.setUint32(5 + zeros, bits >>> 0);
    this.update(tail);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  // The casts: a default for an index that is always there would cost a branch in the hottest loop of a big file.
  private block(bytes: Uint8Array, from: number): void {
    const { words, state } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, BLOCK_BYTES);
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(4 * i);
    for (let i = 16; i < 64; i++) {
      const early = words[i - 15] as number;
      const late = words[i - 2] as number;
      const spreadEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
      const spreadLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
      words[i] = ((words[i - 16] as number) + spreadEarly + (words[i - 7] as number) + spreadLate) | 0;
    }
    let a = state[0] as number;
    let b = state[1] as number;
    let c = state[2] as number;
    let d = state[3] as number;
    let e = state[4] as number;
    let f = state[5] as number;
    let g = state[6] as number;
    let h = state[7] as number;
    for (let i = 0; i < 64; i++) {
      const choice = (e & f) ^ (~e & g);
      const spreadE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const first = (h + spreadE + choice + (ROUND_CONSTANTS[i] as number) + (words[i] as number)) | 0;
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    state[0] = (state[0] as number) + a;
    state[1] = (state[1] as number) + b;
    state[2] = (state[2] as number) + c;
    state[3] = (state[3] as number) + d;
    state[4] = (state[4] as number) + e;
    state[5] = (state[5] as number) + f;
    state[6] = (state[6] as number) + g;
    state[7] = (state[7] as number) + h;
  }
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
