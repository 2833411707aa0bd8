import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { run } from './processes';

/** Debian's package of Chromium without a user interface, and its program. */
const SHELL = 'chromium-headless-shell';

/** Whether nobody looks at the browser. */
export function isHeadless(): boolean {
  return process.env['HEADED'] === undefined;
}

const programs: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: [
    // The same without a user interface of its own, which saves a tenth of the CPU time of the tests.
    ...(isHeadless() ? [SHELL] : []),
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
};

/**
 * Finds a Chromium, Chrome or Edge: the one that `CHROME_PATH` names, or else an installed one. If
 * there is none, root on Debian or Ubuntu gets Chromium installed.
 *
 * @returns the path of its executable
 * @throws if there is none; the message says what to do
 */
export async function findBrowser(log: (line: string) => void = console.error): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  const installed = installedBrowser();
  if (installed !== undefined) return installed;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    log('Installing Chromium with apt ...');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    const install = ['install', '-y', '-qq', '--no-install-recommends'];
    // Ubuntu and old releases of Debian have no such package.
    await run('apt-get', [...install, isHeadless() ? SHELL : 'chromium'], { env }).catch(() =>
      run('apt-get', [...install, 'chromium'], { env }),
    );
    const fresh = installedBrowser();
    if (fresh !== undefined) return fresh;
  }
  throw new Error(
    'No Chromium, Chrome or Edge was found: install one, or set CHROME_PATH to its executable.',
  );
}

function installedBrowser(): string | undefined {
  return candidates().find((file) => existsSync(file) && starts(file));
}

function candidates(): string[] {
  const names = programs[process.platform] ?? [];
  const folders =
    process.platform === 'win32'
      ? ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((n) => process.env[n] ?? [])
      : process.platform === 'darwin'
        ? ['', process.env['HOME'] ?? '']
        : (process.env['PATH'] ?? '').split(path.delimiter);
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...found, chromium.executablePath()];
}

/**
 * Whether the browser starts. Ubuntu's `chromium-browser` may only tell the user to install a snap.
 */
function starts(file: string): boolean {
  return process.platform !== 'linux' || spawnSync(file, ['--version']).status === 0;
}
