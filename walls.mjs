import path from 'node:path';

/**
 * Lists what each folder of src may import besides itself. The linter reports all other imports. An
 * entry is a folder of src, a file of it, `folder/**` for everything below a folder, a package, or
 * `node:*`. The prefix `type:` allows only types. `core/**` leaves out the folders of the dialects,
 * which need `core/dialects/**`.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const walls = {
  '': ['@vscode/l10n', 'auth', 'ui/**', 'vscode'],

  core: ['core/async'],
  'core/async': ['node:*'],
  'core/cluster': ['core', 'core/json', 'core/text', 'node:*'],
  // Each dialect stands in a folder that is closed to all others: `open.ts` knows its proxy, and
  // `registry.ts` its descriptor.
  'core/dialects': [
    'core',
    'core/cluster',
    'core/dialects/**',
    'core/http',
    'core/json',
    'core/text',
  ],
  'core/dialects/confluent': [
    'core',
    'core/async',
    'core/cluster',
    'core/dialects/dialect',
    'core/dialects/v2',
    'core/http',
    'core/json',
    'core/produce',
  ],
  'core/dialects/hdinsight': [
    'core',
    'core/async',
    'core/cluster',
    'core/dialects/dialect',
    'core/dialects/recordList',
    'core/http',
    'core/json',
    'core/message',
    'core/produce',
    'core/text',
  ],
  'core/dialects/karapace': [
    'core',
    'core/dialects/dialect',
    'core/dialects/v2',
    'core/http',
    'core/json',
    'core/produce',
  ],
  'core/dialects/redpanda': [
    'core',
    'core/async',
    'core/dialects/dialect',
    'core/dialects/recordList',
    'core/dialects/v2',
    'core/json',
    'core/produce',
  ],
  'core/dialects/strimzi': [
    'core',
    'core/async',
    'core/cluster',
    'core/dialects/dialect',
    'core/dialects/v2',
    'core/http',
    'core/json',
    'core/produce',
    'core/read',
  ],
  // What the dialects of one family share.
  'core/dialects/v2': [
    'core',
    'core/async',
    'core/cluster',
    'core/dialects/dialect',
    'core/dialects/recordList',
    'core/http',
    'core/json',
    'core/text',
    'node:*',
  ],
  'core/http': ['core', 'core/async', 'core/json', 'core/text', 'node-fetch', 'node:*'],
  'core/json': ['core', 'core/text'],
  'core/message': [
    'core',
    'core/async',
    'core/json',
    'core/message/decoders',
    'core/text',
    'node:*',
  ],
  'core/message/decoders': [
    'core',
    'core/message/decoders/**',
    'core/schemaRegistry',
    'core/text',
    'node:*',
  ],
  'core/message/decoders/guess': [
    'core',
    'core/json',
    'core/message/decoders',
    'core/message/decoders/wrappers',
    'core/schemaRegistry',
    'node:*',
  ],
  'core/message/decoders/packed': [
    'core',
    'core/json',
    'core/message/decoders',
    'core/message/decoders/schemas',
    'node:*',
  ],
  'core/message/decoders/protobuf': [
    '@bufbuild/protobuf',
    'core',
    'core/json',
    'core/message/decoders',
    'core/message/decoders/protobuf/proto',
    'core/message/decoders/schemas',
    'core/schemaRegistry',
    'node:*',
  ],
  'core/message/decoders/protobuf/proto': ['@bufbuild/protobuf'],
  'core/message/decoders/wrappers': [
    'core',
    'core/json',
    'core/message/decoders',
    'fzstd',
    'node:*',
  ],
  'core/message/decoders/avro': [
    'core',
    'core/json',
    'core/message/decoders',
    'core/message/decoders/schemas',
    'core/schemaRegistry',
    'node:*',
  ],
  'core/message/decoders/describe': [],
  'core/message/decoders/jsonSchema': [
    '@cfworker/json-schema',
    'core',
    'core/json',
    'core/message/decoders',
    'core/message/decoders/schemas',
    'core/schemaRegistry',
    'node:*',
  ],
  // What the formats that have schemas share.
  'core/message/decoders/schemas': [
    'core',
    'core/message/decoders',
    'core/message/decoders/describe',
    'core/json',
    'core/schemaRegistry',
    'node:*',
  ],
  'core/produce': ['core', 'core/async', 'core/json', 'core/message', 'core/message/decoders'],
  'core/read': ['core', 'core/async', 'core/message', 'core/text', 'core/time', 'node:*'],
  'core/schemaRegistry': [
    'core',
    'core/async',
    'core/cluster',
    'core/http',
    'core/json',
    'core/text',
  ],
  'core/text': ['node:*'],
  'core/time': [],
  'core/topicProperties': ['core', 'core/text'],

  // Runs the decoders that need a worker, in one.
  decoding: ['core', 'core/message/decoders', 'core/schemaRegistry', 'node:*'],

  // What two of the folders below say outside of VS Code.
  l10n: ['@vscode/l10n', 'core'],

  azure: ['core', 'core/http', 'core/text'],

  auth: ['auth/methods', 'core', 'core/cluster', 'core/text', 'node:*'],
  'auth/azureCli': ['auth/base', 'auth/entra', 'core', 'core/async', 'core/http', 'node:*'],
  'auth/base': ['core', 'core/async', 'core/cluster', 'core/http', 'core/json', 'node:*'],
  'auth/extras': ['auth/base', 'core', 'core/cluster', 'core/http', 'node:*'],
  'auth/methods': [
    'auth/azureCli',
    'auth/base',
    'auth/entra',
    'auth/extras',
    'auth/oauth',
    'core',
    'core/cluster',
    'core/http',
  ],
  'auth/oauth': ['auth/base', 'core', 'core/cluster', 'core/http', 'oauth4webapi'],
  'auth/entra': [
    '@azure/msal-node',
    'auth/base',
    'core',
    'core/async',
    'core/cluster',
    'core/http',
    'core/json',
    'core/text',
    'node:*',
  ],

  // The library stands in a bundle of its own. `run.ts` loads it when it is needed.
  kafkaFile: ['@vscode/l10n', 'core/**', 'kafkaFile/faker', 'l10n', 'node:*'],
  'kafkaFile/faker': ['@faker-js/faker', '@vscode/l10n', 'core/text', 'l10n', 'node:*'],

  language: [
    '@vscode/l10n',
    'core/**',
    'kafkaFile',
    'kafkaFile/faker',
    'l10n',
    'language/checks',
    'language/jsonFiles',
    'language/schema',
    'language/words',
    'vscode-languageserver',
    'vscode-languageserver-protocol',
    'vscode-languageserver-textdocument',
    'vscode-languageserver-types',
  ],
  'language/words': [
    '@vscode/l10n',
    'core/time',
    'kafkaFile',
    'l10n',
    'vscode-languageserver-types',
  ],
  'language/checks': ['core/json', 'core/message', 'core/text', 'kafkaFile'],
  // JSON files whose messages have a schema, read as they are produced.
  'language/jsonFiles': [
    '@vscode/l10n',
    'core/**',
    'kafkaFile',
    'language',
    'language/schema',
    'node:*',
    'transfer/import',
    'transfer/import/guess',
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'vscode-languageserver-types',
  ],
  'language/schema': [
    '@vscode/l10n',
    'core/json',
    'core/message/**',
    'core/schemaRegistry',
    'core/text',
    'kafkaFile',
    'vscode-languageserver-types',
  ],

  'transfer/bulk': [
    'core/**',
    'node:*',
    'transfer/export',
    'transfer/import',
    'transfer/schemaIds',
  ],
  'transfer/export': ['core/**', 'kafkaFile', 'node:*'],
  'transfer/import': ['core/**', 'node:*', 'transfer/export'],
  'transfer/import/guess': ['core/**', 'node:*', 'transfer/export', 'transfer/import'],
  'transfer/schemaIds': ['core/**'],

  viewer: ['core'],
  // The webview has no part of it: the host sends what it proposes.
  'viewer/advice': [
    'core',
    'core/json',
    'core/message',
    'core/text',
    'core/time',
    'node:*',
    'viewer',
    'viewer/filter',
    'viewer/filter/path',
  ],
  'viewer/filter': [
    'core',
    'core/json',
    'core/message',
    'core/time',
    'viewer',
    'viewer/fields',
    'viewer/filter/path',
    'viewer/filter/text',
    'viewer/store',
  ],
  'viewer/fields': ['viewer', 'viewer/store'],
  'viewer/filter/path': [],
  'viewer/filter/text': [],
  'viewer/index': [
    'core/async',
    'core/time',
    'node:*',
    'viewer',
    'viewer/fields',
    'viewer/filter',
    'viewer/store',
  ],
  'viewer/session': [
    'core/**',
    'node:*',
    'viewer',
    'viewer/advice',
    'viewer/fields',
    'viewer/filter',
    'viewer/index',
    'viewer/store',
  ],
  'viewer/store': ['core', 'core/message', 'core/message/decoders', 'viewer'],

  webview: [
    'core/schema',
    'viewer',
    'webview/chrome',
    'webview/detail',
    'webview/grid',
    'webview/histogram',
    'webview/lib',
  ],
  'webview/chrome': [
    '@vscode-elements/elements',
    'core/text/visible',
    'viewer',
    'webview/grid',
    'webview/lib',
  ],
  'webview/detail': ['core/json/scanner', 'core/text/visible', 'viewer', 'webview/lib'],
  'webview/grid': ['core/text/visible', 'viewer', 'webview/lib'],
  'webview/histogram': ['uplot', 'viewer', 'webview/lib'],
  'webview/lib': ['@vscode-elements/elements', 'core/schema', 'viewer'],

  // The emulator shares no code with the client, so that a mistake in one cannot hide in the
  // other.
  emulator: [
    'asn1js',
    'emulator/faces',
    'emulator/faces/hdinsight',
    'emulator/faces/karapace',
    'emulator/faces/redpanda',
    'emulator/kafka',
    'emulator/memory',
    'emulator/registry',
    'emulator/registry/samples',
    'emulator/signIn',
    'node:*',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/faces': [
    'emulator/faces/confluent',
    'emulator/faces/hdinsight',
    'emulator/faces/karapace',
    'emulator/faces/redpanda',
    'emulator/faces/strimzi',
    'emulator/http',
    'type:emulator/backend',
    'type:emulator/signIn',
  ],
  // A face knows clusters through the port alone, so that each can stand before any of them.
  'emulator/faces/hdinsight': [
    'emulator/backend',
    'emulator/faces/face',
    'emulator/http',
    'emulator/rawJson',
    'emulator/routes',
    'node:*',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/faces/karapace': [
    'emulator/backend',
    'emulator/faces/face',
    'emulator/faces/v2',
    'emulator/http',
    'emulator/rawJson',
    'emulator/routes',
    'node:*',
    'type:core/kafka',
  ],
  'emulator/faces/redpanda': [
    'emulator/backend',
    'emulator/faces/face',
    'emulator/http',
    'emulator/partitioner',
    'emulator/rawJson',
    'emulator/routes',
    'node:*',
    'type:core/kafka',
  ],
  'emulator/faces/strimzi': [
    'emulator/backend',
    'emulator/faces/face',
    'emulator/faces/v2',
    'emulator/http',
    'emulator/rawJson',
    'emulator/routes',
    'node:*',
    'type:core/kafka',
  ],
  // The consumer instances of the faces that have them.
  'emulator/faces/v2': ['emulator/backend', 'emulator/rawJson', 'type:core/kafka'],
  // A schema registry beside a REST proxy.
  'emulator/registry': [
    'emulator/faces/face',
    'emulator/http',
    'emulator/registry/compatibility',
    'emulator/routes',
    'node:*',
  ],
  'emulator/registry/compatibility': [],
  'emulator/registry/samples': [
    'emulator/registry/schemaStore',
    'type:core/kafka',
    'type:emulator/memory/cluster',
    'type:emulator/registry/compatibility',
  ],
  // A client of a real Kafka. Only the gateway loads it.
  'emulator/kafka': [
    'emulator/backend',
    'emulator/kafka/api',
    'emulator/kafka/wire',
    'emulator/partitioner',
    'emulator/recordBytes',
    'node:*',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/kafka/api': [
    'emulator/backend',
    'emulator/kafka/wire',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/kafka/wire': ['fzstd', 'node:*', 'type:core/kafka'],
  'emulator/memory': [
    'emulator/backend',
    'emulator/partitioner',
    'emulator/recordBytes',
    'node:*',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/faces/confluent': [
    'emulator/backend',
    'emulator/faces/confluent/v2',
    'emulator/faces/confluent/v3',
    'emulator/faces/face',
    'emulator/http',
    'emulator/routes',
    'type:core/kafka',
  ],
  'emulator/faces/confluent/v2': [
    'emulator/faces/confluent/producing',
    'emulator/faces/confluent/restError',
    'emulator/faces/v2',
    'node:*',
    'emulator/backend',
    'emulator/http',
    'emulator/rawJson',
    'emulator/routes',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/faces/confluent/v3': [
    'emulator/faces/confluent/producing',
    'emulator/faces/confluent/restError',
    'emulator/backend',
    'emulator/http',
    'emulator/rawJson',
    'emulator/routes',
    'type:core/administration',
    'type:core/kafka',
  ],
  'emulator/signIn': ['emulator/certificate', 'emulator/http', 'node:*'],

  'ui/base': ['core/**', 'viewer/protocol', 'viewer/store', 'vscode'],
  'ui/dialogs': ['core/**', 'vscode'],
  'ui/words': [
    'core/**',
    'l10n',
    'ui/base',
    'ui/dialogs',
    'ui/words/dialects',
    'ui/words/signIn',
    'vscode',
  ],
  'ui/words/dialects': [
    'core/**',
    'type:core/dialects/**',
    'ui/base',
    'ui/words/sentences',
    'ui/words/kindWords',
    'vscode',
  ],
  'ui/words/signIn': [
    'auth/entra',
    'type:auth/base',
    'auth/methods',
    'core/**',
    'ui/base',
    'ui/words/sentences',
    'ui/words/dateWords',
    'ui/words/kindWords',
    'vscode',
  ],
  'ui/clusters': [
    'auth',
    'auth/base',
    'auth/entra',
    'auth/methods',
    'core/**',
    'emulator/server',
    'node:*',
    'type:language/codeLens',
    'ui/base',
    'ui/dialogs',
    'ui/words',
    'ui/words/dialects',
    'ui/words/signIn',
    'vscode',
  ],
  'ui/clusters/azure': [
    'auth/azureCli',
    'auth/methods',
    'azure',
    'core/**',
    'node:*',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/words',
    'vscode',
  ],
  'ui/clusters/exchange': ['core/**', 'ui/base', 'ui/clusters', 'ui/dialogs', 'ui/words', 'vscode'],
  'ui/clusters/registry': [
    'auth',
    'auth/base',
    'auth/methods',
    'core/**',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/words',
    'ui/words/dialects',
    'ui/words/signIn',
    'vscode',
  ],
  'ui/clusters/manage/registry': [
    'auth',
    'auth/methods',
    'core/**',
    'ui/clusters',
    'ui/clusters/manage',
    'ui/clusters/registry',
    'ui/dialogs',
    'ui/words',
    'vscode',
  ],
  'ui/clusters/manage': [
    'auth',
    'auth/methods',
    'core/**',
    'emulator/gateway',
    'node:*',
    'ui/base',
    'ui/clusters',
    'ui/clusters/azure',
    'ui/clusters/exchange',
    'ui/clusters/manage/registry',
    'ui/clusters/registry',
    'ui/dialogs',
    'ui/words',
    'ui/words/dialects',
    'ui/words/signIn',
    'vscode',
  ],
  'ui/targets': ['core/**', 'ui/base', 'ui/clusters', 'ui/dialogs', 'ui/words', 'vscode'],
  'ui/administration': [
    'core/**',
    'l10n',
    'ui/administration/configuration',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/targets',
    'ui/tree/commands',
    'ui/tree/memory',
    'ui/words',
    'vscode',
  ],
  'ui/administration/configuration': [
    'core/**',
    'ui/administration/services',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/words',
    'vscode',
  ],
  'ui/decoding': [
    'core/**',
    'decoding',
    'kafkaFile',
    'node:*',
    'ui/clusters',
    'type:ui/clusters/registry',
    'ui/dialogs',
    'ui/words',
    'vscode',
  ],
  'ui/messages': [
    'core/**',
    'l10n',
    'ui/base',
    'ui/clusters',
    'ui/decoding',
    'ui/dialogs',
    'ui/targets',
    'ui/words',
    'vscode',
  ],
  'ui/tree': [
    'core/**',
    'node:*',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/tree/memory',
    'ui/tree/nodes',
    'ui/words',
    'vscode',
  ],
  'ui/tree/commands': [
    'core/**',
    'ui/base',
    'ui/clusters',
    'ui/clusters/manage',
    'ui/dialogs',
    'ui/tree',
    'ui/tree/nodes',
    'ui/words',
    'vscode',
  ],
  'ui/tree/memory': ['core/**', 'node:*', 'vscode'],
  'ui/tree/nodes': [
    'core/**',
    'l10n',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/tree/greyed',
    'ui/tree/memory',
    'ui/tree/nodes/configuration',
    'ui/tree/nodes/groups',
    'ui/tree/nodes/schemas',
    'ui/tree/pendingTopics',
    'ui/tree/selectTopics',
    'ui/words',
    'ui/words/signIn',
    'vscode',
  ],
  'ui/tree/nodes/configuration': [
    'core/**',
    'l10n',
    'ui/tree/greyed',
    'ui/tree/memory',
    'ui/tree/nodes',
    'vscode',
  ],
  'ui/tree/nodes/groups': [
    'core/**',
    'l10n',
    'ui/tree/memory',
    'ui/tree/nodes',
    'ui/tree/selectTopics',
    'ui/words',
    'vscode',
  ],
  'ui/tree/nodes/schemas': [
    'core/**',
    'l10n',
    'ui/tree/memory',
    'ui/tree/nodes',
    'ui/tree/selectTopics',
    'ui/words',
    'vscode',
  ],
  'ui/produce': [
    'core/**',
    'kafkaFile',
    'l10n',
    'ui/base',
    'ui/clusters',
    'type:ui/clusters/registry',
    'ui/decoding',
    'ui/dialogs',
    'type:ui/fileSchemas',
    'ui/messages',
    'ui/targets',
    'ui/tree',
    'ui/words',
    'vscode',
  ],
  'ui/viewer': [
    'core/**',
    'l10n',
    'node:*',
    'ui/base',
    'ui/clusters',
    'ui/decoding',
    'ui/dialogs',
    'ui/messages',
    'ui/targets',
    'ui/tree',
    'ui/words',
    'viewer/**',
    'vscode',
  ],
  'ui/links': [
    'core/**',
    'ui/base',
    'ui/clusters',
    'ui/dialogs',
    'ui/messages',
    'ui/tree/commands',
    'ui/viewer',
    'ui/words',
    'vscode',
  ],
  'ui/schemas': [
    'core/**',
    'ui/base',
    'ui/clusters',
    'ui/clusters/registry',
    'ui/dialogs',
    'ui/tree',
    'ui/words',
    'vscode',
  ],
  'ui/fileSchemas': [
    'core/**',
    'kafkaFile',
    'language/protocol',
    'ui/clusters',
    'type:ui/clusters/registry',
    'ui/decoding',
    'ui/dialogs',
    'ui/words',
    'vscode',
    'vscode-languageclient',
  ],
  'ui/kafkaFiles': [
    'core/**',
    'kafkaFile',
    'l10n',
    'language/messages',
    'language/protocol',
    'node:*',
    'type:language/codeLens',
    'ui/base',
    'ui/clusters',
    'type:ui/clusters/registry',
    'ui/decoding',
    'ui/dialogs',
    'ui/fileSchemas',
    'ui/messages',
    'ui/produce',
    'ui/targets',
    'ui/tree',
    'ui/viewer',
    'ui/words',
    'vscode',
    'vscode-languageclient',
  ],
  'ui/transfer': [
    'core/**',
    'kafkaFile',
    'l10n',
    'node:*',
    'transfer/**',
    'ui/base',
    'ui/clusters',
    'type:ui/decoding',
    'ui/dialogs',
    'ui/kafkaFiles',
    'ui/messages',
    'ui/produce',
    'ui/targets',
    'ui/transfer/export',
    'ui/transfer/layout',
    'ui/transfer/runs',
    'ui/tree/commands',
    'ui/viewer',
    'ui/words',
    'vscode',
  ],
  'ui/transfer/export': [
    'core/**',
    'l10n',
    'node:*',
    'transfer/**',
    'ui/clusters',
    'type:ui/decoding',
    'ui/dialogs',
    'ui/kafkaFiles',
    'ui/messages',
    'ui/targets',
    'ui/viewer',
    'ui/words',
    'vscode',
  ],
  'ui/transfer/layout': [
    'core/**',
    'l10n',
    'node:*',
    'transfer/**',
    'ui/dialogs',
    'ui/produce',
    'ui/words',
    'vscode',
  ],
  'ui/transfer/runs': [
    'core/**',
    'transfer/**',
    'ui/clusters',
    'type:ui/clusters/registry',
    'type:ui/decoding',
    'ui/dialogs',
    'ui/messages',
    'ui/targets',
    'ui/transfer/layout',
    'ui/words',
    'vscode',
  ],
  'ui/shell': ['ui/**', 'viewer/store', 'vscode'],
};

/**
 * Returns the target of an import: `node:*`, a package, or a file of src without its extension.
 *
 * @param {string} specifier
 * @param {string} file
 */
