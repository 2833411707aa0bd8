import * as vscode from 'vscode';
import { mayHaveWritten } from '../../core/produce/fates';
import { markdownText } from '../../core/text/visible';
import type { BulkItem, BulkReport, Example, ExplainedFate } from '../../transfer/bulk/bulkReport';
import type { WrittenFiles } from '../../transfer/bulk/restFiles';
import { EncodingError } from '../../transfer/import/textEncoding';
import { describeReason } from './layout/importProblem';
import { encodingName } from './layout/layoutWords';
import type { Severity } from '../dialogs/notify';
import { explain } from '../words/report';
import { messages } from '../words/counts';

/** A run that has ended, and the words to describe it. */
export interface BulkOutcome<T extends BulkItem> {
  /** What was sent: the name of a file or a topic. */
  readonly source: string;
  readonly cluster: string;
  readonly topic: string;
  /** "Produced 3 messages of orders.jsonl to orders." */
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
  const sentences = [headline, ...describeEnd(outcome)];
  if (setAside > 0) {
    const count = messages(setAside);
    const name = outcome.files.setAside;
    sentences.push(
      name === undefined ? t('{0} set aside.', count) : t('{0} set aside in {1}.', count, name),
    );
  }
  if (refused > 0) sentences.push(t('{0} refused.', messages(refused)));
  if (unclear > 0) {
    sentences.push(t('{0} may have been written: look before you send again.', messages(unclear)));
  }
  if (unsent > 0) sentences.push(t('{0} not sent.', messages(unsent)));
  sentences.push(...describeFiles(outcome), ...(outcome.notices ?? []));
  const complete = end.kind === 'done' && refused + setAside === 0;
  const severity = complete
    ? 'information'
    : accepted === 0 && end.kind !== 'cancelled'
      ? 'error'
      : 'warning';
  return { severity, text: sentences.join(' ') };
}

/** Says why a run ended early; empty if it did not. */
function describeEnd<T extends BulkItem>({ report, describe }: BulkOutcome<T>): readonly string[] {
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
      return [t('Stopped: {0}.', what)];
    }
    case 'unclear':
      return [t('Stopped: no clear response came after sending.')];
    case 'proxy': {
      const { reason, advice } = explain(end.error);
      return [t('Stopped: {0}. {1}.', reason, advice)];
    }
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

function describeFiles<T extends BulkItem>(outcome: BulkOutcome<T>): readonly string[] {
  const t = vscode.l10n.t;
  const { files, report, source } = outcome;
  const { end, keepError } = report;
  const sentences: string[] = [];
  if (keepError !== undefined) {
    sentences.push(
      t('Some messages that were not sent could not be saved ({0}).', explain(keepError).reason),
    );
  }
  if (!mayHaveWritten(report) && end.kind !== 'done') {
    sentences.push(t('{0} can be sent again as it is.', source));
  } else if (files.rest !== undefined) {
    sentences.push(t('{0} holds what can be sent again.', files.rest));
  }
  return sentences;
}

/** Returns the full report of a run in Markdown. */
export function reportText<T extends BulkItem>(outcome: BulkOutcome<T>): string {
  const t = vscode.l10n.t;
  const { source, cluster, topic, report } = outcome;
  const seconds = Math.max(report.ms / 1000, 0.001);
  const number = (value: number, digits = 0) =>
    value.toLocaleString(vscode.env.language, { maximumFractionDigits: digits });
  return [
    `# ${markdownText(t('{0} to {1}', source, topic))}`,
    '',
    `- ${markdownText(t('Cluster: {0}', cluster))}`,
    `- ${markdownText(t('Topic: {0}', topic))}`,
    `- ${t('Time: {0} s, {1} messages a second', number(seconds, 1), number(report.accepted / seconds))}`,
    '',
    `- ${t('Sent: {0}', number(report.accepted))}`,
    `- ${t('Refused (certainly not written): {0}', number(report.refused))}`,
    `- ${t('Unclear (perhaps written): {0}', number(report.unclear))}`,
    `- ${t('Set aside (not sent, as chosen): {0}', number(report.setAside))}`,
    `- ${t('Not sent (certainly not written): {0}', number(report.unsent))}`,
    '',
    ...[
      ...describeEnd(outcome),
      ...describeFiles(outcome),
      ...unread(outcome),
      ...(outcome.notices ?? []),
      ...(outcome.details ?? []),
    ].map(markdownText),
    '',
    ...whatToDo(outcome),
    ...examples(t('Refused'), outcome, 'refused'),
    ...examples(t('Unclear'), outcome, 'unclear'),
    ...examples(t('Set aside'), outcome, 'setAside'),
  ].join('\n');
}

function unread<T extends BulkItem>({ report, place }: BulkOutcome<T>): readonly string[] {
  const t = vscode.l10n.t;
  const { firstUnsent, unread } = report;
  return [
    ...(firstUnsent ? [t('The first message that was not sent: {0}.', place(firstUnsent))] : []),
    ...(unread ? [t('Messages that were not read yet are not counted here.')] : []),
  ];
}

/** Returns the next steps, in order. */
function whatToDo<T extends BulkItem>({ report, files }: BulkOutcome<T>): readonly string[] {
  const t = vscode.l10n.t;
  const steps: string[] = [];
  if (report.unclear > 0) {
    steps.push(
      t(
        'Check whether the unclear messages ({0}) are in partition {1}. “View Messages” shows the messages since the run began. For messages with a key, the partition is that of Kafka’s default partitioner. Send those that are missing.',
        files.unclear ?? messages(report.unclear),
        report.unclearPartitions.join(', '),
      ),
    );
  }
  if (files.rest !== undefined) {
    steps.push(
      report.refused > 0
        ? t('Correct the refused messages in {0}, and produce that file.', files.rest)
        : t('Produce {0}.', files.rest),
    );
  }
  if (files.setAside !== undefined) {
    steps.push(t('Correct {0}, and produce that file.', files.setAside));
  }
  return steps.length === 0
    ? []
    : [
        `## ${t('What to do')}`,
        '',
        ...steps.map((step, index) => `${index + 1}. ${markdownText(step)}`),
        '',
      ];
}

function examples<T extends BulkItem>(
  title: string,
  { report, describe }: BulkOutcome<T>,
  fate: ExplainedFate,
): readonly string[] {
  const t = vscode.l10n.t;
  const shown = report.examples[fate];
  if (shown.length === 0) return [];
  const more = report[fate] - shown.length;
  return [
    `## ${title}`,
    '',
    ...shown.map((example) => `- ${markdownText(describe(example))}`),
    ...(more > 0 ? [`- ${t('and {0} more', more.toLocaleString(vscode.env.language))}`] : []),
    '',
  ];
}
