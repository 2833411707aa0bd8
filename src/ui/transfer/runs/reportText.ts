import * as vscode from 'vscode';
import { markdownText } from '../../../core/text/visible';
import type { BulkItem, ExplainedFate } from '../../../transfer/bulk/bulkReport';
import { messages } from '../../words/counts';
import { type BulkOutcome, describeEnd, describeFiles, describeRange } from './bulkOutcome';
import { messagesLink } from './links';

/** An outcome of which items and files can be opened. */
export interface LinkedOutcome<T extends BulkItem> extends BulkOutcome<T> {
  readonly link: (item: T) => vscode.Uri;
  /** Opens one of `files`. Missing if there are none. */
  readonly fileLink?: (name: string) => vscode.Uri;
}

/** A document in Markdown with links. */
export interface LinkedText {
  readonly text: string;
  readonly links: readonly vscode.DocumentLink[];
}

/** A line of plain text, of which a part opens something. */
interface Line {
  readonly begin?: string;
  readonly text: string;
  readonly part?: string;
  readonly target?: vscode.Uri;
}

/** Returns the full report of a run. Lines, messages and files in it are links. */
export function reportText<T extends BulkItem>(outcome: LinkedOutcome<T>): LinkedText {
  const links: vscode.DocumentLink[] = [];
  const names = Object.values(outcome.files);
  const lines = linesOf(outcome).map(({ begin = '', text, part = text, target }, index) => {
    const line = begin + markdownText(text);
    const link = (linked: string, uri: vscode.Uri): void => {
      const shown = markdownText(linked);
      const at = line.indexOf(shown, begin.length);
      if (at < 0) return;
      const range = new vscode.Range(index, at, index, at + shown.length);
      links.push(new vscode.DocumentLink(range, uri));
    };
    if (target) link(part, target);
    for (const name of names) {
      if (outcome.fileLink) link(name, outcome.fileLink(name));
    }
    return line;
  });
  return { text: lines.join('\n'), links };
}

function linesOf<T extends BulkItem>(outcome: LinkedOutcome<T>): readonly Line[] {
  const t = vscode.l10n.t;
  const { source, cluster, topic, report } = outcome;
  const seconds = Math.max(report.ms / 1000, 0.001);
  const number = (value: number, digits = 0) =>
    value.toLocaleString(vscode.env.language, { maximumFractionDigits: digits });
  const plain = (text: string): Line => ({ text });
  const listed = (text: string): Line => ({ begin: '- ', text });
  const empty = plain('');
  return [
    { begin: '# ', text: t('{0} to {1}', source, topic) },
    empty,
    listed(t('Cluster: {0}', cluster)),
    listed(t('Topic: {0}', topic)),
    listed(
      t(
        'Time: {0} s, {1} messages a second',
        number(seconds, 1),
        number(report.accepted / seconds),
      ),
    ),
    empty,
    listed(t('Sent: {0}', number(report.accepted))),
    ...report.written.map((range) => ({
      begin: '  - ',
      text: describeRange(range),
      target: messagesLink(cluster, topic, range),
    })),
    listed(t('Refused (certainly not written): {0}', number(report.refused))),
    listed(t('Unclear (perhaps written): {0}', number(report.unclear))),
    listed(t('Set aside (not sent, as chosen): {0}', number(report.setAside))),
    listed(t('Not sent (certainly not written): {0}', number(report.unsent))),
    empty,
    ...[...describeEnd(outcome), ...describeFiles(outcome)].map(plain),
    ...unread(outcome),
    ...[...(outcome.notices ?? []), ...(outcome.details ?? [])].map(plain),
    empty,
    ...whatToDo(outcome),
    ...examples(t('Refused'), outcome, 'refused'),
    ...examples(t('Unclear'), outcome, 'unclear'),
    ...examples(t('Set aside'), outcome, 'setAside'),
  ];
}

function unread<T extends BulkItem>({ report, place, link }: LinkedOutcome<T>): readonly Line[] {
  const t = vscode.l10n.t;
  const { firstUnsent, unread } = report;
  const lines: Line[] = [];
  if (firstUnsent) {
    const part = place(firstUnsent);
    const text = t('The first message that was not sent: {0}.', part);
    lines.push({ text, part, target: link(firstUnsent) });
  }
  if (unread) lines.push({ text: t('Messages that were not read yet are not counted here.') });
  return lines;
}

/** Returns the next steps, in order. */
function whatToDo<T extends BulkItem>({ report, files }: LinkedOutcome<T>): readonly Line[] {
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
        { begin: '## ', text: t('What to do') },
        { text: '' },
        ...steps.map((text, index) => ({ begin: `${index + 1}. `, text })),
        { text: '' },
      ];
}

function examples<T extends BulkItem>(
  title: string,
  { report, describe, place, link }: LinkedOutcome<T>,
  fate: ExplainedFate,
): readonly Line[] {
  const t = vscode.l10n.t;
  const shown = report.examples[fate];
  if (shown.length === 0) return [];
  const more = report[fate] - shown.length;
  const begin = '- ';
  return [
    { begin: '## ', text: title },
    { text: '' },
    ...shown.map((example): Line => {
      const text = describe(example);
      const part = place(example.item);
      const target = link(example.item);
      return { begin, text, target, ...(text.includes(part) && { part }) };
    }),
    ...(more > 0
      ? [{ begin, text: t('and {0} more', more.toLocaleString(vscode.env.language)) }]
      : []),
    { text: '' },
  ];
}
