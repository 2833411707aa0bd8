import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseDefinition } from '../../src/core/cluster/definition';
import type { FieldRule, Kind } from '../../src/core/cluster/kinds';
import { signInMethods } from '../../src/auth/methods/registry';
import { dialects } from '../../src/core/dialects/registry';
import { commandIds } from '../../src/ui/base/commandIds';
import { definitionRules } from '../../src/ui/clusters/definitionRules';
import { NEEDS, REASONS } from '../../src/ui/tree/nodes/menu';

interface Item {
  readonly command: string;
  readonly enablement?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly default: unknown;
  readonly order: number;
  readonly scope?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly icon: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents?: readonly string[];
  readonly contributes: {
    readonly commands: readonly Item[];
    readonly menus: Readonly<Record<string, readonly Item[]>>;
    readonly keybindings: readonly Item[];
    readonly colors: readonly { readonly id: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: readonly {
      readonly title: string;
      readonly order: number;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
  };
}

/** What the schema says of one kind of dialects or of ways of signing in. */
interface Branch {
  readonly required: readonly string[];
  readonly anyOf?: readonly { readonly required: readonly string[] }[];
  readonly properties: Readonly<Record<string, { readonly const?: string }>>;
}

/** What the schema of the clusters says of dialects and ways of signing in. */
interface ClustersSetting {
  readonly default: unknown;
  readonly defaultSnippets: readonly { readonly body: readonly unknown[] }[];
  readonly items: {
    readonly defaultSnippets: readonly { readonly body: unknown }[];
    readonly properties: {
      /** The names of dialects, and then a branch for each dialect with fields. */
      readonly dialect: {
        readonly default: string;
        readonly anyOf: readonly [
          { readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] },
          ...Branch[],
        ];
      };
      readonly signIn: {
        readonly defaultSnippets: readonly { readonly body: object }[];
        readonly oneOf: readonly Branch[];
      };
      readonly schemaRegistry: {
        readonly properties: {
          readonly signIn: { readonly defaultSnippets: unknown; readonly oneOf: unknown };
        };
      };
    };
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const { contributes } = manifest;
/** The settings of all sections, by their names. */
const settings: Readonly<Record<string, Setting>> = Object.fromEntries(
  contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
);
const clusters = settings['kafkaRest.clusters'] as Setting & ClustersSetting;

/** The entries of menus that say why others are greyed. */
const reasons: readonly string[] = [...new Set(['readOnly', ...Object.values(REASONS)])];
/** The commands that take all selected nodes. The others are not offered for several. */
const forSeveral: readonly string[] = [
  'refresh',
  'tryAgain',
  'compareSchemas',
  'copyName',
  'copyLink',
  'exportMessages',
  'copyMessages',
  'deleteTopic',
  'pinTopic',
  'unpinTopic',
  'hideTopic',
  'unhideTopic',
];

describe('the manifest', () => {
  it('declares every command that has a handler, and no other', () => {
    const declared = contributes.commands.map(({ command }) => command);
    assert.deepEqual([...declared].sort(), commandIds.map((id) => `kafkaRest.${id}`).sort());
  });

  it('puts declared commands into menus and keybindings', () => {
    const declared = new Set(contributes.commands.map(({ command }) => command));
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    assert.deepEqual(
      used.filter(({ command }) => !declared.has(command)),
      [],
    );
  });

  it('keeps commands that need a node out of the palette', () => {
    const hidden = contributes.menus['commandPalette']?.filter(({ when }) => when === 'false');
    const needNode = ['copyName', 'pinTopic', 'unpinTopic', 'hideTopic', 'unhideTopic'];
    const ofRows = [
      'showAsColumn',
      'enterSecret',
      'tryAgain',
      'showNextSteps',
      'clickNode',
      'enterNode',
    ];
    assert.deepEqual(
      hidden?.map(({ command }) => command).sort(),
      [...needNode, ...ofRows, ...reasons].map((id) => `kafkaRest.${id}`).sort(),
    );
  });

  it('greys what a cluster cannot do, and only in the tree', () => {
    for (const { command, enablement } of contributes.commands) {
      const id = command.replace('kafkaRest.', '');
      const need = new Map(Object.entries(NEEDS)).get(id);
      if (reasons.includes(id)) assert.equal(enablement, 'false');
      else if (need !== undefined && need !== 'secret' && need !== 'registry') {
        assert.equal(enablement, `!(viewItem =~ /\\bno-${need}\\b/)`, id);
      }
    }
  });

  it('has a place in the menus of the tree for each command that a node offers, and no other', () => {
    const items = contributes.menus['view/item/context'] ?? [];
    const places = items.map(({ command, when, group = '' }) => {
      const word = `${group.startsWith('inline') ? 'inline-' : ''}${command.split('.')[1] ?? ''}`;
      const isForOne = !group.startsWith('inline') && !forSeveral.includes(word);
      const one = isForOne ? ' && !listMultiSelection' : '';
      assert.equal(when, `view == kafkaRest.clusters && viewItem =~ /\\b${word}\\b/${one}`);
      return word;
    });
    const folder = 'src/ui/tree/nodes';
    const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    const menus = [...code.join().matchAll(/new Menu\(\s*\[([^\]]*)\](?:,\s*\[([^\]]*)\])?/g)];
    const words = menus.flatMap(([, commands = '', inline = '']) => [
      ...Array.from(commands.matchAll(/\w+/g), ([id]) => id),
      ...Array.from(inline.matchAll(/\w+/g), ([id]) => `inline-${id}`),
    ]);
    assert.ok(menus.length > 5);
    assert.deepEqual([...new Set(places)].sort(), [...new Set([...words, ...reasons])].sort());
  });

  it('has a string for every key, and a key for every string', () => {
    const keys = [...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(strings).sort());
  });

  it('begins every contributed name with kafkaRest', () => {
    const names = [
      ...contributes.commands.map(({ command }) => command),
      ...contributes.colors.map(({ id }) => id),
      ...Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)),
      ...Object.keys(contributes.views),
      ...Object.keys(settings),
    ];
    assert.deepEqual(
      names.filter((name) => !/^kafkaRest(\.|$)/.test(name)),
      [],
    );
  });

  it('knows the settings that the code reads, and no other', () => {
    const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`src/${file}`, 'utf8'))
      .join('\n');
    const unread = Object.keys(settings).filter(
      (name) => !code.includes(`'${name.replace('kafkaRest.', '')}'`),
    );
    // vscode-languageclient reads it, under the name of the client.
    assert.deepEqual(unread, ['kafkaRest.trace.server']);
    assert.ok(code.includes("new LanguageClient('kafkaRest',"));
  });

  it('has its settings in titled sections, in an order of their own', () => {
    const titles = contributes.configuration.map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length);
    for (const [place, { order, properties }] of contributes.configuration.entries()) {
      assert.equal(order, place + 1);
      const orders = Object.values(properties).map((setting) => setting.order);
      assert.deepEqual(
        orders,
        orders.map((_, index) => index + 1),
      );
    }
    assert.ok(titles.length > 3);
  });

  it('describes each value that a setting can have', () => {
    for (const [name, setting] of Object.entries(settings)) {
      const { enum: values, enumDescriptions, markdownEnumDescriptions } = setting;
      if (values === undefined) continue;
      const described = enumDescriptions ?? markdownEnumDescriptions ?? [];
      assert.equal(described.length, values.length, name);
      assert.ok(described.every(Boolean), name);
    }
  });

  it('links to settings that there are', () => {
    const links = Object.values(strings).flatMap((string) => {
      return Array.from(string.matchAll(/`#([\w.]+)#`/g), ([, name = '']) => name);
    });
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((name) => settings[name] === undefined),
      [],
    );
  });

  it('proposes clusters that can be used once they are filled in', () => {
    const filled = (body: unknown): unknown =>
      JSON.parse(
        JSON.stringify(body)
          .replace(/\$\{\d:(\w+)\}/g, '$1')
          .replace(/\$\d/g, '1a2b3c4d-0000-4000-8000-00000000abcd'),
      );
    const entries = clusters.items.defaultSnippets.map(({ body }) => body);
    assert.deepEqual(
      clusters.defaultSnippets.flatMap(({ body }) => body),
      entries,
    );
    assert.equal(entries.length, 2);
    for (const entry of entries) {
      assert.ok('definition' in parseDefinition(filled(entry), definitionRules));
    }
  });

  it('leaves it to the user alone what the log holds of .kafka files', () => {
    assert.equal(settings['kafkaRest.trace.server']?.scope, 'machine');
  });

  it('offers every way of signing in with its fields', () => {
    const { defaultSnippets, oneOf } = clusters.items.properties.signIn;
    const methods = signInMethods.map(inSchema);
    assert.deepEqual(oneOf.map(offered), methods);
    assert.deepEqual(
      defaultSnippets.map(({ body }) => Object.keys(body)),
      signInMethods.map(({ fields }) => [
        'kind',
        ...Object.keys(fields).filter((name) => fields[name]?.fallback === undefined),
      ]),
    );
  });

  it('offers the same ways of signing in to a schema registry', () => {
    const { signIn, schemaRegistry } = clusters.items.properties;
    const { defaultSnippets, oneOf } = schemaRegistry.properties.signIn;
    assert.deepEqual([defaultSnippets, oneOf], [signIn.defaultSnippets, signIn.oneOf]);
  });

  it('offers every dialect by its name, and with its fields if it has any', () => {
    const { default: usual, anyOf } = clusters.items.properties.dialect;
    const [names, ...branches] = anyOf;
    const [first] = dialects;
    assert.equal(usual, first.kind);
    assert.deepEqual(
      names.enum,
      dialects.filter((each) => inSchema(each).required.length === 1).map(({ kind }) => kind),
    );
    assert.equal(names.enumDescriptions.length, names.enum.length);
    const withFields = dialects.filter(({ fields }) => Object.keys(fields).length > 0);
    assert.deepEqual(branches.map(offered), withFields.map(inSchema));
    assert.ok(dialects.every(({ signIn }) => signInMethods.some(({ kind }) => kind === signIn)));
  });

  it('has no secret among the settings', () => {
    assert.doesNotMatch(Object.keys(settings).join(), /secret/i);
  });

  it('refers to files that are there', () => {
    const files = [...text.matchAll(/"(media\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(files.includes(manifest.icon));
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('leaves the activation to what it contributes, but for what is restored and for links', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onWebviewPanel:kafkaRest.viewer',
      'onFileSystem:kafkaRest-configuration',
      'onFileSystem:kafkaRest-schema',
      'onLanguage:jsonl',
      'onUri',
    ]);
  });

  it('is typed against the oldest VS Code that it runs on', () => {
    assert.equal(
      manifest.devDependencies['@types/vscode']?.replace('~', ''),
      manifest.engines.vscode.replace('^', ''),
    );
  });
});

/** What the schema must say of a kind. */
function inSchema({ kind, fields }: Kind) {
  const names = (isWanted: (rule: FieldRule) => boolean) =>
    Object.keys(fields).filter((name) => fields[name] && isWanted(fields[name]));
  const isRequired = ({ fallback, alternative }: FieldRule) =>
    fallback === undefined && alternative === undefined;
  return {
    kind,
    fields: Object.keys(fields),
    required: ['kind', ...names(isRequired)],
    oneOf: names(({ alternative }) => alternative !== undefined),
  };
}

/** What a branch of the schema says. */
function offered({ required, anyOf = [], properties: { kind, ...fields } }: Branch) {
  const oneOf = anyOf.flatMap((each) => each.required);
  return { kind: kind?.const, fields: Object.keys(fields), required, oneOf };
}
