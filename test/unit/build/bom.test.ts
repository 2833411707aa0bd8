import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bomOf } from '../../../build/bom';
import { problemsOfBom } from '../../support/packages/cyclonedx';

interface Bom {
  readonly serialNumber: string;
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly purl: string;
    readonly licenses: readonly unknown[];
    readonly hashes: readonly unknown[];
    readonly evidence: { readonly occurrences: readonly { readonly location: string }[] };
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

describe('the bill of materials', () => {
  const extension = { publisher: 'us', name: 'it', version: '0.1.0', license: 'MIT' };
  const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
  let home: string;
  let start: string;

  beforeEach(() => {
    home = process.cwd();
    start = mkdtempSync(path.join(tmpdir(), 'bom-'));
    process.chdir(start);
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(start, { recursive: true });
  });

  function add(folder: string, manifest: object): void {
    mkdirSync(folder, { recursive: true });
    const whole = { version: '1.2.3', license: 'MIT', ...manifest };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(whole));
  }

  function bomOfFolders(folders: readonly string[], dependencies: Record<string, string> = {}) {
    const packages = new Map(folders.map((folder) => [folder, ['dist/a.js', 'dist/b.js']]));
    const lock = { packages: Object.fromEntries(folders.map((each) => [each, { integrity }])) };
    const text = bomOf({ ...extension, dependencies }, packages, lock);
    assert.deepEqual(problemsOfBom(text), []);
    return JSON.parse(text) as Bom;
  }

  it('gives name, version, licence, hash and place of each package', () => {
    add('node_modules/@scope/a', { name: '@scope/a', license: '(MIT AND ISC)' });
    add('node_modules/b', { name: 'b' });
    const { components } = bomOfFolders(['node_modules/@scope/a', 'node_modules/b']);
    assert.deepEqual(
      components.map(({ purl, licenses }) => [purl, licenses]),
      [
        ['pkg:npm/%40scope/a@1.2.3', [{ expression: '(MIT AND ISC)' }]],
        ['pkg:npm/b@1.2.3', [{ license: { id: 'MIT' } }]],
      ],
    );
    assert.deepEqual(components[0]?.hashes, [{ alg: 'SHA-512', content: '07'.repeat(64) }]);
    assert.deepEqual(components[0].evidence.occurrences, [
      { location: 'dist/a.js' },
      { location: 'dist/b.js' },
    ]);
  });

  it('tells which package needs which, as Node finds them', () => {
    add('node_modules/a', { name: 'a', dependencies: { b: '2', c: '1', tool: '1' } });
    add('node_modules/a/node_modules/b', { name: 'b', version: '2.0.0', dependencies: { c: '1' } });
    add('node_modules/b', { name: 'b', version: '1.0.0' });
    add('node_modules/c', { name: 'c' });
    const folders = ['a', 'a/node_modules/b', 'b', 'c'].map((name) => `node_modules/${name}`);
    const { dependencies } = bomOfFolders(folders, { a: '1', b: '1', shakenOff: '1' });
    assert.deepEqual(
      dependencies.map(({ dependsOn }) => dependsOn),
      [
        ['node_modules/a', 'node_modules/b'],
        ['node_modules/a/node_modules/b', 'node_modules/c'],
        ['node_modules/c'],
        [],
        [],
      ],
    );
  });

  it('has a serial number that changes with its content only', () => {
    add('node_modules/a', { name: 'a' });
    const { serialNumber } = bomOfFolders(['node_modules/a']);
    assert.match(serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab]/);
    assert.equal(bomOfFolders(['node_modules/a']).serialNumber, serialNumber);
    add('node_modules/a', { name: 'a', version: '1.2.4' });
    assert.notEqual(bomOfFolders(['node_modules/a']).serialNumber, serialNumber);
  });

  it('is not made if the lock file does not pin a package', () => {
    add('node_modules/a', { name: 'a' });
    const packages = new Map([['node_modules/a', []]]);
    const lock = { packages: { 'node_modules/a': { integrity: 'sha1-tooWeak' } } };
    assert.throws(() => bomOf(extension, packages, lock), /no SHA-512 of node_modules\/a/);
  });
});

describe('the check of a bill of materials', () => {
  it('knows what CycloneDX allows', () => {
    const bom = { bomFormat: 'CycloneDX', specVersion: '1.6' };
    assert.deepEqual(problemsOfBom(JSON.stringify(bom)), []);
    const licences = [{ license: { id: 'Mine' } }];
    const component = { type: 'library', name: 'a', licenses: licences };
    for (const wrong of [{ components: [component] }, { serialNumber: 'urn:1' }, { parts: [] }]) {
      assert.notDeepEqual(problemsOfBom(JSON.stringify({ ...bom, ...wrong })), []);
    }
  });
});
