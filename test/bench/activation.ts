import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run, vsix } from '../support/host/processes';
import { type Server, startServer } from '../support/host/server';
import { Window } from '../support/host/window';
import { median } from './median';

const starts = 7;
const ours = 'kafka-rest-explorer.kafka-rest-explorer';
const empty = 'bench.empty';
/** Milliseconds that our activation may take more than that of an empty extension. */
const goal = 40;

/**
 * Activates the packed extension and an empty one, each in fresh extension hosts of the same VS Code,
 * in turn, and compares the medians of what `activate()` takes from loading the code on. A single
 * measurement says little: even an empty extension swings by tens of milliseconds.
 *
 * @returns lines to print, times in milliseconds
 */
export async function benchActivation(): Promise<string[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-bench-'));
  process.once('exit', () => {
    rmSync(scratch, { recursive: true, force: true });
  });
  const probe = path.join(scratch, 'probe');
  writeExtension(probe, 'probe');
  const servers: Server[] = [];
  const start = async (id: string, file: string) => {
    const result = path.join(scratch, `${id}.txt`);
    const env = { BENCH_EXTENSION: id, BENCH_RESULT: result };
    const server = await startServer({ vsix: file, env, testDriver: true });
    servers.push(server);
    return () => activate(server, probe, result);
  };
  try {
    const activateOurs = await start(ours, vsix);
    const activateEmpty = await start(empty, await packEmpty(scratch));
    const times = { ours: [] as number[], empty: [] as number[] };
    for (let i = 0; i < starts; i++) {
      times.ours.push(await activateOurs());
      times.empty.push(await activateEmpty());
    }
    const difference = median(times.ours) - median(times.empty);
    return [
      line('kafka-rest-explorer', times.ours),
      line('an empty extension', times.empty),
      `difference of the medians: ${difference.toFixed(1)} ms (goal: at most ${goal} ms)`,
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** Opens a window, whose extension host then writes what the activation took. */
async function activate(server: Server, probe: string, result: string): Promise<number> {
  rmSync(result, { force: true });
  const tests = path.join(root, 'test/bench/activationProbe.cjs');
  const window = await Window.open(server, { extension: probe, tests });
  try {
    if ((await window.exitCode) !== 0) throw new Error('The probe failed.');
    return Number(readFileSync(result, 'utf8'));
  } finally {
    await window.close();
  }
}

/** An extension that has a view, as ours, and does nothing. */
async function packEmpty(scratch: string): Promise<string> {
  const folder = path.join(scratch, 'empty');
  writeExtension(folder, 'empty');
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository'];
  const file = path.join(scratch, 'empty.vsix');
  await run(process.execPath, [vsce, 'package', ...options, '--out', file], { cwd: folder });
  return file;
}

function writeExtension(folder: string, name: string): void {
  mkdirSync(folder);
  const view = { id: `${name}.view`, name };
  const manifest = {
    name,
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './extension.js',
    contributes: { views: { explorer: [{ ...view, visibility: 'collapsed' }] } },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'README.md'), name);
  writeFileSync(path.join(folder, 'extension.js'), 'exports.activate = () => {};');
}

function line(name: string, times: readonly number[]): string {
  const list = times.map((time) => time.toFixed(0)).join(', ');
  return `${name}: median ${median(times).toFixed(1)} ms of ${list}`;
}
