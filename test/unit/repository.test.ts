import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/host/processes';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Manifest {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder)).map((name) => path.posix.join(folder, name));
}

const manifest = JSON.parse(read('package.json')) as Manifest;

/** Returns the files of the repository, and those that a commit would add to it. */
function filesOfRepository(): readonly string[] {
  const all = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', all, { cwd: root, encoding: 'utf8' }).split('\0');
  return listed.filter((file) => file !== '' && existsSync(path.join(root, file)));
}

describe('the repository', () => {
  const files = filesOfRepository().map((file) => ({
    file,
    bytes: statSync(path.join(root, file)).size,
  }));
  /** Pictures of the README and the walkthrough. */
  const isPicture = (file: string) => /^media\/.*\.(?:png|webp)$/.test(file);

  it('holds text, and pictures where they belong', () => {
    assert.ok(files.length > 1_000);
    const known =
      /\.(?:[cm]?[jt]s|json|jsonl|txt|md|css|yml|java|csv|svg|py|proto|cmd|xml|sha256|sh|kafka)$|(?:^|\/)(?:\.[a-z]+|LICENSE|\.ci\/run)$|^test\/promises\/fuzz\/cases\/\w+\/[\da-f]{12}$/;
    const strange = files.filter(({ file }) => !known.test(file) && !isPicture(file));
    assert.deepEqual(strange, []);
    const binary = files.filter(
      ({ file }) =>
        !isPicture(file) &&
        !file.startsWith('test/promises/fuzz/cases/') &&
        readFileSync(path.join(root, file)).includes(0),
    );
    assert.deepEqual(binary, [], 'files that are no text');
  });

  it('holds no large file', () => {
    /** Made by tools from all that there is. */
    const made = ['package-lock.json', 'l10n/bundle.l10n.zh-cn.json'];
    const large = files.filter(({ file, bytes }) => bytes > (made.includes(file) ? 500e3 : 200e3));
    assert.deepEqual(large, []);
  });
});

describe('the workflows', () => {
  const files = namesIn('.github/workflows');
  const workflows = files.map((file) => ({ file, text: read(file) }));
  const jobs = workflows.flatMap(({ file, text }) =>
    Object.entries((parse(text) as Workflow).jobs).map(([name, job]) => ({ file, name, job })),
  );

  it('may do nothing but read, unless a job says what for', () => {
    for (const { file, text } of workflows) {
      const { permissions } = parse(text) as Workflow;
      assert.ok(
        Object.entries(permissions).every(([what, may]) => what === 'contents' && may === 'read'),
        file,
      );
    }
    const writing = jobs.flatMap(({ file, name, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([, may]) => may === 'write')
        .map(([what]) => `${path.basename(file)} ${name} ${what}`),
    );
    assert.deepEqual(writing, [
      'release.yml package id-token',
      'release.yml package attestations',
      'release.yml github contents',
      'release.yml publish id-token',
    ]);
  });

  it('hold no secret', () => {
    for (const { file, text } of workflows) assert.doesNotMatch(text, /secrets\s*[.[]/, file);
  });

  it('use actions by the hash of a commit, with its version beside it', () => {
    const uses = workflows.flatMap(({ text }) => text.match(/uses: .*/g) ?? []);
    assert.ok(uses.length > 0);
    for (const use of uses) assert.match(use, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('end in time, and run scripts that are there', () => {
    for (const { file, name, job } of jobs) {
      assert.ok(job['timeout-minutes'] !== undefined, `${file}: ${name}`);
      for (const { run = '' } of job.steps) {
        for (const [, script = ''] of run.matchAll(/\bnpm run ([\w:]+)/g)) {
          assert.ok(script in manifest.scripts, `${file}: ${script}`);
        }
      }
    }
  });

  it('test with the oldest Node that is supported, and with that of a release', () => {
    const ci = read('.github/workflows/ci.yml');
    const [, versions = ''] = /node: \[(.+)\]/.exec(ci) ?? [];
    const oldest = manifest.engines.node.replace('>=', '');
    assert.equal(versions, `'${oldest}', '${read('.nvmrc').trim()}'`);
  });
});

describe('the forms for issues', () => {
  it('ask by fields that GitHub knows, each with its own name', () => {
    for (const file of namesIn('.github/ISSUE_TEMPLATE')) {
      if (file.endsWith('/config.yml')) continue;
      const form = parse(read(file)) as {
        readonly name: string;
        readonly description: string;
        readonly body: readonly {
          readonly type: string;
          readonly id?: string;
          readonly attributes: { readonly label?: string; readonly options?: readonly string[] };
        }[];
      };
      assert.ok(form.name && form.description, file);
      const fields = form.body.filter(({ type }) => type !== 'markdown');
      assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length, file);
      for (const { type, id, attributes } of fields) {
        assert.match(type, /^(?:checkboxes|dropdown|input|textarea)$/, file);
        assert.ok(id !== undefined && attributes.label !== undefined, file);
        assert.equal(type === 'dropdown', attributes.options !== undefined, file);
      }
    }
  });
});

describe('the files of tools', () => {
  it('are what their tools read', () => {
    const folders = ['.vscode', '.devcontainer', '.github/publish'];
    for (const file of folders.flatMap(namesIn)) {
      if (file.endsWith('.json')) assert.equal(typeof JSON.parse(read(file)), 'object', file);
    }
    const { updates } = parse(read('.github/dependabot.yml')) as {
      readonly updates: readonly { readonly 'package-ecosystem': string }[];
    };
    assert.deepEqual(
      updates.map((update) => update['package-ecosystem']),
      ['npm', 'github-actions'],
    );
  });

  it('publish with exactly the versions that were looked at', () => {
    const { dependencies } = JSON.parse(read('.github/publish/package.json')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    for (const version of Object.values(dependencies)) assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it('pin each package by the hash of its content, wherever it comes from', () => {
    for (const file of ['package-lock.json', '.github/publish/package-lock.json']) {
      const { packages } = JSON.parse(read(file)) as {
        readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      };
      const { '': own, ...others } = packages;
      assert.ok(own !== undefined && Object.keys(others).length > 20, file);
      for (const [folder, { integrity, resolved, link }] of Object.entries(others)) {
        assert.match(String(integrity), /^sha512-[\w+/]{86}==$/, `${file}: ${folder}`);
        assert.deepEqual([resolved, link], [undefined, undefined], `${file}: ${folder}`);
      }
    }
  });
});
