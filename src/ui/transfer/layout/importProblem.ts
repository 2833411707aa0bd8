import * as vscode from 'vscode';
import type { PayloadProblem } from '../../../core/message/payloadProblem';
import type { Example, Reason } from '../../../transfer/bulk/bulkReport';
import type { CsvColumns, Imported, ImportProblem } from '../../../transfer/import/imported';
import { clause } from '../../words/sentences';
import { megabytes } from '../../words/counts';
import { delimiterName } from './layoutWords';
import { describeMisfit } from '../../produce/misfitWords';
import { describeObstacle, describePayloadProblem } from '../../produce/payloadProblem';

/** Says why a line of a file was not sent, or may have been, as a clause: "line 3: …". */
export function describeLine({ item, reason }: Example<Imported>): string {
  if (reason.kind !== 'bad' || item.kind !== 'bad') return at(item.line, describeReason(reason));
  const { problem } = item;
  return 'column' in problem
    ? describePayloadProblem(problem)
    : at(item.line, describeImportProblem(problem));
}

function at(line: number, what: string): string {
  return vscode.l10n.t('line {0}: {1}', line, what);
}

function describeImportProblem(problem: Exclude<ImportProblem, PayloadProblem>): string {
  const t = vscode.l10n.t;
  switch (problem.kind) {
    case 'misfit':
      return describeMisfit(problem, problem.format);
    case 'not-utf8':
      return t('it is not UTF-8');
    case 'too-long':
      return t('it is longer than {0} MB', megabytes(problem.limit));
    case 'quote-open':
      return t('a quote is opened and never closed');
    case 'text-after-quote':
      return t('there is text after a closing quote');
    case 'separator-missing':
      return t('it has no {0} after a key', delimiterName(problem.separator));
    case 'field-count':
      return t('it has {1} fields, and the header has {0}', problem.expected, problem.actual);
    case 'header-again':
      return t('it repeats the names of the columns');
    case 'not-a-number':
      return t('“{0}” is not a number there', problem.name);
    case 'lossy':
      return t('it holds U+FFFD, which stands for bytes that were not UTF-8');
    case 'damaged':
      return t('the program that wrote the file has changed the key or value: export JSON there');
    case 'binary':
      return t('it has control characters, so it is not text');
    case 'field-wrong':
      return describeField(problem.field);
    case 'not-an-array':
      return t('the file is not a JSON array from here on, so the rest cannot be read');
    case 'brackets':
      return t('the brackets do not match, so the rest of the file cannot be read');
    case 'unfinished':
      return t('the file ends within its JSON');
  }
}

function describeField(field: keyof CsvColumns): string {
  const t = vscode.l10n.t;
  switch (field) {
    case 'key':
      return t('the key is not in the encoding that its row names');
    case 'value':
      return t('the value is not in the encoding that its row names');
    case 'partition':
      return t('the partition is not a whole number');
    case 'headers':
      return t(
        'the headers are neither a JSON list of objects with “name” and “value” nor “name: text, …”',
      );
    case 'timestamp':
      return t('the timestamp is neither a date and time nor milliseconds since 1970');
    case 'encoding':
      return t('the encoding is not known');
  }
}

/** Says why a message was not written, or may not have been, as a clause. */
export function describeReason(reason: Reason): string {
  const t = vscode.l10n.t;
  switch (reason.kind) {
    case 'bad':
      return t('it cannot be read');
    case 'unsupported':
    case 'no-partition':
      return describeObstacle(reason);
    case 'refused':
      return t('the REST proxy refused it: {0}', clause(reason.detail) || t('it did not say why'));
    case 'too-large':
      return t('it is too large for the REST proxy ({0} MB)', megabytes(reason.bytes));
    case 'unclear':
      return t('no clear response came after sending ({0})', clause(reason.detail) || '-');
  }
}
