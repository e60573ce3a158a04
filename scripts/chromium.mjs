// Where is a Chromium on this machine, and the software Vulkan driver (SwiftShader) that comes with it?
//
// The command line uses the driver to train without a graphics card; the tests use driver and browser. Looked for in
// this order: M3LAB_CHROMIUM and CHROME_BIN, the system's packages, Playwright's cache (newest first).

import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} Chromium
 * @property {string} executable full path of the browser
 * @property {string | null} libraries the folder with its shared libraries, where it carries SwiftShader
 */

/**
 * @typedef {object} SwiftShader
 * @property {string} icd the manifest that a Vulkan loader reads
 * @property {string} vulkan a Vulkan loader (libvulkan) beside it
 */

const ICD = 'vk_swiftshader_icd.json';
/** @type {Record<string, string>} */
const LOADERS = { linux: 'libvulkan.so.1', darwin: 'libvulkan.dylib', win32: 'vulkan-1.dll' };

/**
 * A Chromium that can run the page with WebGPU, or null. A path given in the environment must exist.
 *
 * @returns {Chromium | null}
 */
export function findChromium() {
  for (const variable of ['M3LAB_CHROMIUM', 'CHROME_BIN']) {
    const given = process.env[variable];
    if (given && isFile(given)) return describe(given);
  }
  for (const executable of [...systemExecutables(), ...playwrightExecutables()]) {
    if (isFile(executable)) return describe(executable);
  }
  return null;
}

/**
 * The first SwiftShader with a Vulkan loader beside it, or null. The browser of `findChromium` is asked first, then every other
 * one: a system's browser may come without the driver where Playwright's has it.
 *
 * @returns {SwiftShader | null}
 */
export function findSwiftShader() {
  const loader = LOADERS[process.platform];
  if (!loader) return null;
  const found = findChromium();
  const executables = [
    ...(found ? [found.executable] : []),
    ...systemExecutables(),
    ...playwrightExecutables(),
  ];
  for (const executable of executables) {
    for (const folder of libraryFolders(executable)) {
      const icd = join(folder, ICD);
      const vulkan = join(folder, loader);
      if (isFile(icd) && isFile(vulkan)) return { icd, vulkan };
    }
  }
  return null;
}

// RTLD_NOW and RTLD_NODELETE of glibc; Node's own constants lack the second.
const RTLD_NOW_NODELETE = 0x1002;
let provided = false;

/**
 * Makes Dawn (npm `webgpu`) find SwiftShader in this process; call it before `import('webgpu')`. With `only`, no other driver is
 * seen, so that a test gets the same adapter on every machine; otherwise a real one beside it is still found. Drivers that
 * the user chose (VK_DRIVER_FILES, VK_ICD_FILENAMES) are left alone.
 *
 * Dawn opens `libvulkan.so.1` by name. Where the system has none, the browser's own copy is loaded first and kept:
 * the dynamic linker then answers the name with it. (Node complains that it is no Node module: it is not.)
 *
 * @param {{ only?: boolean }} [options]
 * @returns {SwiftShader | null} what was found; null leaves the process as it was
 */
export function provideSwiftShader({ only = false } = {}) {
  if (process.platform !== 'linux') return null;
  const found = findSwiftShader();
  if (!found || provided) return found;
  provided = true;
  if (only) process.env.VK_ICD_FILENAMES ??= found.icd;
  else if (!process.env.VK_ICD_FILENAMES && !process.env.VK_DRIVER_FILES) {
    process.env.VK_ADD_DRIVER_FILES ??= found.icd;
  }
  try {
    process.dlopen({ exports: {} }, found.vulkan, RTLD_NOW_NODELETE);
  } catch {
    // Loaded all the same; if not, Dawn finds no adapter and says so.
  }
  return found;
}

/** @returns {string[]} */
function systemExecutables() {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Google Chrome Canary', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots.flatMap((root) =>
      root
        ? [
            join(root, 'Chromium', 'Application', 'chrome.exe'),
            join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ]
        : [],
    );
  }
  // Ubuntu's /usr/bin/chromium-browser is a stub that asks for a snap; it is not listed.
  return [
    '/usr/bin/chromium',
    '/usr/lib/chromium/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/microsoft-edge',
  ];
}

/** @returns {string[]} */
function playwrightExecutables() {
  const home = homedir();
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    process.platform === 'darwin'
      ? join(home, 'Library', 'Caches', 'ms-playwright')
      : process.platform === 'win32'
        ? join(process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'ms-playwright')
        : join(process.env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ms-playwright'),
  ];
  const inside = [
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
    ...['chrome-mac-arm64', 'chrome-mac-x64', 'chrome-mac'].flatMap((folder) => [
      [folder, 'Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'],
      [folder, 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
    ]),
  ];
  return caches.flatMap((cache) =>
    cache
      ? entries(cache)
          .filter((name) => /^chromium-\d+$/.test(name))
          .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
          .flatMap((name) => inside.map((path) => join(cache, name, ...path)))
      : [],
  );
}

/**
 * @param {string} executable
 * @returns {Chromium}
 */
function describe(executable) {
  const libraries = libraryFolders(executable).find((folder) => isFile(join(folder, ICD))) ?? null;
  return { executable, libraries };
}

/**
 * Where the libraries of a browser may lie: beside the program, behind a link, in the package's folder, in macOS's framework,
 * in Windows' folder named by version.
 *
 * @param {string} executable
 * @returns {string[]}
 */
function libraryFolders(executable) {
  if (!isFile(executable)) return [];
  const folders = [dirname(realpathSync(executable)), dirname(executable)];
  if (dirname(executable) === '/usr/bin') folders.push('/usr/lib/chromium');
  if (process.platform === 'darwin') {
    const frameworks = join(dirname(dirname(executable)), 'Frameworks');
    for (const name of entries(frameworks)) folders.push(join(frameworks, name, 'Libraries'));
  }
  if (process.platform === 'win32') {
    for (const name of entries(dirname(executable))) {
      if (/^\d+\./.test(name)) folders.push(join(dirname(executable), name));
    }
  }
  return folders;
}

/** @param {string} path */
function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function entries(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
