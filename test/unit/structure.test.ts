import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Linter } from 'eslint';
import ts from 'typescript';
import { parser } from 'typescript-eslint';
import { walls, wallsPlugin } from '../../walls.mjs';

/** Returns the files below a folder, relative to it, with slashes. */
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .map((file) => file.replaceAll('\\', '/'));

/** The files of src, relative to it. */
const files = filesOf('src');

const source = (file: string) => readFileSync(path.join('src', file), 'utf8');

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** What each file of src imports of src, in any way: types and `import()` count too. */
function importsOfSrc(): Graph {
  const known = new Set(files);
  return new Map(
    files
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => {
        const { importedFiles } = ts.preProcessFile(source(file), true, true);
        const targets = importedFiles
          .filter(({ fileName }) => fileName.startsWith('.'))
          .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
          .map((name) => (known.has(name) ? name : `${name.replace(/\.js$/, '')}.ts`));
        for (const target of targets) assert.ok(known.has(target), `${file} imports ${target}`);
        return [file, new Set(targets)];
      }),
  );
}

/**
 * The graphs of the files and folders that stand side by side, one for each folder that holds them.
 */
function siblingGraphs(imports: Graph): ReadonlyMap<string, Graph> {
  const graphs = new Map<string, Map<string, Set<string>>>();
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const [from, to] = [file.split('/'), target.split('/')];
      const level = from.findIndex((name, index) => name !== to[index]);
      if (level < 0) continue;
      const parent = from.slice(0, level).join('/');
      const graph = graphs.get(parent) ?? new Map<string, Set<string>>();
      const [source = '', wanted = ''] = [from[level], to[level]];
      graphs.set(parent, graph.set(source, (graph.get(source) ?? new Set()).add(wanted)));
    }
  }
  return graphs;
}

/** A way through the graph that ends where it begins: "a -> b -> a". */
function cycleOf(graph: Graph): string | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): string | undefined => {
    const begin = way.indexOf(node);
    if (begin >= 0) return [...way.slice(begin), node].join(' -> ');
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...way, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe('the structure', () => {
  it('finds a cycle where there is one', () => {
    const graph = (edges: Record<string, string[]>) =>
      new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]));
    assert.equal(cycleOf(graph({ a: ['b', 'c'], b: ['c'], c: [] })), undefined);
    assert.equal(cycleOf(graph({ a: ['b'], b: ['c'], c: ['b'] })), 'b -> c -> b');
    const folders = siblingGraphs(graph({ 'x/a/1': ['x/b/1'], 'x/b/2': ['x/a/2', 'y/1'] }));
    assert.equal(cycleOf(folders.get('x') ?? new Map()), 'a -> b -> a');
    assert.equal(cycleOf(folders.get('') ?? new Map()), undefined);
  });

  it('has no cycle of files', () => {
    const imports = importsOfSrc();
    assert.ok(imports.size > 200);
    assert.equal(cycleOf(imports), undefined);
  });

  it('has no cycle of folders, on any level', () => {
    const graphs = [...siblingGraphs(importsOfSrc())];
    assert.ok(graphs.length > 10);
    const cycles = graphs.flatMap(([parent, graph]) => {
      const cycle = cycleOf(graph);
      return cycle === undefined ? [] : [`src/${parent}: ${cycle}`];
    });
    assert.deepEqual(cycles, []);
  });

  it('has no file of more than 300 lines', () => {
    const long = files.filter((file) => source(file).split('\n').length > 301);
    assert.deepEqual(long, []);
  });

  it('has no folder with more than 20 files, in src and among the tests', () => {
    const counts = new Map<string, number>();
    for (const root of ['src', 'test']) {
      for (const file of filesOf(root)) {
        const folder = path.posix.join(root, path.posix.dirname(file));
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
      }
    }
    assert.ok(counts.size > 60);
    assert.deepEqual(
      [...counts].filter(([, count]) => count > 20),
      [],
    );
  });
});

