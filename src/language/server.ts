import * as l10n from '@vscode/l10n';
import type { InitializeResult, TextDocumentPositionParams } from 'vscode-languageserver/node';
import {
  CodeActionKind,
  CompletionTriggerKind,
  createConnection,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clusterOf } from './catalog';
import { CatalogCache } from './catalogCache';
import { codeLenses } from './codeLens';
import { complete, COMPLETION_TRIGGERS } from './completion';
import { diagnose } from './diagnostics';
import { foldingRanges } from './folding';
import { format } from './formatting';
import { hover, hoverTarget } from './hover';
import { JsonFeatures } from './jsonFiles/jsonFeatures';
import type { KafkaFile } from '../kafkaFile/file';
import { findProperty } from '../kafkaFile/file';
import { parse } from '../kafkaFile/parser';
import {
  fileChecked,
  fileStateRequest,
  newMessageRequest,
  partitionsRequest,
  schemaFilesRequest,
  schemaRequest,
  schemasChanged,
  startOptions,
  stateChanged,
  subjectsRequest,
  topicsChanged,
  topicsRequest,
  versionsRequest,
  workspaceFilesRequest,
} from './protocol';
import { quickFixes } from './quickFixes';
import type { SourceFile } from './references';
import { references, rename, topicAt } from './references';
import type { TemplateFaker } from '../kafkaFile/faker/templateFaker';
import { loadFaker } from '../kafkaFile/run';
import { schemaHover } from './blockSchemas';
import { semanticTokens, TOKEN_TYPES } from './semanticTokens';
import { symbols } from './symbols';
import { withSignal } from './jsonFiles/withSignal';

/** The language of `.kafka` files. */
const LANGUAGE = 'kafkarest';
/** How long a feature waits for the extension and its clusters, in milliseconds. */
const WAIT_LIMIT = { completion: 300, hover: 1500, lenses: 300 };

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const parsed = new WeakMap<TextDocument, { readonly version: number; readonly file: KafkaFile }>();
const fakers = new Map<string, Promise<TemplateFaker | undefined>>();
const canRefresh = { diagnostics: false, codeLens: false };
let refreshing = false;

const catalogs = new CatalogCache(
  {
    fileState: (uri) => connection.sendRequest(fileStateRequest, { uri }),
    topics: (cluster) => connection.sendRequest(topicsRequest, { cluster }),
    partitions: (cluster, topic) => connection.sendRequest(partitionsRequest, { cluster, topic }),
    schema: (uri, query) => connection.sendRequest(schemaRequest, { uri, ...query }),
    subjects: (cluster) => connection.sendRequest(subjectsRequest, { cluster }),
    versions: (cluster, subject) => connection.sendRequest(versionsRequest, { cluster, subject }),
    schemaFiles: (uri) => connection.sendRequest(schemaFilesRequest, { uri }),
  },
  refresh,
);

const jsonFiles = new JsonFeatures(catalogs, (checked) => {
  void connection.sendNotification(fileChecked, checked);
});

/** Returns a document that is no `.kafka` file: JSON that the person has checked by a schema. */
function jsonDocument(uri: string): TextDocument | undefined {
  const document = documents.get(uri);
  return document?.languageId === LANGUAGE ? undefined : document;
}

/** Makes the editor ask again, once for all changes at the same time. */
function refresh(): void {
  if (refreshing) return;
  refreshing = true;
  setImmediate(() => {
    refreshing = false;
    const requests = [
      ...(canRefresh.diagnostics ? [connection.languages.diagnostics.refresh()] : []),
      ...(canRefresh.codeLens ? [connection.sendRequest('workspace/codeLens/refresh')] : []),
    ];
    // The editor refuses these while it closes; then there is nothing to refresh.
    Promise.all(requests).catch(() => undefined);
  });
}

function fileOf(uri: string): KafkaFile | undefined {
  const document = documents.get(uri);
  if (!document) return undefined;
  const known = parsed.get(document);
  if (known?.version === document.version) return known.file;
  const file = parse(document.getText());
  parsed.set(document, { version: document.version, file });
  return file;
}

/** Returns the file and the offset of a request. */
function at({ textDocument, position }: TextDocumentPositionParams): {
  readonly file: KafkaFile;
  readonly offset: number;
} {
  const file = fileOf(textDocument.uri) ?? parse('');
  return { file, offset: file.offsetAt(position) };
}

connection.onInitialize(
  ({ capabilities: { workspace }, initializationOptions }): InitializeResult => {
    const { texts } = startOptions(initializationOptions) ?? {};
    if (texts !== undefined) l10n.config({ contents: texts });
    canRefresh.diagnostics = workspace?.diagnostics?.refreshSupport ?? false;
    canRefresh.codeLens = workspace?.codeLens?.refreshSupport ?? false;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
        },
        completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] },
        hoverProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        codeLensProvider: {},
        documentFormattingProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        semanticTokensProvider: {
          legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
          full: true,
        },
      },
    };
  },
);

connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
  const json = jsonDocument(uri);
  const file = json ? undefined : fileOf(uri);
  const items = json
    ? await withSignal(token, (signal) => jsonFiles.diagnose(json, signal))
    : await (file ? diagnose(file, catalogs.of(uri)) : []);
  return { kind: DocumentDiagnosticReportKind.Full, items };
});

