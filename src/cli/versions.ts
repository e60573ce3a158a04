/** The versions that a record keeps. */

import packageJson from '../../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;

export function versions(): Record<string, string> {
  return { m3lab: VERSION, node: process.versions.node, webgpu: packageJson.dependencies.webgpu };
}
