/** This process among those that work on one sweep. */

import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Identity } from '../../sweep/run/claims.ts';

export function identity(): Identity {
  const host = hostname();
  const name = host.replaceAll(/[^A-Za-z0-9-]/g, '-');
  return {
    owner: `${name}-${process.pid}-${randomBytes(4).toString('hex')}`,
    host,
    space: processSpace(),
    pid: process.pid,
    isAlive,
  };
}

/** Two containers may bear one name and number their processes each from 1; on Linux the kernel tells them, and boots, apart. */
function processSpace(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of a process of someone else we may not know more than that it is there.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}
