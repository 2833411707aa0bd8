import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../support/host/processes';
import { type Server, startServer } from '../../../support/host/server';
import { Window } from '../../../support/host/window';

export interface ProbeOptions {
  /** A folder for what it writes. */
  readonly folder: string;
  /** The packed extension to install. */
  readonly vsix: string;
  /** The name of what `bundle.ts` has built to run in the extension host. */
  readonly probe: string;
  /** Whether a probe waits but a moment for the window to come to rest. */
  readonly quick: boolean;
  /** For the probe, and for the extension. */
  readonly env: NodeJS.ProcessEnv;
}

/** A VS Code server, in whose windows a probe measures something. */
export interface ProbedServer {
  readonly server: Server;
  /** Opens a window, runs the probe in its extension host, and returns the JSON that it wrote. */
  measure(): Promise<unknown>;
}

/**
 * Starts a server with the extension. The probe is told by `BENCH_RESULT` where to write to, and by
 * `BENCH_IDLE_MS` how many milliseconds to wait at the most until the processors are idle.
 */
export async function startProbedServer(options: ProbeOptions): Promise<ProbedServer> {
  const { folder, vsix, probe } = options;
  mkdirSync(folder);
  const result = path.join(folder, 'result.json');
  // VS Code runs tests for an extension that it loads from its source.
  const extension = path.join(folder, 'probe');
  writeExtension(extension, 'probe');
  const idle = options.quick ? 4_000 : 20_000;
  const env = { ...options.env, BENCH_RESULT: result, BENCH_IDLE_MS: String(idle) };
  const server = await startServer({ vsix, env, testDriver: true });
  const tests = path.join(root, 'out/bench', `${probe}.js`);
  return {
    server,
    async measure() {
      rmSync(result, { force: true });
      const log: string[] = [];
      const onLog = (line: string) => log.push(line);
      const window = await Window.open(server, { extension, tests, onLog });
      try {
        if ((await window.exitCode) !== 0) {
          throw new Error(`The probe failed.\n${log.slice(-10).join('\n')}`);
        }
        return JSON.parse(readFileSync(result, 'utf8')) as unknown;
      } finally {
        await window.close();
      }
    },
  };
}

/** Writes the source of an extension that has a view, as ours, and does nothing. */
export function writeExtension(folder: string, name: string): void {
  mkdirSync(folder);
  const manifest = {
    name,
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './extension.js',
    contributes: { views: { explorer: [{ id: `${name}.view`, name, visibility: 'collapsed' }] } },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'README.md'), name);
  writeFileSync(path.join(folder, 'extension.js'), 'exports.activate = () => {};');
}
