import * as l10n from '@vscode/l10n';
import type { CodeAction } from 'vscode-languageserver-types';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { Catalog } from './catalog';
import { oneLine } from '../core/text/visible';
import { topicsFor } from './catalog';
import { fillEdits } from './blockSchemas';
import { outsideFixes, settingFixes, splitFixes } from './blockFixes';
import { problemsOf, toDiagnostic } from './diagnostics';
import { Edits, type Fix } from './edits';
import type { KafkaFile } from '../kafkaFile/file';
import type { Problem } from '../kafkaFile/problems';
import { nearest } from '../core/text/nearest';
import { misfitFixes } from './schema/fixes';
import type { Span } from '../kafkaFile/text';

/** Returns the fixes for the problems that touch a span, and what else can be done, with edits. */
export async function quickFixes(
  uri: string,
  file: KafkaFile,
  span: Span,
  catalog: Catalog,
): Promise<CodeAction[]> {
  const fixes = (await problemsOf(file, catalog))
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
  const filled = fillEdits(file, span, catalog);
  if (filled.length === 0) return fixes;
  const title = l10n.t('Fill In Defaults');
  const edit = { changes: { [uri]: filled } };
  return [...fixes, { title, kind: CodeActionKind.RefactorRewrite, edit }];
}

function fixesOf(file: KafkaFile, problem: Problem, catalog: Catalog): Fix[] {
  const { kind, name = '', detail = '', suggestions = [] } = problem;
  const edits = new Edits(file);
  const text = file.text.slice(problem.start, problem.end);
  const changeTo = (words: readonly string[], span: Span = problem) =>
    words.map((word) => ({
      title: l10n.t('Change to "{0}"', word),
      edits: [edits.replace(span, word)],
    }));
  const removeLine = { title: l10n.t('Remove this line'), edits: [edits.removeLine(problem)] };

  switch (kind) {
    case 'topic-missing':
      return text.startsWith('topic')
        ? []
        : [
            {
              title: l10n.t('Add "{0}"', 'topic:'),
              edits: [edits.insertBelow(problem, 'topic: ')],
            },
          ];
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
    case 'schema-unused':
    case 'tombstone-with-value':
    case 'headers-unsupported':
    case 'timestamp-unsupported':
      return [removeLine];
    case 'colon-missing': {
      const [keyword] = /^(?:PRODUCER|CONSUMER)(?=\s|$)/i.exec(text) ?? [];
      if (keyword !== undefined) {
        const end = problem.start + keyword.length;
        return changeTo([keyword.toUpperCase()], edits.indented({ start: problem.start, end }));
      }
      const at = problem.start + (/\s/.exec(text)?.index ?? text.length);
      return [
        { title: l10n.t('Add "{0}"', ':'), edits: [edits.replace({ start: at, end: at }, ':')] },
      ];
    }
    case 'property-in-value':
      return [
        {
          title: l10n.t('Make it the property "{0}"', name),
          edits: edits.makeProperty(problem, name),
        },
      ];
    case 'setting-in-value':
      return settingFixes(edits, problem);
    case 'comment-in-value':
      return [
        { title: l10n.t('Move it above the value'), edits: edits.moveAboveValue(problem) },
        removeLine,
      ];
    case 'line-before-json': {
      const comment = `-- ${text.replace(/^(?:#+|\/{2,})\s*/, '')}`;
      return [
        { title: l10n.t('Make it a comment'), edits: edits.moveAboveValue(problem, comment) },
        removeLine,
      ];
    }
    case 'directive-form':
      return [{ title: l10n.t('Add "{0}"', ':'), edits: [edits.replace(problem, ': ')] }];
    case 'block-in-value':
      return [
        {
          title: l10n.t('Add "###" before it'),
          edits: [edits.replace(edits.indented(problem), edits.lines('###', name))],
        },
      ];
    case 'separator-form':
      return [
        {
          title: l10n.t('Remove the blanks'),
          edits: [edits.replace(edits.indented(problem), text)],
        },
      ];
    case 'text-outside':
      return outsideFixes(edits, problem);
    case 'values-in-row':
      return splitFixes(edits, problem, catalog.state.templates.enabled);
    case 'keyword-form':
      return [
        {
          title: l10n.t('Change to "{0}"', name),
          edits: [edits.replace(edits.indented(problem), name)],
        },
      ];
    case 'value-missing':
      return [
        {
          title: l10n.t('Make it a tombstone'),
          edits: [edits.insertBelow(problem, '-- @tombstone')],
        },
      ];
    case 'format-unknown':
    case 'format-unsupported':
    case 'encoding-unknown':
    case 'schema-unknown':
      return changeTo(suggestions);
    case 'member-missing':
    case 'member-unknown':
    case 'symbol-unknown':
      return misfitFixes(file, problem, () => fillEdits(file, problem, catalog, problem));
    case 'every-invalid':
      return /^\d+$/.test(text) ? changeTo([`${text}s`]) : [];
    case 'number-inexact':
    case 'offset-like-time':
      return changeTo([detail]);
    case 'header-cut':
      return [{ title: l10n.t('Remove this'), edits: [edits.replace(problem, '')] }];
    case 'template-unknown':
    case 'template-arguments':
    case 'template-option':
    case 'template-as-text':
      return changeTo(suggestions);
    case 'template-open': {
      const { end } = problem;
      const braces = file.text[end] === '}' ? '}' : '}}';
      return [
        { title: l10n.t('Add "{0}"', braces), edits: [edits.replace({ start: end, end }, braces)] },
      ];
    }
    case 'bytes-perhaps-unsupported':
    case 'bytes-unsupported':
    case 'count-invalid':
    case 'directive-outside':
    case 'env-missing':
    case 'from-invalid':
    case 'header-dropped':
    case 'headers-invalid':
    case 'json-broken':
    case 'json-invalid':
    case 'message-broken':
    case 'no-schema':
    case 'not-in-format':
    case 'not-in-schema':
    case 'number-range':
    case 'out-of-range':
    case 'partition-invalid':
    case 'partition-unknown':
    case 'partitions-invalid':
    case 'schema-invalid':
    case 'consume-unsupported':
    case 'times-unsupported':
    case 'problems-cut':
    case 'produce-unsupported':
    case 'template-failed':
    case 'timestamp-invalid':
    case 'to-before-from':
    case 'text-not-json':
    case 'to-invalid':
    case 'tombstone-unsupported':
    case 'topic-invalid':
    case 'type-wrong':
    case 'value-empty':
      return []; // Only the person can know.
  }
}

function topicNames(file: KafkaFile, { start }: Span, catalog: Catalog): string[] {
  const block = file.blockAt(start);
  return ((block && topicsFor(file, block, catalog)) ?? []).map(({ name }) => name);
}
