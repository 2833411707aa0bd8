import * as vscode from 'vscode';
import { mayHaveWritten } from '../../../core/produce/fates';
import type {
  BulkItem,
  BulkReport,
  Example,
  WrittenRange,
} from '../../../transfer/bulk/bulkReport';
import { KeptTooMuchError } from '../../../transfer/bulk/copyRecords';
import type { WrittenFiles } from '../../../transfer/bulk/restFiles';
import { EncodingError } from '../../../transfer/import/textEncoding';
import { describeReason } from '../layout/importProblem';
import { encodingName } from '../layout/layoutWords';
import type { Severity } from '../../dialogs/notify';
import { explain } from '../../words/report';
import { sentences } from '../../words/sentences';
import { megabytes, messages, partitions } from '../../words/counts';

/** A run that has ended, and the words to describe it. */
export interface BulkOutcome<T extends BulkItem> {
  /** What was sent: the name of a file or a topic. */
  readonly source: string;
  readonly cluster: string;
  readonly topic: string;
  /** "Produced 3 messages from orders.jsonl to orders on dev: partition 0, offsets 5 to 7." */
  readonly headline: string;
  readonly report: BulkReport<T>;
  readonly files: WrittenFiles;
  /** Describes an item with its position and the reason: "line 3: …". */
  readonly describe: (example: Example<T>) => string;
  /** The position of an item: "line 3". */
  readonly place: (item: T) => string;
  /** Other facts to report, one sentence each. */
  readonly notices?: readonly string[];
  /** Facts that only the full report lists. */
  readonly details?: readonly string[];
}

/** Says to which partitions and offsets records were written; `undefined` if nobody knows. */
export function describeWritten(written: readonly WrittenRange[]): string | undefined {
  const [range, another] = written;
  if (!range) return undefined;
  return another ? partitions(written.length) : describeRange(range);
}

/** Returns "partition 0, offsets 5 to 7". */
export function describeRange({ partition, first, last }: WrittenRange): string {
  const t = vscode.l10n.t;
  if (first === undefined || last === undefined) return t('partition {0}', partition);
  return first === last
    ? t('partition {0}, offset {1}', partition, String(first))
    : t('partition {0}, offsets {1} to {2}', partition, String(first), String(last));
}

/** Returns whether everything was written. */
export function isComplete({ end, refused, setAside }: BulkReport<unknown>): boolean {
  return end.kind === 'done' && refused + setAside === 0;
}

/** Summarizes the outcome of a run in a few sentences. */
export function summarize<T extends BulkItem>(
  outcome: BulkOutcome<T>,
): {
  readonly severity: Severity;
  readonly text: string;
} {
  const t = vscode.l10n.t;
  const { headline, report } = outcome;
  const { accepted, refused, setAside, unclear, unsent, end } = report;
  const told = [headline, ...describeEnd(outcome)];
  if (setAside > 0) {
    const count = messages(setAside);
    const name = outcome.files.setAside;
    told.push(
      name === undefined ? t('{0} set aside.', count) : t('{0} set aside in {1}.', count, name),
    );
  }
  if (refused > 0) told.push(t('{0} refused.', messages(refused)));
  if (unclear > 0) {
    told.push(t('{0} may have been written: look before you send again.', messages(unclear)));
  }
  if (unsent > 0) told.push(t('{0} not sent.', messages(unsent)));
  told.push(...describeFiles(outcome), ...(outcome.notices ?? []));
  const severity = isComplete(report)
    ? 'information'
    : accepted === 0 && end.kind !== 'cancelled'
      ? 'error'
      : 'warning';
  return { severity, text: told.join(' ') };
}

/** Says why a run ended early; empty if it did not. */
export function describeEnd<T extends BulkItem>({
  report,
  describe,
}: BulkOutcome<T>): readonly string[] {
  const t = vscode.l10n.t;
  const { end, examples } = report;
  switch (end.kind) {
    case 'done':
      return [];
    case 'cancelled':
      return [t('Cancelled.')];
    case 'item': {
      const last = examples.refused.at(-1);
      const what = last ? describe(last) : describeReason(end.reason);
      return [sentences(t('Stopped: {0}', what))];
    }
    case 'unclear':
      return [t('Stopped: no clear response came after sending.')];
    case 'proxy': {
      const { reason, advice } = explain(end.error);
      return [sentences(t('Stopped: {0}', reason), advice)];
    }
    case 'encoding':
      return [t('Stopped: the rest cannot be encoded ({0}).', explain(end.error).reason)];
    case 'source':
      return [t('Stopped: the rest cannot be read ({0}).', explainSource(end.error))];
    case 'keep':
      return [t('Stopped: messages that were not sent cannot be saved.')];
  }
}

/** Says why a source cannot be read. */
function explainSource(error: unknown): string {
  return error instanceof EncodingError
    ? vscode.l10n.t('it holds bytes that {0} does not have', encodingName(error.encoding))
    : explain(error).reason;
}

/** Says why messages that were not sent cannot be saved. */
function explainKeep(error: unknown): string {
  return error instanceof KeptTooMuchError
    ? vscode.l10n.t('they are more than the {0} MB that fit in memory', megabytes(error.maxBytes))
    : explain(error).reason;
}

/** Says which files hold what was not accepted, and what could not be saved. */
export function describeFiles<T extends BulkItem>(outcome: BulkOutcome<T>): readonly string[] {
  const t = vscode.l10n.t;
  const { files, report, source } = outcome;
  const { end, keepError } = report;
  const told: string[] = [];
  if (keepError !== undefined) {
    told.push(
      t('Some messages that were not sent could not be saved ({0}).', explainKeep(keepError)),
    );
  }
  if (!mayHaveWritten(report)) {
    // Sent again as it is, it would stop at the same item.
    if (end.kind !== 'done' && end.kind !== 'item')
      told.push(t('{0} can be sent again as it is.', source));
  } else if (files.rest !== undefined) {
    told.push(t('{0} holds what can be sent again.', files.rest));
  }
  return told;
}
