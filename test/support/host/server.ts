import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { currentVersion, installVSCode } from './install';
import { writeLanguagePack } from './languagePack';
import { run, startGuarded } from './processes';

export interface ServerOptions {
  /** The VS Code to serve, by default the current one. */
  version?: string;
  /** A packed extension to install first. */
  vsix?: string;
  /** Folders of other extensions, to be there from the beginning. */
  extensions?: readonly string[];
  /** The language of the window, by default English. */
  language?: string;
  /** The user's settings at the start, in addition to the quiet ones of all tests. */
  settings?: Readonly<Record<string, unknown>>;
  /**
   * Whether VS Code asks if it may trust a folder (Restricted Mode); by default it does not ask.
   */
  workspaceTrust?: boolean;
  /**
   * Whether windows accept an extension and tests in their address. They then show no toasts, so
   * only the tests in the extension host need it.
   */
  testDriver?: boolean;
  /** More environment variables for the server and its extension host. */
  env?: NodeJS.ProcessEnv;
  /** By default a free one. */
  port?: number;
}

/** A running VS Code server on 127.0.0.1, with its own data that nothing else shares. */
export interface Server {
  readonly version: string;
  /** Its address, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Returns the address that opens `folder` in a window. */
  addressOf(folder: string): string;
  /** Its own folder, removed when it stops: settings, logs, extensions, temporary files. */
  readonly dataDir: string;
  /** The logs of VS Code and, below `exthost`, of the extensions. */
  readonly logsDir: string;
  /** Returns its output so far. */
  readonly output: () => string;
  /** Resolves when it has ended for any reason. */
  readonly ended: Promise<void>;
  /** Ends it, its extension hosts and terminals, and removes its data. */
  stop(): Promise<void>;
}

const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'window.restoreWindows': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * Starts a VS Code server, and installs it first if necessary. Resolves when it can be opened. The
 * server ends with this process at the latest.
 *
 * @throws if it cannot be installed or started; the message has the server's output
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const host = await installVSCode(options.version ?? currentVersion);
  // VS Code creates sockets there, and the default path on macOS is too long for them.
  const base = process.platform === 'darwin' ? '/tmp' : tmpdir();
  const dataDir = mkdtempSync(path.join(base, 'kafka-rest-vscode-'));
  const remove = () => {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  const places = [
    '--server-data-dir',
    dataDir,
    '--extensions-dir',
    path.join(dataDir, 'extensions'),
  ];
  const settingsFile = path.join(dataDir, 'data/User/settings.json');
  const temporary = path.join(dataDir, 'tmp');
  mkdirSync(temporary);
  mkdirSync(path.dirname(settingsFile), { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...options.settings }, null, 2));
  if (options.language !== undefined) writeLanguagePack(dataDir, options.language);
  for (const folder of options.extensions ?? []) {
    cpSync(folder, path.join(dataDir, 'extensions', path.basename(folder)), { recursive: true });
  }

  try {
    if (options.vsix !== undefined) {
      await run(host.node, [
        host.main,
        ...places,
        '--install-extension',
        path.resolve(options.vsix),
      ]);
    }
    const server = startGuarded(
      host.node,
      [
        host.main,
        ...places,
        ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
        '--without-connection-token',
        '--accept-server-license-terms',
        '--disable-telemetry',
        ...(options.language === undefined ? [] : ['--locale', options.language]),
        ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
        ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
      ],
      { env: serverEnvironment(temporary, options.env) },
    );
    // Runs after the handler of startGuarded, so that the processes have ended when the folder is
    // removed.
    process.once('exit', remove);
    const [, port] = await server.printed(/Extension host agent listening on (\d+)/);
    const url = `http://127.0.0.1:${port ?? ''}`;
    return {
      version: host.version,
      url,
      addressOf: (folder) => `${url}/?folder=${uriPath(folder)}`,
      dataDir,
      logsDir: path.join(dataDir, 'data/logs'),
      output: server.output,
      ended: server.ended,
      async stop() {
        await server.stop();
        process.off('exit', remove);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Returns `/abs/path` of a folder or file for VS Code's addresses: `/c:/abs/path` on Windows. */
export function uriPath(file: string): string {
  return pathToFileURL(path.resolve(file)).pathname;
}

/**
 * Returns this process's environment without the variables of VS Code and npm, and with the
 * server's own temporary folder.
 */
function serverEnvironment(temporary: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_(?!DOWNLOAD)|ELECTRON_|npm_|NODE_OPTIONS$)/.test(name),
  );
  const places = { TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  return { ...Object.fromEntries(inherited), ...places, ...more };
}
