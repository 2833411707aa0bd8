import * as l10n from '@vscode/l10n';
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Hover,
  Position,
  Range,
} from 'vscode-languageserver-types';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { oneLine } from '../../core/text/visible';
import type { Problem } from '../../kafkaFile/problems';
import type { Catalog } from '../catalog';
import type { CatalogCache } from '../catalogCache';
import { toDiagnostic } from '../diagnostics';
import { fileFillEdits, fileHover, fileItems } from './features';
import { type MessageFile, readMessages } from './messageFile';
import { FileChecker, type PartSchemas } from './misfits';
import { type NewMessage, newMessage } from './newMessage';
import { type CheckedFile, MAX_CHECKED_LENGTH } from '../protocol';
import { misfitFixes } from '../schema/fixes';

/** Longer files are checked once they were left alone for a moment. */
const MAX_AT_ONCE = 200_000;
const REST_MS = 300;
/** How long completion and hover wait for schemas, in milliseconds. */
const WAIT_MS = 1_000;

/** What is known of a document. */
interface Known {
  version: number;
  file: Promise<MessageFile>;
  checker: FileChecker;
  /** The schemas of the checker. */
  schemas: PartSchemas;
  problems: readonly Problem[];
}

/** The features of JSON files whose messages have schemas. */
export class JsonFeatures {
  readonly #known = new WeakMap<TextDocument, Known>();

  constructor(
    private readonly catalogs: Pick<CatalogCache, 'of' | 'settled'>,
    private readonly tell: (checked: CheckedFile) => void,
  ) {}

  /** Returns the problems of a file. Rejects with the reason of the signal. */
  async diagnose(document: TextDocument, signal: AbortSignal): Promise<Diagnostic[]> {
    const { uri } = document;
    const { length } = document.getText();
    if (length > MAX_AT_ONCE) await rest(signal);
    const schemas = schemasOf(this.catalogs.of(uri));
    if (!schemas) return [];
    const nothing = { uri, messages: 0, problems: 0, isCut: false };
    if (length > MAX_CHECKED_LENGTH) {
      this.tell({ ...nothing, obstacle: 'too-long' });
      return [];
    }
    const known = this.#look(document, schemas);
    const messageFile = await known.file;
    signal.throwIfAborted();
    const { file, options, messages } = messageFile;
    if (!options) {
      this.tell({ ...nothing, obstacle: 'not-messages' });
      return [];
    }
    known.problems = known.checker.check(messageFile);
    const isCut = known.problems.at(-1)?.kind === 'problems-cut';
    const problems = known.problems.length - (isCut ? 1 : 0);
    this.tell({ uri, messages: messages.length, problems, isCut });
    return known.problems.map((problem) => toDiagnostic(file, problem));
  }

  async complete(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    const schemas = await this.#settled(document.uri);
    const file = await this.#read(document, schemas);
    return file && schemas ? fileItems(file, document.offsetAt(position), schemas) : [];
  }

  async hover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const schemas = await this.#settled(document.uri);
    const file = await this.#read(document, schemas);
    return file && schemas ? fileHover(file, document.offsetAt(position), schemas) : undefined;
  }

  /** Returns the fixes of the problems that touch a range, and what fills in all that is missing. */
  async codeActions(document: TextDocument, range: Range): Promise<CodeAction[]> {
    const { uri } = document;
    const schemas = await this.#settled(uri);
    const messageFile = await this.#read(document, schemas);
    if (!messageFile || !schemas) return [];
    const { file } = messageFile;
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const problems = this.#known.get(document)?.problems ?? [];
    const fixes = problems
      .filter(({ start, end }) => start <= span.end && end >= span.start)
      .flatMap((problem) =>
        misfitFixes(file, problem, () => fileFillEdits(messageFile, problem, schemas, problem))
          .filter(({ edits }) => edits.length > 0)
          .map(({ title, edits }, index) => ({
            title: oneLine(title),
            kind: CodeActionKind.QuickFix,
            diagnostics: [toDiagnostic(file, problem)],
            isPreferred: index === 0,
            edit: { changes: { [uri]: edits } },
          })),
      );
    const filled = fileFillEdits(messageFile, span, schemas);
    if (filled.length === 0) return fixes;
    const edit = { changes: { [uri]: filled } };
    const title = l10n.t('Fill In Defaults');
    return [...fixes, { title, kind: CodeActionKind.RefactorRewrite, edit }];
  }

  /** Returns where a message goes whose key and value are given as JSON. */
  async newMessage(
    document: TextDocument,
    parts: { readonly key?: string; readonly value: string },
  ): Promise<NewMessage | undefined> {
    const file = await this.#read(document, {});
    return file && newMessage(file, parts);
  }

  async #settled(uri: string): Promise<PartSchemas | undefined> {
    const catalog = await this.catalogs.settled(uri, WAIT_MS, (known) => {
      schemasOf(known);
    });
    return schemasOf(catalog);
  }

  async #read(
    document: TextDocument,
    schemas: PartSchemas | undefined,
  ): Promise<MessageFile | undefined> {
    if (!schemas || document.getText().length > MAX_CHECKED_LENGTH) return undefined;
    return this.#look(document, this.#known.get(document)?.schemas ?? schemas).file;
  }

  #look(document: TextDocument, schemas: PartSchemas): Known {
    const before = this.#known.get(document);
    const isSame = before?.schemas.key === schemas.key && before?.schemas.value === schemas.value;
    if (before && isSame && before.version === document.version) return before;
    const isUnchanged = before?.version === document.version;
    const known: Known = {
      version: document.version,
      file: isUnchanged ? before.file : readMessages(document.getText(), nameOf(document)),
      checker: before && isSame ? before.checker : new FileChecker(schemas, isJson(document)),
      schemas,
      problems: isUnchanged && isSame ? before.problems : [],
    };
    this.#known.set(document, known);
    return known;
  }
}

/** Returns the schemas that are known; `undefined` if there are none, or not yet. */
function schemasOf(catalog: Catalog): PartSchemas | undefined {
  const known = (catalog.state.checks ?? []).flatMap((query) => {
    const answer = catalog.schema(query);
    if (!answer || answer.problem !== undefined) return [];
    return [[query.part, answer.description.jsonSchema] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** The editor tells itself what is no JSON in files of this language. */
function isJson({ languageId }: TextDocument): boolean {
  return languageId === 'json';
}

/** Returns the name of a document, with the ending that its language has if it has none of JSON. */
function nameOf(document: TextDocument): string {
  const name = document.uri.slice(document.uri.lastIndexOf('/') + 1);
  if (/\.(?:json|jsonl|ndjson|ldjson|jsonlines)$/i.test(name)) return name;
  return `${name}${isJson(document) ? '.json' : '.jsonl'}`;
}

async function rest(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, REST_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
