// Runs in the extension host: writes to BENCH_RESULT how many milliseconds the activation of the
// extension BENCH_EXTENSION takes, its code not yet loaded, once the start of VS Code is over.
import { writeFileSync } from 'node:fs';
import vscode from 'vscode';
import { waitUntilIdle } from '../report/machine';

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension(process.env['BENCH_EXTENSION'] ?? '');
  // The window and its other processes are busy for some seconds more, which would be measured too.
  await waitUntilIdle(Number(process.env['BENCH_IDLE_MS']));
  if (!extension || extension.isActive) throw new Error('It is not there, or active already.');
  const started = performance.now();
  await extension.activate();
  writeFileSync(process.env['BENCH_RESULT'] ?? '', String(performance.now() - started));
}