connection.onCodeAction(({ textDocument: { uri }, range }) => {
  const json = jsonDocument(uri);
  if (json) return jsonFiles.codeActions(json, range);
  const file = fileOf(uri);
  if (!file) return [];
  const span = { start: file.offsetAt(range.start), end: file.offsetAt(range.end) };
  return quickFixes(uri, file, span, catalogs.of(uri));
});

connection.onCompletion(async (params) => {
  const { uri } = params.textDocument;
  const json = jsonDocument(uri);
  if (json) return jsonFiles.complete(json, params.position);
  const catalog = await catalogs.settled(uri, WAIT_LIMIT.completion, (known) => {
    const { file, offset } = at(params);
    complete(file, offset, known);
  });
  const { file, offset } = at(params);
  const isAskedFor = params.context?.triggerKind === CompletionTriggerKind.Invoked;
  return complete(file, offset, catalog, isAskedFor);
});

connection.onHover(async (params) => {
  const { uri } = params.textDocument;
  const json = jsonDocument(uri);
  if (json) return (await jsonFiles.hover(json, params.position)) ?? null;
  const catalog = await catalogs.settled(uri, WAIT_LIMIT.hover, (known) => {
    const { file, offset } = at(params);
    const block = file.blockAt(offset);
    const cluster = block && clusterOf(file, block, known);
    const target = hoverTarget(file, offset, known);
    schemaHover(file, offset, known);
    if (!cluster || target?.kind !== 'topic') return;
    known.topics(cluster.name);
    known.partitions(cluster.name, findProperty(block, 'topic')?.value.text ?? '');
  });
  const { file, offset } = at(params);
  const target = hoverTarget(file, offset, catalog);
  const schema = target?.kind === 'template' ? undefined : schemaHover(file, offset, catalog);
  if (schema) return schema;
  if (!target) return null;
  const faker =
    target.kind === 'template' && target.template.kind === 'faker'
      ? await fakerFor(catalog.state.templates.locale)
      : undefined;
  return hover(file, target, catalog, faker) ?? null;
});

function fakerFor(locale: string): Promise<TemplateFaker | undefined> {
  const known = fakers.get(locale) ?? loadFaker(locale).catch(() => undefined);
  fakers.set(locale, known);
  return known;
}

connection.onCodeLens(async ({ textDocument: { uri } }) => {
  const catalog = await catalogs.settled(uri, WAIT_LIMIT.lenses);
  const file = fileOf(uri);
  return file ? codeLenses(uri, file, catalog) : [];
});

connection.onDocumentSymbol(({ textDocument: { uri } }) => symbols(fileOf(uri) ?? parse('')));
connection.onFoldingRanges(({ textDocument: { uri } }) => foldingRanges(fileOf(uri) ?? parse('')));
connection.onDocumentFormatting(({ textDocument: { uri } }) => format(fileOf(uri) ?? parse('')));
connection.languages.semanticTokens.on(({ textDocument: { uri } }) => ({
  data: semanticTokens(fileOf(uri) ?? parse('')),
}));

connection.onReferences(async (params) => {
  const { file, offset } = at(params);
  const topic = topicAt(file, offset);
  return topic ? references(topic.text, await allFiles()) : null;
});

connection.onPrepareRename((params) => {
  const { file, offset } = at(params);
  const topic = topicAt(file, offset);
  return topic ? { range: file.range(topic), placeholder: topic.text } : null;
});

connection.onRenameRequest(async ({ newName, ...params }) => {
  const { file, offset } = at(params);
  const topic = topicAt(file, offset);
  if (!topic) return null;
  const edit = rename(topic.text, newName, await allFiles());
  return (
    edit ??
    new ResponseError(
      ErrorCodes.InvalidParams,
      l10n.t(
        'No topic can have this name. Use letters, digits, ".", "_" and "-", at most 249 of them.',
      ),
    )
  );
});

connection.onRequest(newMessageRequest, async ({ uri, ...parts }) => {
  const json = jsonDocument(uri);
  return (json && (await jsonFiles.newMessage(json, parts))) ?? null;
});

/** Returns the files of the workspace, with the text in the editor for open ones. */
async function allFiles(): Promise<SourceFile[]> {
  const stored = await connection.sendRequest(workspaceFilesRequest, {}).catch(() => []);
  const closed = stored.filter(({ uri }) => !documents.get(uri));
  return [
    ...documents
      .all()
      .filter(({ languageId }) => languageId === LANGUAGE)
      .map(({ uri }) => ({ uri, file: fileOf(uri) ?? parse('') })),
    ...closed.map(({ uri, text }) => ({ uri, file: parse(text) })),
  ];
}

connection.onNotification(stateChanged, () => {
  catalogs.stateChanged();
});
connection.onNotification(topicsChanged, ({ cluster }) => {
  catalogs.topicsChanged(cluster);
});
connection.onNotification(schemasChanged, () => {
  catalogs.schemasChanged();
});
documents.onDidClose(({ document }) => {
  catalogs.forget(document.uri);
});
documents.listen(connection);
connection.listen();
