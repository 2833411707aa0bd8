import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { signInMethods } from '../../src/auth/methods/registry';
import { setupSteps } from '../../src/ui/base/setupGuide';
import { root } from '../support/host/processes';

const notOurs = new Set([
  'node_modules',
  'dist',
  'out',
  'coverage',
  '.git',
  '.kafka-test',
  '.vscode-test',
]);

/** The Markdown files of the working copy, relative to it. */
function pages(folder = ''): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : pages(file);
    return entry.name.endsWith('.md') ? [file] : [];
  });
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The text of a page without its code, where nothing is a link. */
function proseOf(page: string): string {
  return read(page)
    .replaceAll(/^(```|~~~).*?^\1/gms, '')
    .replaceAll(/`[^`\n]*`/g, '');
}

/** What a page links to and which images it shows. */
function linksOf(page: string): readonly string[] {
  const links = /\]\(([^()\s]+)\)|\b(?:src|srcset|href)="([^"\s]+)"/g;
  return Array.from(
    proseOf(page).matchAll(links),
    ([, link, attribute]) => link ?? attribute ?? '',
  );
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): ReadonlySet<string> {
  const text = read(page).replaceAll(/^(```|~~~).*?^\1/gms, '');
  const seen = new Map<string, number>();
  const anchors = Array.from(text.matchAll(/^#{1,6} +(.+)$/gm), ([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set(anchors);
}

describe('the documents', () => {
  const all = pages();

  it('link to files and headings that are there', () => {
    const broken: string[] = [];
    for (const page of all) {
      for (const link of linksOf(page)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [name = '', anchor] = link.split('#');
        const target = name === '' ? page : path.posix.join(path.posix.dirname(page), name);
        const found =
          existsSync(path.join(root, target)) &&
          (anchor === undefined || anchorsOf(target).has(anchor));
        if (!found) broken.push(`${page}: ${link}`);
      }
    }
    assert.deepEqual(broken, []);
    assert.ok(all.length > 8);
  });

  it('name files and folders that are there', () => {
    const missing: string[] = [];
    for (const page of all) {
      const named = read(page).matchAll(/`((?:src|test|build|bench|\.github)\/[\w./-]*)(?:<|`)/g);
      for (const [, name = ''] of named) {
        if (!existsSync(path.join(root, name))) missing.push(`${page}: ${name}`);
      }
    }
    assert.deepEqual(missing, []);
  });

  it('are all found from the README', () => {
    const found = new Set(['README.md']);
    for (const page of found) {
      for (const link of linksOf(page)) {
        const target = path.posix.join(path.posix.dirname(page), link.split('#')[0] ?? '');
        if (all.includes(target)) found.add(target);
      }
    }
    const lost = all.filter((page) => !found.has(page) && !/^(\.github|test)\//.test(page));
    assert.deepEqual(lost, []);
  });

  it('begin with a README that is read in a few minutes', () => {
    const lines = read('README.md').split('\n').length - 1;
    assert.ok(lines <= 150, `${lines} lines`);
  });

  it('name the commands that the checks of a fresh clone run', () => {
    for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
      assert.match(read('README.md'), new RegExp(`^${command}$`, 'm'));
    }
    assert.match(read('.ci/run'), /^npm ci && npm test$/m);
  });

  it('name npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = all.flatMap((page) =>
      Array.from(read(page).matchAll(/\bnpm run (?:-s )?([\w:]+)/g), ([, name = '']) => name),
    );
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });

  it('tell of each way to sign in what it keeps and sends, and of no other', () => {
    const told = Array.from(
      read('SECURITY.md').matchAll(/^\| [^|`]*, `(\w+)` +\|/gm),
      ([, kind = '']) => kind,
    );
    assert.deepEqual(told.sort(), signInMethods.map(({ kind }) => kind).sort());
  });

  describe('on the set-up of Azure', () => {
    const guide = 'docs/azure-setup.md';
    const inChinese = 'docs/azure-setup.zh-cn.md';
    const blocksOf = (page: string) => read(page).match(/^( *)```.*?^\1```$/gms) ?? [];

    it('have a heading for each step that the code opens', () => {
      for (const page of [guide, inChinese]) {
        const anchors = anchorsOf(page);
        assert.deepEqual(
          setupSteps.filter((step) => !anchors.has(step)),
          [],
        );
      }
    });

    it('have Chinese headings that are those of the links to them', () => {
      const words = JSON.parse(read('l10n/bundle.l10n.zh-cn.json')) as Record<string, string>;
      const headings = read(inChinese).matchAll(/^#{6} (.+)\n\n## (.+)$/gm);
      const linked = Array.from(headings).filter(([, english = '']) => english in words);
      assert.equal(linked.length, setupSteps.length);
      for (const [, english = '', chinese] of linked) assert.equal(chinese, words[english]);
    });

    it('have the same commands and files in Chinese', () => {
      assert.deepEqual(blocksOf(inChinese), blocksOf(guide));
      assert.ok(blocksOf(guide).length > 15);
    });

    it('link to nothing that the package lacks', () => {
      assert.deepEqual(
        [guide, inChinese]
          .flatMap(linksOf)
          .filter((link) => !/^(?:#|https:\/\/|azure-setup(?:\.zh-cn)?\.md$)/.test(link)),
        [],
      );
    });

    it('give commands that a shell takes one by one', () => {
      const blocks = Array.from(
        read(guide).matchAll(/^( *)```sh\n(.*?)^ *```$/gms),
        ([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      );
      const lines = blocks.flatMap((block) =>
        block
          .replaceAll(/ \\\n +/g, ' ')
          .trimEnd()
          .split('\n'),
      );
      const command = String.raw`(?:az|echo|openssl)(?: (?:"[^"]*"|'[^']*'|[\w@./:=+,-])+)+`;
      const whole = new RegExp(`^(?:${command}|[A-Z_]+=(?:\\$\\(${command}\\)|[\\w./-]+))$`);
      assert.deepEqual(
        lines.filter((line) => !whole.test(line)),
        [],
      );
      assert.ok(lines.length > 20);
    });

    it('set each variable before a command uses it', () => {
      const text = read(guide).replaceAll(/```bicep.*?```/gs, '');
      for (const [use, name = ''] of text.matchAll(/\$([A-Z_]+)/g)) {
        const set = text.indexOf(`\n${name}=`);
        assert.ok(set >= 0 && set < text.indexOf(use), name);
      }
    });
  });

  describe('on settings and commands', () => {
    const text = read('docs/settings.md');
    const { contributes } = JSON.parse(read('package.json')) as {
      readonly contributes: {
        readonly commands: readonly {
          readonly command: string;
          readonly title: string;
          readonly enablement?: string;
        }[];
        readonly configuration: readonly {
          readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
        }[];
      };
    };
    const settings = contributes.configuration.flatMap(({ properties }) => {
      return Object.entries(properties);
    });
    const strings = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

    it('have every setting with its default, and no other', () => {
      const documented = rows
        .filter(([, name = '']) => /^`kafkaRest\.[\w.]+`$/.test(name))
        .filter(([, , value = '']) => /^`[^`]+`$/.test(value))
        .map(([, name = '', value = '']) => `${name} ${value}`);
      const declared = settings.map(
        ([name, { default: value }]) =>
          `\`${name}\` \`${typeof value === 'string' ? value : JSON.stringify(value)}\``,
      );
      assert.deepEqual(documented.sort(), declared.sort());
    });

    it('have every command with its title, and no other', () => {
      const documented = rows
        .filter(([, , id = '']) => /^`kafkaRest\.\w+`$/.test(id))
        .map(([, title = '', id = '']) => `${id} ${title.replace(/ \(.*\)$/, '')}`);
      // An entry of a menu that is never enabled says something, and is no command to run.
      const commands = contributes.commands.filter(({ enablement }) => enablement !== 'false');
      const declared = commands.map(
        ({ command, title }) => `\`${command}\` ${strings[title.replaceAll('%', '')]}`,
      );
      assert.deepEqual(documented.sort(), declared.sort());
    });

    it('are named on any page as they are', () => {
      const titles = new Set(contributes.commands.map(({ title }) => strings[title.slice(1, -1)]));
      const names = new Set([
        ...contributes.commands.map(({ command }) => command),
        ...settings.map(([name]) => name),
      ]);
      const unknown = all.flatMap((page) => {
        const prose = read(page).replaceAll(/\s+/g, ' ');
        const ids = Array.from(prose.matchAll(/`(kafkaRest\.[\w.]+)`/g), ([, id = '']) => id);
        const bold = Array.from(
          prose.matchAll(/\*\*(?:Kafka REST: )?([A-Z][\w .]*\.\.\.)\*\*/g),
          ([, title = '']) => title,
        );
        return [
          ...ids.filter((id) => !names.has(id)),
          ...bold.filter((title) => !titles.has(title)),
        ].map((name) => `${page}: ${name}`);
      });
      assert.deepEqual(unknown, []);
    });

    it('give arguments to commands that are there', () => {
      const declared = new Set(contributes.commands.map(({ command }) => command));
      const section = text.slice(text.indexOf('## Commands with arguments'));
      const named = Array.from(section.matchAll(/^\| +(`kafkaRest.*?`) +\|/gm), ([, cell = '']) =>
        cell.split(', ').map((name) => name.replaceAll('`', '')),
      ).flat();
      assert.ok(named.length > 5);
      assert.deepEqual(
        named.filter((name) => !declared.has(name)),
        [],
      );
    });
  });
});
