/** What each kind of failure is called, above its own words. */

import type { FailureKind } from '../../../worker/api/outcome.ts';

export const FAILURE_TITLES: Readonly<Record<FailureKind, string>> = {
  'no-webgpu': 'This browser gives the page no WebGPU',
  limit: 'The GPU allows less than this needs',
  memory: 'The GPU is out of memory',
  'device-lost': 'The GPU was lost',
  gpu: 'The GPU refused the work',
  'storage-full': 'Storage is full',
  storage: 'Nothing can be stored',
  text: 'A text cannot be read',
  file: 'A file cannot be used',
  network: 'A text cannot be fetched',
  config: 'This cannot be trained as it stands',
  busy: 'The lab is at work in another tab',
  'not-now': 'Not now',
  cancelled: 'Stopped',
  internal: 'Something in the lab went wrong',
};
