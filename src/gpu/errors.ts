/** What can go wrong between us and a GPU. Each error carries its data and says what to do. */

export class WebGpuUnavailableError extends Error {
  override readonly name = 'WebGpuUnavailableError';
  readonly reason: 'no-api' | 'no-adapter' | 'no-device';
  constructor(reason: 'no-api' | 'no-adapter' | 'no-device', detail = '') {
    const what = {
      'no-api': 'This environment has no WebGPU.',
      'no-adapter': 'WebGPU is here, but it offers no adapter.',
      'no-device': 'The WebGPU adapter refused to make a device.',
    }[reason];
    super(
      `${what}${detail ? ` ${detail}` : ''} In a browser, use a current Chrome, Edge, Firefox or Safari with hardware ` +
        'acceleration switched on; on the command line, see `m3lab doctor`.',
    );
    this.reason = reason;
  }
}

export class LimitTooSmallError extends Error {
  override readonly name = 'LimitTooSmallError';
  readonly limit: string;
  readonly needed: number;
  readonly available: number;
  constructor(limit: string, needed: number, available: number, what: string) {
    super(
      `${what} needs ${limit} of ${needed.toLocaleString('en')}, and this adapter allows ${available.toLocaleString('en')}. ` +
        'Take a smaller model, batch, context or fleet.',
    );
    this.limit = limit;
    this.needed = needed;
    this.available = available;
  }
}

export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
  readonly requestedBytes: number;
  readonly heldBytes: number;
  constructor(requestedBytes: number, heldBytes: number, what: string) {
    super(
      `The GPU has no ${requestedBytes.toLocaleString('en')} bytes left for ${what} (${heldBytes.toLocaleString('en')} are held). ` +
        'Take a smaller model, batch or fleet, or close other pages that use the GPU.',
    );
    this.requestedBytes = requestedBytes;
    this.heldBytes = heldBytes;
  }
}

/** A mistake of ours, not of the user: a shader or a command that WebGPU does not accept. */
export class GpuValidationError extends Error {
  override readonly name = 'GpuValidationError';
  readonly where: string;
  constructor(where: string, message: string) {
    super(`WebGPU refused ${where}: ${message}`);
    this.where = where;
  }
}

export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(
      `The GPU device was lost (${reason || 'unknown'}${message ? `: ${message}` : ''}). ` +
        'Everything up to the last checkpoint is kept; resume from it.',
    );
    this.reason = reason;
  }
}
