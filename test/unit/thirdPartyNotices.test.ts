import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noticesOf, packagesIn } from '../../build/thirdPartyNotices';

describe('the notices of other packages', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'notices-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function add(name: string, manifest: object, files: Readonly<Record<string, string>> = {}) {
    const own = join(folder, name);
    mkdirSync(own);
    const whole = { name, version: '1.2.3', repository: 'someone/it', ...manifest };
    writeFileSync(join(own, 'package.json'), JSON.stringify(whole));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text);
    return own;
  }

  it('name each package that something of is in a bundle, and no other', () => {
    const of = (bytesInOutput: number) => ({ bytesInOutput });
    const inputs = {
      'node_modules/a/index.js': of(10),
      'node_modules/a/more.js': of(10),
      'node_modules/shaken-off/index.js': of(0),
      'node_modules/@scope/b/lib/c.js': of(1),
      'node_modules/a/node_modules/d/index.js': of(1),
      'src/extension.ts': of(100),
    };
    const output = { bytes: 0, inputs, imports: [], exports: [] };
    const metafile = { inputs: {}, outputs: { 'dist/extension.js': output } };
    const bundles = ['dist/extension.js'];
    assert.deepEqual(
      [...packagesIn([metafile, metafile])],
      [
        ['node_modules/@scope/b', bundles],
        ['node_modules/a', bundles],
        ['node_modules/a/node_modules/d', bundles],
      ],
    );
  });

  it('give name, version, licence, address and text', () => {
    const text = noticesOf([
      add('one', { license: 'MIT', homepage: 'https://one.example' }, { LICENSE: 'Be kind.\r\n' }),
      add('two', { license: 'ISC' }, { 'License.txt': 'Be fair.', 'NOTICE.md': 'By me.' }),
    ]);
    assert.match(text, /## one 1\.2\.3\n\nMIT, https:\/\/one\.example\n\n~~~text\nBe kind\.\n~~~/);
    assert.match(text, /## two 1\.2\.3\n\nISC, https:\/\/github\.com\/someone\/it\n/);
    assert.match(text, /~~~text\nBe fair\.\n~~~\n\n~~~text\nBy me\.\n~~~/);
  });

  it('give the address of a repository however it is written', () => {
    for (const repository of [
      { url: 'git+https://github.com/someone/it.git' },
      { url: 'git://github.com/someone/it.git' },
      { url: 'git@github.com:someone/it' },
      'git+ssh://github.com/someone/it.git',
    ]) {
      const own = add('one', { license: 'MIT', repository }, { LICENSE: 'x' });
      assert.match(noticesOf([own]), /MIT, https:\/\/github\.com\/someone\/it\n/);
      rmSync(own, { recursive: true });
    }
  });

  it('find a licence that stands in a README', () => {
    const grant = 'Permission is hereby granted, free of charge';
    const text = noticesOf([
      add('one', { license: 'MIT' }, { 'README.md': `# one\n\nCode.\n\n## License\n\n${grant}` }),
      add('two', { license: 'MIT' }, { 'readme.md': `two\n---\n\nLicense\n-------\n\n${grant}\n` }),
    ]);
    assert.equal(text.split(grant).length, 3);
    assert.ok(!text.includes('Code.'));
  });

  it('take a licence from this repository if its package lacks it', () => {
    const own = add('l10n', { name: '@vscode/l10n', license: 'MIT' });
    assert.match(noticesOf([own]), /Copyright \(c\) Microsoft Corporation/);
  });

  it('are made where several licences hold together, all of which are allowed', () => {
    const license = '(Apache-2.0 AND BSD-3-Clause)';
    assert.match(noticesOf([add('both', { license }, { LICENSE: 'x' })]), /\(Apache-2\.0 AND BSD/);
    const viral = add('viral', { license: '(MIT AND GPL-3.0-only)' }, { LICENSE: 'x' });
    assert.throws(() => noticesOf([viral]), /GPL/);
  });

  it('are not made where a licence is not allowed, or has no text', () => {
    const folders = [
      add('good', { license: 'MIT' }, { LICENSE: 'x' }),
      add('viral', { license: 'GPL-3.0-only' }, { LICENSE: 'x' }),
      add('secretive', {}, { LICENSE: 'x' }),
      add('silent', { license: 'MIT' }, { 'README.md': '## License\n\nMIT' }),
    ];
    assert.throws(() => noticesOf(folders), {
      message:
        'viral has the licence GPL-3.0-only.\nsecretive has the licence undefined.\n' +
        'silent does not contain the text of its licence.',
    });
  });
});

describe('the packages that ship', () => {
  interface Locked {
    readonly dev?: boolean;
    readonly hasInstallScript?: boolean;
  }
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };

  it('run nothing when they are installed', () => {
    const scripted = Object.entries(lock.packages).filter(([, each]) => each.hasInstallScript);
    assert.deepEqual(
      scripted.filter(([, { dev }]) => dev !== true).map(([name]) => name),
      [],
    );
    assert.ok(scripted.length > 0, 'the lock file tells of such scripts');
  });
});
