/** Tokens on their way to the device: 16 bits each, two in a word. */

/** The tokens padded to whole words, as bytes that WebGPU takes. A window's last target may be the last token. */
export function packTokens(tokens: Uint16Array): Uint16Array<ArrayBuffer> {
  const packed = new Uint16Array(Math.max(2, Math.ceil(tokens.length / 2) * 2));
  packed.set(tokens);
  return packed;
}

/** A window that would read past the tokens. */
export class WindowOutsideError extends Error {
  override readonly name = 'WindowOutsideError';
  readonly window: number;
  constructor(what: string, window: number, context: number, tokens: number) {
    super(`${what}: a window at token ${window} reads ${context + 1} tokens, and there are ${tokens} in all`);
    this.window = window;
  }
}

/** @throws WindowOutsideError at the first window that does not lie within the tokens */
export function checkWindows(what: string, windows: Uint32Array, context: number, tokens: number): void {
  const last = tokens - context - 1;
  for (const window of windows) {
    if (window > last) throw new WindowOutsideError(what, window, context, tokens);
  }
}
