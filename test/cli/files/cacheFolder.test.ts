import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../../src/cli/files/cacheFolder.ts';

const HOME = join('/', 'home', 'me');

test.each([
  ['the folder that is named', { M3LAB_CACHE: '/tmp/x', XDG_CACHE_HOME: '/xdg' }, 'linux', '/tmp/x'],
  ['an empty name is none', { M3LAB_CACHE: '', XDG_CACHE_HOME: '' }, 'linux', join(HOME, '.cache', 'm3lab')],
  ['Linux, as the desktop says', { XDG_CACHE_HOME: '/xdg' }, 'linux', join('/xdg', 'm3lab')],
  ['macOS', { XDG_CACHE_HOME: '/xdg' }, 'darwin', join(HOME, 'Library', 'Caches', 'm3lab')],
  ['Windows', { LOCALAPPDATA: '/local' }, 'win32', join('/local', 'm3lab')],
  ['Windows that says nothing', {}, 'win32', join(HOME, 'AppData', 'Local', 'm3lab')],
] as const)('%s', (_, environment, platform, folder) => {
  expect(cacheFolder(environment, platform, HOME)).toBe(folder);
});
