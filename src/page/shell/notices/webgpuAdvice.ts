/** What to do, in this browser, about a missing WebGPU. */

export type Surroundings = {
  readonly userAgent: string;
  /** Whether the page came over https or from this machine; browsers give WebGPU to no other. */
  readonly secure: boolean;
  /** Whether the browser has WebGPU at all, though it found no adapter. */
  readonly hasApi: boolean;
};

/** One or two sentences, for the browser that the user agent names. */
export function webgpuAdvice({ userAgent, secure, hasApi }: Surroundings): string {
  if (!secure)
    return 'Open this page over https, or from localhost: browsers give WebGPU to no other address.';
  if (/Firefox\//.test(userAgent)) {
    return 'In Firefox, update to version 141 or newer (Windows) or 145 (macOS on Apple silicon); elsewhere set dom.webgpu.enabled to true in about:config, then load this page again.';
  }
  if (/Chrome\/|Chromium\//.test(userAgent)) {
    const linux = /Linux/.test(userAgent) && !/Android/.test(userAgent);
    if (linux) {
      return 'In Chrome or Chromium on Linux, open chrome://flags/#enable-unsafe-webgpu, choose Enabled, and start the browser again; a current graphics driver with Vulkan helps.';
    }
    return hasApi
      ? 'Turn on graphics acceleration in the browser’s settings under System, update the graphics driver, and start the browser again.'
      : 'Update the browser: Chrome and Edge have WebGPU from version 113 (121 on Android).';
  }
  if (/Safari\//.test(userAgent)) {
    return 'In Safari, update to version 26 or newer; before that, turn on WebGPU under Develop, Feature Flags.';
  }
  return 'Use a current Chrome, Edge, Firefox or Safari.';
}
