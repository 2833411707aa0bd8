import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installWhole } from './installWhole';
import { npm, root } from './processes';

/** The newest VS Code that the tests run on, which `npm start` serves. */
export const currentVersion = '1.139.1';
/** The oldest VS Code that the extension supports: the engine in package.json. */
export const minimumVersion = '1.105.1';

/** The folder of installed VS Codes, in the working copy so that they are reused. */
export const installRoot = path.join(root, '.vscode-test');

const nodeVersion = 24;

/** A VS Code server on disk, ready to be started. */
export interface Host {
  readonly version: string;
  /** The Node executable that runs it. */
  readonly node: string;
  /** Its `server-main.js`. */
  readonly main: string;
}

/**
 * Makes sure that a VS Code server of `version` is on disk. Its files come from the npm package
 * `code-server` of the matching version. A second call finds the files of the first one.
 *
 * @param log receives a line about each long step
 * @throws if npm cannot install it; the cause contains npm's message
 */
export async function installVSCode(
  version: string,
  log: (line: string) => void = console.error,
): Promise<Host> {
  const directory = path.join(installRoot, version);
  if (!existsSync(directory)) {
    log(`Installing VS Code ${version} from npm into ${path.relative(root, directory)} ...`);
    await installWhole(directory, (draft) => fillWithVSCode(draft, version));
  }
  return {
    version,
    node: await installNode(log),
    main: path.join(server(directory), 'out/server-main.js'),
  };
}

function server(directory: string): string {
  return path.join(directory, 'node_modules/code-server/lib/vscode');
}

/**
 * Returns a Node for VS Code's server, which needs 22.15 or newer. Installs one from npm if needed.
 */
async function installNode(log: (line: string) => void): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major === nodeVersion || (major === 22 && minor >= 15)) return process.execPath;

  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const directory = path.join(installRoot, `node-${nodeVersion}`);
  if (!existsSync(directory)) {
    log(`Installing Node ${nodeVersion} for it from npm ...`);
    await installWhole(directory, (draft) => npmInstall(draft, `${name}@${nodeVersion}`));
  }
  return path.join(
    directory,
    'node_modules',
    name,
    'bin',
    platform === 'win' ? 'node.exe' : 'node',
  );
}

async function fillWithVSCode(draft: string, version: string): Promise<void> {
  await npmInstall(draft, `code-server@${version.replace(/^1/, '4')}`);
  const vscode = server(draft);
  if (version === minimumVersion) await takeWatcherFromRegistry(vscode);
  await npmInstall(vscode);
  await copyFile(
    path.join(__dirname, 'spdlog.cjs'),
    path.join(vscode, 'node_modules/@vscode/spdlog/index.js'),
  );
  // The assistant is large and gets in the way in every window. `github` is the only built-in
  // extension that is an ES module; in VS Code 1.105 outside Electron, importing it often blocks
  // the extension host.
  for (const name of ['copilot', 'git', 'git-base', 'github']) {
    await rm(path.join(vscode, 'extensions', name), { recursive: true, force: true });
  }
  await rm(path.join(vscode, 'node_modules/@github'), { recursive: true, force: true });
}

/**
 * Takes @parcel/watcher from the registry. VS Code 1.105 pins it to a commit on GitHub, which a
 * closed network cannot reach.
 */
async function takeWatcherFromRegistry(vscode: string): Promise<void> {
  for (const name of ['package.json', 'npm-shrinkwrap.json']) {
    const file = path.join(vscode, name);
    const withWatcher = (key: string, value: unknown) =>
      key === 'node_modules/@parcel/watcher'
        ? undefined
        : key === '@parcel/watcher'
          ? '2.5.1'
          : value;
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'), withWatcher);
    await writeFile(file, JSON.stringify(manifest));
  }
}

/** Installs without native builds, because they need a compiler and nothing here uses them. */
async function npmInstall(directory: string, ...packages: string[]): Promise<void> {
  const options = [
    '--prefix',
    directory,
    '--omit=dev',
    '--ignore-scripts',
    '--engine-strict=false',
  ];
  try {
    await npm(['install', ...options, ...packages], directory);
  } catch (cause) {
    const wanted = packages.join(' ') || 'the dependencies of VS Code';
    throw new Error(`npm could not install ${wanted}: can its registry be reached?`, { cause });
  }
}