describe('the walls', () => {
  const problemsOf = (file: string, code: string): string[] => {
    const config: Linter.Config = {
      files: ['**/*.ts'],
      languageOptions: { parser },
      plugins: { walls: wallsPlugin },
      rules: { 'walls/allowed': 'error' },
    };
    const filename = path.resolve('src', file);
    return new Linter().verify(code, config, filename).map(({ message }) => message);
  };

  it('let nothing in that they do not name, however it is imported', () => {
    for (const code of [
      "import * as vscode from 'vscode';",
      "import type { Uri } from 'vscode';",
      "export { Uri } from 'vscode';",
      "export * from 'vscode';",
      "void import('vscode');",
      "let uri: import('vscode').Uri;",
    ]) {
      const [problem, ...others] = problemsOf('core/text/glob.ts', code);
      assert.equal(problem, 'src/core/text must not import vscode; see walls.mjs.');
      assert.deepEqual(others, []);
    }
    assert.equal(
      problemsOf('core/text/glob.ts', "import { request } from '../http/wire';").length,
      1,
    );
    assert.equal(problemsOf('webview/lib/dom.ts', "import fs from 'node:fs';").length, 1);
    assert.equal(
      problemsOf('webview/lib/x.ts', "import { x } from '../../core/text/glob';").length,
      1,
    );
  });

  it('let in what they name, and what stands beside', () => {
    assert.deepEqual(
      [
        ...problemsOf('core/http/wire.ts', "import fetch from 'node-fetch';"),
        ...problemsOf('core/text/glob.ts', "import { oneLine } from './visible';"),
        ...problemsOf('ui/words/report.ts', "import { KafkaError } from '../../core/errors';"),
        ...problemsOf('webview/grid/grid.ts', "import { x } from '../../core/text/visible';"),
      ],
      [],
    );
  });

  it('let the emulator have types of the core, and no code', () => {
    const taken = problemsOf('emulator/http.ts', "import { x } from '../core/kafka';");
    assert.deepEqual(taken, [
      'src/emulator must not import core/kafka except for its types; see walls.mjs.',
    ]);
    const types = problemsOf('emulator/http.ts', "import type { x } from '../core/kafka';");
    assert.deepEqual(types, []);
    assert.equal(
      problemsOf('emulator/http.ts', "import type { x } from '../core/errors';").length,
      1,
    );
  });

  it('keep everyone out of the folder of a dialect but the list of the dialects', () => {
    const descriptor = "import { x } from '../../core/dialects/hdinsight/dialect';";
    for (const file of ['ui/clusters/draft.ts', 'ui/words/report.ts', 'transfer/bulk/x.ts']) {
      assert.equal(problemsOf(file, descriptor).length, 1, file);
    }
    const registry = "import { x } from '../../core/dialects/registry';";
    assert.deepEqual(problemsOf('ui/clusters/draft.ts', registry), []);
    const open = "import { x } from './hdinsight/proxy';";
    assert.deepEqual(problemsOf('core/dialects/open.ts', open), []);
    const proxy = "import { x } from '../../../core/dialects/hdinsight/proxy';";
    assert.equal(problemsOf('ui/words/dialects/hdinsight.ts', proxy).length, 1);
    const types = "import type { x } from '../../../core/dialects/hdinsight/dialect';";
    assert.deepEqual(problemsOf('ui/words/dialects/hdinsight.ts', types), []);
    assert.equal(problemsOf('core/read/reader.ts', descriptor).length, 1);
  });

  it('stand around every folder, and around none that is not there', () => {
    const folders = files
      .filter((file) => /(?<!\.d)\.ts$/.test(file))
      .map((file) => path.posix.dirname(file).replace(/^\.$/, ''));
    assert.deepEqual(Object.keys(walls).sort(), [...new Set(folders)].sort());
    const [problem] = problemsOf('new/file.ts', "import fs from 'node:fs';");
    assert.match(problem ?? '', /^src\/new has no entry in walls\.mjs/);
    const inside = Object.values(walls)
      .flat()
      .map((entry) => entry.replace(/^type:|\/\*\*$/g, ''))
      .filter((entry) => existsSync(path.join('src', entry.split('/')[0] ?? '')));
    const missing = inside.filter(
      (entry) => !existsSync(path.join('src', entry)) && !files.includes(`${entry}.ts`),
    );
    assert.deepEqual(missing, []);
  });
});
