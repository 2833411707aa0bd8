import { build } from 'esbuild';
import { root } from '../../support/host/processes';

/**
 * Bundles to `out/bench` what is measured, the emulator beside it and what runs in the extension
 * host, so that all run as they are packed: the loader of the tests slows down inner functions and
 * takes memory.
 */
export async function bundle(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      measured: 'test/promises/bench/measured.ts',
      emulator: 'src/emulator/cli.ts',
      activationProbe: 'test/promises/bench/packed/activationProbe.ts',
      treeProbe: 'test/promises/bench/packed/treeProbe.ts',
    },
    outdir: 'out/bench',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
}
