import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';
import type { CheckedFile, SchemaAnswer, SchemaQuery } from '../../language/protocol';
import { schemaWords } from '../decoding/schemaWords';
import type { FileSchemas } from './fileSchemas';

/** How many answers are remembered. */
const MAX_ANSWERS = 200;

/** Says beside the language of a file by which schema it is checked, and what came of it. */
export class CheckStatus implements vscode.Disposable {
  /** By file and query, as the language server remembers them; `null`: it is not known now. */
  readonly #answers = new Map<string, SchemaAnswer | null>();
  readonly #checked = new Map<string, CheckedFile>();
  readonly #schema = vscode.languages.createLanguageStatusItem('kafkaRest.schemaOfFile', []);
  readonly #outcome = vscode.languages.createLanguageStatusItem('kafkaRest.checkOfFile', []);
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly schemas: FileSchemas) {
    const t = vscode.l10n.t;
    this.#schema.name = t('Schema of Messages');
    this.#outcome.name = t('Check of Messages');
    this.#subscriptions = vscode.Disposable.from(
      this.#schema,
      this.#outcome,
      schemas.onDidChange((uri) => {
        this.#checked.delete(uri.toString());
        this.show();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#checked.delete(uri.toString())),
    );
    this.show();
  }

  /** Takes what was found out about a schema of a file. */
  answered(uri: vscode.Uri, query: SchemaQuery, answer: SchemaAnswer | null): void {
    if (this.#answers.size > MAX_ANSWERS) this.#answers.clear();
    this.#answers.set(keyOf(uri, query), answer);
    this.show();
  }

  /** Takes the outcome of a check. */
  checked(checked: CheckedFile): void {
    this.#checked.set(vscode.Uri.parse(checked.uri).toString(), checked);
    this.show();
  }

  /** Shows the file in the active editor, if it is checked. */
  show(): void {
    const t = vscode.l10n.t;
    const document = vscode.window.activeTextEditor?.document;
    const queries = document && this.schemas.queriesOf(document.uri);
    const items = [this.#schema, this.#outcome];
    if (!queries) {
      for (const item of items) item.selector = [];
      return;
    }
    const { uri } = document;
    const checked = this.#checked.get(uri.toString());
    const { text, detail, problem, busy } = this.#schemaStatus(uri, queries);
    for (const item of items) item.selector = selectorOf(uri);
    this.#schema.text = text;
    this.#schema.detail = detail;
    this.#schema.severity = problem
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    this.#schema.busy = busy;
    this.#schema.command = {
      title: t('Change'),
      tooltip: t('Check the file against another schema'),
      command: 'kafkaRest.checkFile',
      arguments: [uri],
    };
    this.#outcome.text = problem ? t('not checked') : outcomeWords(checked);
    this.#outcome.busy = !problem && !checked;
    this.#outcome.command = {
      title: t('Stop'),
      tooltip: t('Stop checking the file'),
      command: 'kafkaRest.stopCheckingFile',
      arguments: [uri],
    };
  }

  #schemaStatus(uri: vscode.Uri, queries: readonly SchemaQuery[]) {
    const t = vscode.l10n.t;
    const texts: string[] = [];
    const details: string[] = [];
    let busy = false;
    for (const query of queries) {
      const answer = this.#answers.get(keyOf(uri, query));
      const words = oneLine(schemaNamed(query, answer));
      if (query.part === 'value') texts.unshift(words);
      else texts.push(t('keys: {0}', words));
      if (answer === undefined) busy = true;
      else if (answer === null) details.push(notKnown());
      else if (answer.problem !== undefined) details.push(t('No schema: {0}', answer.detail));
    }
    const problem = details.length > 0;
    const detail = oneLine(problem ? details.join(' · ') : (queries[0]?.cluster ?? ''));
    return { text: texts.join(' · '), detail, problem, busy };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Returns what selects one file, and no other. */
export function selectorOf({ scheme, fsPath }: vscode.Uri): { scheme: string; pattern: string }[] {
  return [{ scheme, pattern: fsPath }];
}

function keyOf(uri: vscode.Uri, query: SchemaQuery): string {
  return JSON.stringify([uri.toString(), query]);
}

/** Returns the name of a schema, or the format that names it as long as it is not known. */
function schemaNamed({ named }: SchemaQuery, answer: SchemaAnswer | null | undefined): string {
  const known = answer && answer.problem === undefined && schemaWords(answer.description.schema);
  return known || ('format' in named ? named.format : named.schema);
}

function notKnown(): string {
  const t = vscode.l10n.t;
  return vscode.workspace.isTrusted
    ? t('The schema registry is not available. Sign in to it, or test the connection.')
    : t('Nothing is looked up, because the workspace is not trusted.');
}

function outcomeWords(checked: CheckedFile | undefined): string {
  const t = vscode.l10n.t;
  if (!checked) return t('checking');
  const { messages, problems, isCut, obstacle } = checked;
  if (obstacle === 'too-long') return t('too long to be checked here');
  if (obstacle === 'not-messages') return t('no messages that can be produced');
  if (isCut) return t('more than {0} problems', problems);
  if (problems > 0) return problems === 1 ? t('1 problem') : t('{0} problems', problems);
  return messages === 1 ? t('1 message fits') : t('all {0} messages fit', messages);
}