function targetOf(specifier, file) {
  if (specifier.startsWith('node:')) return 'node:*';
  if (specifier.startsWith('.')) {
    return path.join(path.dirname(file), specifier).replaceAll('\\', '/').replace(/\.js$/, '');
  }
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * Whether an entry of the table allows a target.
 *
 * @param {string} entry
 * @param {string} target
 */
function allows(entry, target) {
  if (entry === 'core/**' && insideDialect.test(target)) return false;
  return entry.endsWith('/**')
    ? target.startsWith(entry.slice(0, -'**'.length))
    : entry === target || entry === path.posix.dirname(target);
}

/** What stands in the folder of a dialect. */
const insideDialect = /^core\/dialects\/[^/]+\//;

/** @param {object} node */
const isType = (node) =>
  ('importKind' in node && node.importKind === 'type') ||
  ('exportKind' in node && node.exportKind === 'type');

/**
 * Enforces the table for imports of every kind.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const rule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      wall: '{{ folder }} must not import {{ target }}{{ how }}; see walls.mjs.',
      unknown: '{{ folder }} has no entry in walls.mjs, which lists what a folder may import.',
    },
  },
  create(context) {
    const src = path.join(context.cwd, 'src');
    const file = path.relative(src, context.filename).replaceAll('\\', '/');
    const folder = path.posix.dirname(file).replace(/^\.$/, '');
    const entries = walls[folder];
    /**
     * @param {import('eslint').Rule.Node} node
     * @param {boolean} inTypesOnly
     */
    const check = (node, inTypesOnly = isType(node)) => {
      const source = 'source' in node ? node.source : undefined;
      if (!source || !('value' in source) || typeof source.value !== 'string') return;
      const target = targetOf(source.value, file);
      if (path.posix.dirname(target) === (folder || '.')) return;
      const name = `src/${folder}`;
      if (!entries) {
        context.report({ node, messageId: 'unknown', data: { folder: name } });
        return;
      }
      if (entries.some((entry) => allows(entry, target))) return;
      const inTypes = entries.some((entry) => allows(entry.replace(/^type:/, ''), target));
      if (inTypes && inTypesOnly) return;
      const how = inTypes ? ' except for its types' : '';
      context.report({ node, messageId: 'wall', data: { folder: name, target, how } });
    };
    return {
      ImportDeclaration: (node) => {
        check(node);
      },
      ExportNamedDeclaration: (node) => {
        check(node);
      },
      ExportAllDeclaration: (node) => {
        check(node);
      },
      ImportExpression: (node) => {
        check(node);
      },
      TSImportType: (/** @type {import('eslint').Rule.Node} */ node) => {
        check(node, true);
      },
    };
  },
};

/** @type {import('eslint').ESLint.Plugin} */
export const wallsPlugin = { rules: { allowed: rule } };
