import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run, vsix } from '../../../support/host/processes';
import type { Benchmark } from '../benchmark';
import { type ProbedServer, startProbedServer, writeExtension } from './host';
import { alternate, compare } from '../rows';

/**
 * Activates the packed extension and an empty one, each in fresh extension hosts of the same VS
 * Code, and compares what `activate()` takes from loading the code on. A single measurement says
 * little: even an empty extension swings by tens of milliseconds.
 */
export const benchActivation: Benchmark = async ({ quick }) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-bench-'));
  const servers: ProbedServer[] = [];
  const start = async (id: string, file: string) => {
    const started = await startProbedServer({
      folder: path.join(scratch, id),
      vsix: file,
      probe: 'activationProbe',
      quick,
      env: { BENCH_EXTENSION: id },
    });
    servers.push(started);
    return async () => Number(await started.measure());
  };
  try {
    const ways = {
      ours: await start('kafka-rest-explorer.kafka-rest-explorer', vsix),
      empty: await start('bench.empty', await packEmpty(scratch)),
    };
    const how = quick ? { rounds: 2, warmUps: 0 } : { rounds: 5 };
    const { ours, empty } = await alternate(ways, how);
    const { value, ...rest } = compare(ours, empty);
    const yardstick = { what: 'empty extension', value };
    return [{ name: 'activation', what: 'activate() in VS Code', unit: 'ms', ...rest, yardstick }];
  } finally {
    await Promise.all(servers.map(({ server }) => server.stop()));
    rmSync(scratch, { recursive: true, force: true });
  }
};

async function packEmpty(scratch: string): Promise<string> {
  const folder = path.join(scratch, 'empty');
  writeExtension(folder, 'empty');
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository'];
  const file = path.join(scratch, 'empty.vsix');
  await run(process.execPath, [vsce, 'package', ...options, '--out', file], { cwd: folder });
  return file;
}
