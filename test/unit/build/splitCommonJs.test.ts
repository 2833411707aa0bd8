import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { splitCommonJs } from '../../../build/splitCommonJs';

interface First {
  readonly count: () => number;
  readonly later: () => Promise<{ readonly seen: () => readonly unknown[] }>;
}

interface Third {
  readonly seen: string;
}

describe('bundles that are split', () => {
  const sources = {
    'first.ts':
      "import { count } from './counter'; export { count }; export const later = () => import('./second');",
    'second.ts':
      "import { count } from './counter'; import { only } from './only'; export const seen = () => [count(), only];",
    'third.ts': "import { only } from './only'; export const seen = only;",
    'counter.ts':
      "import { step } from './step'; let n = 0; export const count = () => (n += step);",
    'step.ts': 'export const step = 1;',
    'only.ts': "export const only = 'not at the start';",
  };
  let home: string;
  let start: string;

  beforeEach(() => {
    home = process.cwd();
    start = realpathSync(mkdtempSync(path.join(tmpdir(), 'split-')));
    process.chdir(start);
    mkdirSync('src');
    for (const [name, text] of Object.entries(sources)) writeFileSync(`src/${name}`, text);
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(start, { recursive: true });
  });

  /** Bundles the three, and returns what was written and how to load it. */
  async function split(first?: string) {
    const { metafile } = await build({
      absWorkingDir: start,
      entryPoints: ['first', 'second', 'third'].map((name) => `src/${name}.ts`),
      outdir: 'out',
      bundle: true,
      chunkNames: 'shared-[hash]',
      logLevel: 'silent',
      metafile: true,
      plugins: [splitCommonJs(first)],
    });
    const files = readdirSync('out').sort();
    assert.deepEqual(
      Object.keys(metafile.outputs).sort(),
      files.map((file) => `out/${file}`),
    );
    const load = createRequire(path.join(start, 'out/'));
    return { outputs: metafile.outputs, files, load };
  }

  it('share code that exists once, in files of its own', async () => {
    const { files, load } = await split();
    assert.equal(files.filter((file) => file.startsWith('shared-')).length, 2);
    const { count, later } = load('./first.js') as First;
    assert.equal(count(), 1);
    assert.deepEqual((await later()).seen(), [2, 'not at the start']);
  });

  it('have the shared code that the first one needs in its file, and there alone', async () => {
    const { outputs, files, load } = await split('first.js');
    assert.equal(files.filter((file) => file.startsWith('shared-')).length, 1);
    assert.deepEqual(Object.keys(outputs['out/first.js']?.inputs ?? {}).sort(), [
      'src/counter.ts',
      'src/first.ts',
      'src/step.ts',
    ]);
    const { count, later } = load('./first.js') as First;
    assert.equal(count(), 1);
    assert.deepEqual((await later()).seen(), [2, 'not at the start']);
    assert.deepEqual((load('./third.js') as Third).seen, 'not at the start');
  });
});
