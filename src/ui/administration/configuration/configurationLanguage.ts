import * as vscode from 'vscode';
import type { TopicProperty } from '../../../core/administration';
import { knownProperties, valueProblem } from '../../../core/topicProperties/known';
import { escapeText, parseProperties, type PropertyLine } from '../../../core/topicProperties/text';
import { markdownCode, unlinkedText } from '../../../core/text/visible';
import { lineProblem } from './applyChanges';
import type { Configurations } from './configurations';
import { CONFIGURATION_SCHEME, isOnCluster } from './configurationUri';
import { aboutProperty, inLargerUnit, typeInWords, valueProblemInWords } from './propertyWords';
import { capitalise, sentences } from '../../words/sentences';

const selector: vscode.DocumentSelector = { scheme: CONFIGURATION_SCHEME };

/** Values that people often give, in milliseconds and in bytes. */
const OFTEN: Readonly<Record<string, readonly string[]>> = {
  ms: ['3600000', '86400000', '604800000', '2592000000'],
  bytes: ['1048576', '104857600', '1073741824', '10737418240'],
};

/** Completion, hovers and checks in the documents of configurations. */
export class ConfigurationLanguage
  implements vscode.CompletionItemProvider, vscode.HoverProvider, vscode.Disposable
{
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('kafkaRest-configuration');
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly configurations: Pick<Configurations, 'of'>) {
    const check = (document: vscode.TextDocument) => {
      this.#check(document);
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#diagnostics,
      vscode.languages.registerCompletionItemProvider(selector, this, '=', ',', '.'),
      vscode.languages.registerHoverProvider(selector, this),
      vscode.workspace.onDidOpenTextDocument(check),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        check(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#diagnostics.delete(uri);
      }),
    );
    vscode.workspace.textDocuments.forEach(check);
  }

  provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.CompletionItem[] {
    const { text } = document.lineAt(position);
    const before = text.slice(0, position.character);
    if (/^\s*[#!]/.test(before)) return [];
    const separator = before.search(/[=:]/);
    if (separator < 0) return this.#names(document, position, before);
    // A list has several values, and each is completed by itself.
    const typedFrom = Math.max(...['=', ':', ',', ' '].map((each) => before.lastIndexOf(each))) + 1;
    const range = new vscode.Range(position.with({ character: typedFrom }), position);
    return this.#values(document, before.slice(0, separator).trim(), range);
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { text } = document.lineAt(position);
    // A default stands in the text as a comment.
    const commented = /^\s*[#!]\s*/.exec(text)?.[0].length ?? 0;
    const [line] = parseProperties(text.slice(commented)).lines;
    if (!line || /\s/.test(line.name)) return undefined;
    const start = commented + line.start;
    const range = new vscode.Range(position.line, start, position.line, text.length);
    if (!range.contains(position)) return undefined;
    const about = this.#about(document, line.name, line.value);
    return about && new vscode.Hover(about, range);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Proposes the properties that the text does not set yet. */
  #names(
    document: vscode.TextDocument,
    position: vscode.Position,
    before: string,
  ): vscode.CompletionItem[] {
    const { lines } = parseProperties(document.getText());
    const set = new Set(lines.filter(({ line }) => line !== position.line).map(({ name }) => name));
    const listed = this.#properties(document);
    const names = listed.length > 0 ? listed.map(({ name }) => name) : [...knownProperties.keys()];
    const from = position.with({ character: before.length - before.trimStart().length });
    return names
      .filter((name) => !set.has(name))
      .map((name) => {
        const property = listed.find((each) => each.name === name);
        const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
        const about = this.#about(document, name);
        item.range = new vscode.Range(from, position);
        item.insertText = `${name}=`;
        const known = knownProperties.get(name);
        if (known) item.detail = typeInWords(known.type);
        if (about) item.documentation = about;
        if (property?.isReadOnly) {
          item.tags = [vscode.CompletionItemTag.Deprecated];
          item.detail = vscode.l10n.t('read-only: Kafka does not let it be changed');
        }
        item.command = { command: 'editor.action.triggerSuggest', title: '' };
        return item;
      });
  }

  #values(
    document: vscode.TextDocument,
    name: string,
    range: vscode.Range,
  ): vscode.CompletionItem[] {
    const known = knownProperties.get(name);
    const current = this.#properties(document).find((each) => each.name === name)?.value;
    const often = known?.type === 'long' ? OFTEN[name.split('.').at(-1) ?? ''] : undefined;
    const values = new Set([
      ...(known?.choices ?? []),
      ...(known ? [known.byDefault] : []),
      ...(current === undefined || current === null ? [] : [current]),
      ...(often ?? []),
    ]);
    return [...values]
      .filter((value) => value !== '')
      .map((value, at) => {
        const item = new vscode.CompletionItem(value, vscode.CompletionItemKind.Value);
        const t = vscode.l10n.t;
        const words = [
          inLargerUnit(name, value),
          value === known?.byDefault ? t('Kafka’s default') : undefined,
          value === current ? t('now') : undefined,
        ];
        item.detail = words.filter((word) => word !== undefined).join(' · ');
        item.insertText = escapeText(value);
        item.filterText = value;
        item.range = range;
        item.sortText = String(at).padStart(2, '0');
        return item;
      });
  }

  /** Returns Markdown about a property, and the value that it has in the text. */
  #about(
    document: vscode.TextDocument,
    name: string,
    value?: string,
  ): vscode.MarkdownString | undefined {
    const t = vscode.l10n.t;
    const known = knownProperties.get(name);
    const property = this.#properties(document).find((each) => each.name === name);
    if (!known && !property) return undefined;
    const inUnit = value === undefined ? undefined : inLargerUnit(name, value);
    const parts = [
      `**${unlinkedText(name)}**`,
      ...(value !== undefined && inUnit !== undefined
        ? [`${markdownCode(value)} = ${unlinkedText(inUnit)}`]
        : []),
      aboutProperty(name) ?? t('Kafka’s documentation does not list this property.'),
      ...(known
        ? [
            sentences(
              t('Takes {0}', typeInWords(known.type)),
              t(
                'Kafka’s default: {0}',
                known.byDefault === '' ? t('empty') : markdownCode(known.byDefault),
              ),
            ),
          ]
        : []),
      ...(property?.isReadOnly ? [t('Read-only: Kafka does not let it be changed.')] : []),
      ...(property?.isSensitive ? [t('Sensitive: the cluster does not show its value.')] : []),
    ];
    return new vscode.MarkdownString(parts.join('\n\n'));
  }

  #properties(document: vscode.TextDocument): readonly TopicProperty[] {
    return this.configurations.of(document.uri)?.properties ?? [];
  }

  #check(document: vscode.TextDocument): void {
    const { uri } = document;
    if (uri.scheme !== CONFIGURATION_SCHEME || isOnCluster(uri)) return;
    const { lines, problems } = parseProperties(document.getText());
    this.#diagnostics.set(uri, [
      ...problems.map((problem) =>
        diagnostic(
          document.lineAt(problem.line).range,
          sentences(capitalise(lineProblem(problem))),
          vscode.DiagnosticSeverity.Error,
        ),
      ),
      ...lines.flatMap((line) => this.#problemsOf(document, line)),
    ]);
  }

  #problemsOf(document: vscode.TextDocument, line: PropertyLine): vscode.Diagnostic[] {
    const t = vscode.l10n.t;
    const { name, value } = line;
    const properties = this.#properties(document);
    const property = properties.find((each) => each.name === name);
    const nameRange = new vscode.Range(line.line, line.start, line.line, line.nameEnd);
    const { Error, Warning } = vscode.DiagnosticSeverity;
    if (property?.isReadOnly) {
      return [
        diagnostic(
          nameRange,
          t('{0} is read-only: Kafka does not let it be changed.', name),
          Error,
        ),
      ];
    }
    if (!property && properties.length > 0 && !knownProperties.has(name)) {
      return [
        diagnostic(
          nameRange,
          t('Neither the cluster nor Kafka’s documentation lists {0}.', name),
          Warning,
        ),
      ];
    }
    const problem = valueProblem(name, value);
    if (!problem) return [];
    const { range } = document.lineAt(line.line);
    const valueRange = range.with(range.start.with({ character: line.valueStart }));
    return [diagnostic(valueRange, valueProblemInWords(name, problem), Warning)];
  }
}

function diagnostic(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, severity);
  made.source = 'Kafka REST';
  return made;
}
