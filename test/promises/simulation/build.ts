import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

/** A defect to plant: a text of a file of src, and what is to stand there instead. */
export interface Plant {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

/**
 * Bundles the simulation with the product as it is in src, or with a defect. In a bundle `import()`
 * loads nothing from disk, which would take real time.
 *
 * @param outfile where to write it
 */
export async function buildSimulation(outfile: string, plant?: Plant): Promise<void> {
  await build({
    entryPoints: [path.join(__dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    plugins: plant ? [planting(plant)] : [],
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'error',
  });
}

function planting({ name, file, text, instead }: Plant): Plugin {
  const planted = path.resolve(file);
  return {
    name: 'plant',
    setup: (bundle) => {
      bundle.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
        if (loaded !== planted) return undefined;
        const source = readFileSync(loaded, 'utf8');
        if (source.split(text).length !== 2) {
          throw new Error(`${name}: ${file} does not hold the text once: ${text}`);
        }
        return { contents: source.replace(text, () => instead), loader: 'ts' };
      });
    },
  };
}
