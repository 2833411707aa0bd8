import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  MarkupContent,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol/node';
import {
  fileStateRequest,
  partitionsRequest,
  stateChanged,
  topicsChanged,
  topicsRequest,
  workspaceFilesRequest,
} from '../../../src/language/protocol';
import { catalog } from '../../support/kafkaFiles';
import type { StartedServer } from '../../support/languageServer';
import { bundleServer, startServer } from '../../support/languageServer';

const uri = 'file:///folder/a.kafka';
const textDocument = { uri };
const TEXT =
  'PRODUCER\ntopic: orders\n{"a":{"b":{{number.int(0)}}}}\n###\nCONSUMER\ntopic: nowhere\n';

describe('the language server, as a process', function () {
  this.timeout(20_000);
  const known = catalog();
  let file: string;
  let remove: () => void;
  let server: StartedServer;
  let topics = [{ name: 'orders' }];
  let chosen = 'hdi';
  let version = 1;

  before(async () => {
    ({ file, remove } = await bundleServer());
    server = await startServer(file, (connection) => {
      connection.onRequest(fileStateRequest, () => ({ ...known.state, chosen }));
      connection.onRequest(topicsRequest, ({ cluster }) =>
        cluster === 'hdi' ? topics : new Promise<null>(() => undefined),
      );
      connection.onRequest(partitionsRequest, () => [{ id: 0, earliest: '0', latest: '42' }]);
      connection.onRequest(workspaceFilesRequest, () => [
        { uri, text: 'outdated' },
        { uri: 'file:///folder/b.kafkarest', text: 'CONSUMER\ntopic: orders\n' },
      ]);
    });
  });

  after(() => {
    server.kill();
    remove();
  });

  async function diagnostics(): Promise<string[]> {
    const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument,
    });
    assert.equal(report.kind, DocumentDiagnosticReportKind.Full);
    return report.items.map(({ code, range }: Diagnostic) => `${code ?? ''} ${range.start.line}`);
  }

  /** Edits the text: the characters from one place of a line to another become another text. */
  async function edit(line: number, from: number, to: number, text: string): Promise<void> {
    version += 1;
    await server.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [
        { range: { start: { line, character: from }, end: { line, character: to } }, text },
      ],
    });
  }

  it('gives diagnostics at once, and again when the topics are known', async () => {
    await server.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'kafkarest', version, text: TEXT },
    });
    await server.until(async () => (await diagnostics()).length > 0);
    assert.deepEqual(await diagnostics(), ['topic-unknown 5']);
  });

  it('follows edits', async () => {
    await edit(5, 7, 14, 'orders\nfrom: x');
    assert.deepEqual(await diagnostics(), ['from-invalid 6']);
    await edit(6, 6, 7, '0');
    assert.deepEqual(await diagnostics(), []);
  });

  it('follows changes of clusters', async () => {
    topics = [{ name: 'other' }];
    await server.connection.sendNotification(topicsChanged, { cluster: 'hdi' });
    await server.until(async () => (await diagnostics()).length > 0);
    assert.deepEqual(await diagnostics(), ['topic-unknown 1', 'topic-unknown 5']);
    topics = [{ name: 'orders' }];
    await server.connection.sendNotification(topicsChanged, {});
    await server.until(async () => (await diagnostics()).length === 0);
  });

  it('completes, also while a cluster does not answer', async () => {
    const position = { line: 1, character: 7 };
    const labels = async () => {
      const result = await server.connection.sendRequest(CompletionRequest.type, {
        textDocument,
        position,
      });
      return (Array.isArray(result) ? result : (result?.items ?? [])).map(({ label }) => label);
    };
    assert.deepEqual(await labels(), ['orders']);
    chosen = 'other';
    await server.connection.sendNotification(stateChanged);
    await server.until(async () => (await labels()).length === 0);
    chosen = 'hdi';
    await server.connection.sendNotification(stateChanged);
    await server.until(async () => (await labels()).length > 0);
  });

  it('hovers over topics and templates', async () => {
    const hover = async (line: number, character: number) => {
      const found = await server.connection.sendRequest(HoverRequest.type, {
        textDocument,
        position: { line, character },
      });
      return found && MarkupContent.is(found.contents) ? found.contents.value : undefined;
    };
    assert.match((await hover(1, 8)) ?? '', /\| 0 \| 0 \| 42 \|/);
    assert.match((await hover(2, 15)) ?? '', /```text\n0\n```/);
    assert.equal(await hover(3, 0), undefined);
  });

  it('finds and renames topics in the workspace', async () => {
    const at = { textDocument, position: { line: 1, character: 8 } };
    const { connection } = server;
    const found = await connection.sendRequest(ReferencesRequest.type, {
      ...at,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      found?.map((each) => [each.uri, each.range.start.line]),
      [
        [uri, 1],
        [uri, 5],
        ['file:///folder/b.kafkarest', 1],
      ],
    );
    const prepared = await connection.sendRequest(PrepareRenameRequest.type, at);
    assert.ok(prepared && 'placeholder' in prepared);
    assert.equal(prepared.placeholder, 'orders');
    const edits = await connection.sendRequest(RenameRequest.type, { ...at, newName: 'orders.v2' });
    assert.equal(Object.values(edits?.changes ?? {}).flat().length, 3);
    await assert.rejects(
      connection.sendRequest(RenameRequest.type, { ...at, newName: 'no topic' }),
      /No topic can have this name/,
    );
  });

  it('offers all its other features', async () => {
    const { connection } = server;
    const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument });
    assert.equal(lenses?.[0]?.command?.title, 'Produce');
    const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.deepEqual(
      symbols?.map(({ name }) => name),
      ['PRODUCER', 'CONSUMER'],
    );
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    assert.equal(folds?.length, 2);
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    assert.ok((tokens?.data.length ?? 0) > 0);
    await edit(6, 0, 5, 'fro: ');
    const actions = await connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range: { start: { line: 6, character: 1 }, end: { line: 6, character: 1 } },
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions?.map(({ title }) => title),
      ['Change to "from"', 'Remove this line'],
    );
    await edit(6, 0, 5, 'from:');
    const edits = await connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(edits, []);
  });

  it('speaks the language of the window', async () => {
    const texts = {
      'The topic is missing. Add a line "topic: name".': 'Das Topic fehlt.',
      '"{0}" is not a property of this block.': '„{0}“ gibt es hier nicht.',
      'Did you mean {0}?': 'Meinten Sie {0}?',
      '"{0}"': '„{0}“',
    };
    const german = await startServer(
      file,
      (connection) => {
        connection.onRequest(fileStateRequest, () => ({ ...known.state, chosen }));
        connection.onRequest(topicsRequest, () => []);
      },
      texts,
    );
    try {
      const text = 'PRODUCER\n###\nCONSUMER\ntopic: a\nfro: earliest\n';
      await german.connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'kafkarest', version, text },
      });
      const pull = () =>
        german.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
      const messages = async () => {
        const report = await pull();
        assert.equal(report.kind, DocumentDiagnosticReportKind.Full);
        return report.items.map(({ message }: Diagnostic) => message);
      };
      await german.until(async () => (await messages()).length > 0);
      const found = await messages();
      assert.ok(found.includes('Das Topic fehlt.'));
      assert.ok(found.includes('„fro“ gibt es hier nicht. Meinten Sie „from“?'));
    } finally {
      german.kill();
    }
  });

  it('ends when it is told to', async () => {
    assert.equal(await server.stop(), 0);
  });
});
