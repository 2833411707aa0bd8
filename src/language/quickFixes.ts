import type { CodeAction, TextEdit } from 'vscode-languageserver-types';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { Catalog } from './catalog';
import { oneLine } from '../core/text/visible';
import { topicsFor } from './catalog';
import { problemsOf, toDiagnostic } from './diagnostics';
import type { KafkaFile } from '../kafkaFile/file';
import type { Problem } from '../kafkaFile/problems';
import { nearest } from '../kafkaFile/problems';
import { HELPERS } from '../kafkaFile/templates';
import { TEMPLATE_NAMES } from '../kafkaFile/templateNames';
import type { Span } from '../kafkaFile/text';

/** Returns the fixes for the problems that touch a span, each with its edit. */
export async function quickFixes(
  uri: string,
  file: KafkaFile,
  span: Span,
  catalog: Catalog,
): Promise<CodeAction[]> {
  return (await problemsOf(file, catalog))
    .filter(({ start, end }) => start <= span.end && end >= span.start)
    .flatMap((problem) =>
      fixesOf(file, problem, catalog).map(({ title, edits }, index) => ({
        title: oneLine(title),
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(file, problem)],
        isPreferred: index === 0,
        edit: { changes: { [uri]: edits } },
      })),
    );
}

interface Fix {
  readonly title: string;
  readonly edits: TextEdit[];
}

function fixesOf(file: KafkaFile, problem: Problem, catalog: Catalog): Fix[] {
  const { kind, name = '', detail = '', suggestions = [] } = problem;
  const edits = new Edits(file);
  const text = file.text.slice(problem.start, problem.end);
  const changeTo = (words: readonly string[], span: Span = problem) =>
    words.map((word) => ({ title: `Change to "${word}"`, edits: [edits.replace(span, word)] }));
  const removeLine = { title: 'Remove this line', edits: [edits.removeLine(problem)] };

  switch (kind) {
    case 'topic-missing':
      return text.startsWith('topic')
        ? []
        : [{ title: 'Add "topic:"', edits: [edits.insertBelow(problem, 'topic: ')] }];
    case 'topic-unknown':
      return changeTo(nearest(name, topicNames(file, problem, catalog)));
    case 'cluster-unknown': {
      const names = catalog.state.clusters.map((cluster) => cluster.name);
      return text.startsWith('cluster')
        ? []
        : changeTo([...nearest(name, names), ...names].slice(0, 3));
    }
    case 'property-unknown':
    case 'directive-unknown':
      return [...changeTo(suggestions), removeLine];
    case 'property-twice':
    case 'tombstone-with-value':
    case 'headers-unsupported':
    case 'timestamp-unsupported':
      return [removeLine];
    case 'colon-missing': {
      const at = problem.start + (/\s/.exec(text)?.index ?? text.length);
      return [{ title: 'Add ":"', edits: [edits.replace({ start: at, end: at }, ':')] }];
    }
    case 'property-in-value':
      return [
        { title: `Make it the property "${name}"`, edits: edits.makeProperty(problem, name) },
      ];
    case 'block-in-value':
      return [{ title: 'Add "###" before it', edits: [edits.insertAbove(problem, '###')] }];
    case 'keyword-form':
      return [
        { title: `Change to "${name}"`, edits: [edits.replace(edits.indented(problem), name)] },
      ];
    case 'value-missing':
      return [
        { title: 'Make it a tombstone', edits: [edits.insertBelow(problem, '-- @tombstone')] },
      ];
    case 'format-unknown':
    case 'encoding-unknown':
      return changeTo(suggestions);
    case 'every-invalid':
      return /^\d+$/.test(text) ? changeTo([`${text}s`]) : [];
    case 'number-inexact':
      return changeTo([detail]);
    case 'header-cut':
      return [{ title: 'Remove this', edits: [edits.replace(problem, '')] }];
    case 'template-unknown':
      return changeTo(
        nearest(name, [...TEMPLATE_NAMES, ...HELPERS.keys()]),
        edits.nameIn(problem, name),
      );
    case 'template-arguments':
      return text.includes("'")
        ? [
            {
              title: 'Use double quotes',
              edits: [edits.replace(problem, text.replaceAll("'", '"'))],
            },
          ]
        : [];
    case 'template-open':
      return [
        {
          title: 'Add "}}"',
          edits: [edits.replace({ start: problem.end, end: problem.end }, '}}')],
        },
      ];
    case 'bytes-perhaps-unsupported':
    case 'bytes-unsupported':
    case 'count-invalid':
    case 'directive-outside':
    case 'env-missing':
    case 'format-reserved':
    case 'from-invalid':
    case 'header-dropped':
    case 'headers-invalid':
    case 'json-invalid':
    case 'not-in-format':
    case 'out-of-range':
    case 'partition-invalid':
    case 'partition-unknown':
    case 'partitions-invalid':
    case 'consume-unsupported':
    case 'times-unsupported':
    case 'produce-unsupported':
    case 'template-failed':
    case 'timestamp-invalid':
    case 'to-before-from':
    case 'to-invalid':
    case 'tombstone-unsupported':
    case 'topic-invalid':
    case 'value-empty':
      return []; // Only the person can know.
  }
}

function topicNames(file: KafkaFile, { start }: Span, catalog: Catalog): string[] {
  const block = file.blockAt(start);
  return ((block && topicsFor(file, block, catalog)) ?? []).map(({ name }) => name);
}

/** Makes edits of a file's text. */
class Edits {
  constructor(private readonly file: KafkaFile) {}

  replace(span: Span, newText: string): TextEdit {
    return { range: this.file.range(span), newText };
  }

  removeLine({ start }: Span): TextEdit {
    const line = this.file.lineAt(start);
    return this.replace(
      { start: this.file.lineStart(line), end: this.file.lineStart(line + 1) },
      '',
    );
  }

  insertBelow({ start }: Span, text: string): TextEdit {
    const at = this.file.lineEnd(this.file.lineAt(start));
    return this.replace({ start: at, end: at }, `${this.#lineEnd()}${text}`);
  }

  insertAbove({ start }: Span, text: string): TextEdit {
    const at = this.file.lineStart(this.file.lineAt(start));
    return this.replace({ start: at, end: at }, `${text}${this.#lineEnd()}`);
  }

  /** Moves a line of a value above the value, as a property. */
  makeProperty(problem: Span, name: string): TextEdit[] {
    const block = this.file.blockAt(problem.start);
    const line = this.file.line(this.file.lineAt(problem.start));
    const property = `${name}: ${line.slice(line.indexOf(':') + 1).trim()}`;
    const value = block?.kind === 'producer' ? block.value : undefined;
    if (!value) return [];
    const first = this.file.lineStart(this.file.lineAt(value.start));
    const lineStart = this.file.lineStart(this.file.lineAt(problem.start));
    if (first === lineStart) {
      return [this.replace({ start: first, end: first + line.length }, property)];
    }
    return [this.insertAbove(value, property), this.removeLine(problem)];
  }

  /** Returns the span with the blanks before it. */
  indented({ start, end }: Span): Span {
    return { start: this.file.lineStart(this.file.lineAt(start)), end };
  }

  /** Returns where a name is in a span. */
  nameIn({ start, end }: Span, name: string): Span {
    const at = Math.max(0, this.file.text.slice(start, end).indexOf(name));
    return { start: start + at, end: start + at + name.length };
  }

  #lineEnd(): string {
    return this.file.text.includes('\r\n') ? '\r\n' : '\n';
  }
}
