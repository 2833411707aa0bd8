import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The files of src that each file of src imports. */
function importsOfSrc(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join('src', file));
  return new Map(
    files.map((file) => {
      const named = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(
        ([, name = '']) => `${path.join(path.dirname(file), name).replace(/\.js$/, '')}.ts`,
      );
      return [file, named.filter((name) => existsSync(name))];
    }),
  );
}

describe('the structure', () => {
  it('has no circle of imports', () => {
    const imports = importsOfSrc();
    const done = new Set<string>();
    const visit = (file: string, way: readonly string[]): void => {
      const begin = way.indexOf(file);
      assert.equal(begin, -1, [...way.slice(begin), file].join(' -> '));
      if (done.has(file)) return;
      for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
      done.add(file);
    };
    for (const file of imports.keys()) visit(file, []);
    assert.ok(done.size > 50);
  });
});
