/** Where this user's caches lie: the folder of the system, or one that the environment names. */

import { homedir } from 'node:os';
import { join } from 'node:path';

const NAME = 'm3lab';

/** `M3LAB_CACHE` as it is; otherwise a folder of the lab's own where the platform keeps its caches. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment.M3LAB_CACHE) return environment.M3LAB_CACHE;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', NAME);
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), NAME);
  return join(environment.XDG_CACHE_HOME || join(home, '.cache'), NAME);
}
