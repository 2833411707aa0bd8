import * as vscode from 'vscode';
import type { RecordFormats } from '../../core/message/codec';
import type { PageRow } from '../dialogs/page';
import { megabytes, messages } from '../words/counts';
import type { Draft, Plan } from './draft';
import { whyUnencoded } from './misfitWords';
import { describeObstacle, describePayloadProblem } from './payloadProblem';

/** How many messages that are left out have a row or a number of their own. */
const MAX_NAMED = 10;

/** Says what will be produced: "Produce 3 messages to orders on emulator". */
export function goLabel(
  { records, sending }: Plan,
  { cluster, topic }: Pick<Draft, 'cluster' | 'topic'>,
): string {
  const t = vscode.l10n.t;
  const count = sending.records.length;
  if (count === 0) return t('Produce to {0} on {1}', topic, cluster);
  if (count === records.length) {
    return t('Produce {0} to {1} on {2}', messages(count), topic, cluster);
  }
  return count === 1
    ? t('Produce the other message to {0} on {1}', topic, cluster)
    : t('Produce the other {0} to {1} on {2}', messages(count), topic, cluster);
}

/** Says why nothing would be sent, as a sentence without a full stop, if so. */
export function whyNothing(
  { records, sending, problem, unencoded, uncarried: [first] }: Plan,
  formats: RecordFormats | undefined,
): string | undefined {
  const t = vscode.l10n.t;
  if (problem) return t('Not several messages: {0}', describePayloadProblem(problem));
  if (unencoded && formats) return whyUnencoded(unencoded, formats, records.length);
  if (sending.records.length > 0) return undefined;
  return first
    ? t('Cannot be sent: {0}', describeObstacle(first.obstacle))
    : t('No message is left to send');
}

/** Names the messages that would be left out: "without message 3"; empty if there are none. */
export function leftOut({ sending, uncarried, large, withLarge }: Plan): string {
  const t = vscode.l10n.t;
  if (sending.records.length === 0) return '';
  const indexes = [...uncarried, ...(withLarge ? [] : large)].map(({ index }) => index);
  const numbers = indexes.sort((a, b) => a - b).map((index) => String(index + 1));
  const more = numbers.length - MAX_NAMED;
  const list = numbers.slice(0, MAX_NAMED).join(', ');
  if (more > 0) return t('without messages {0} and {1} more', list, more);
  if (numbers.length === 0) return '';
  return numbers.length === 1 ? t('without message {0}', list) : t('without messages {0}', list);
}

/** Returns a row for each message that cannot be sent, with the reason. */
export function uncarriedRows({ records, uncarried }: Plan): readonly PageRow<Draft>[] {
  const t = vscode.l10n.t;
  if (records.length === 1) return [];
  const iconPath = new vscode.ThemeIcon('warning');
  const rows = uncarried.slice(0, MAX_NAMED).map(({ index, obstacle }) => ({
    label: t('Message {0}', index + 1),
    detail: t('cannot be sent: {0}', describeObstacle(obstacle)),
    iconPath,
  }));
  const more = uncarried.length - rows.length;
  return more > 0
    ? [...rows, { label: t('{0} more cannot be sent', messages(more)), iconPath }]
    : rows;
}

/**
 * Returns the row about messages that Kafka refuses unless its limits were raised. Choosing it
 * leaves them out, or sends them after all.
 */
export function largeRow({ records, large, maxBytes, withLarge }: Plan): readonly PageRow<Draft>[] {
  const t = vscode.l10n.t;
  const [first] = large;
  if (!first) return [];
  const limit = megabytes(maxBytes);
  const label =
    large.length > 1
      ? t('{0} are larger than {1} MB', messages(large.length), limit)
      : records.length > 1
        ? t('Message {0} is {1} MB', first.index + 1, roundedUp(first.bytes))
        : t('The message is {0} MB', roundedUp(first.bytes));
  const iconPath = new vscode.ThemeIcon('warning');
  if (records.length === 1) {
    return [{ label, description: t('Kafka accepts at most {0} MB by default', limit), iconPath }];
  }
  const description = withLarge
    ? t(
        'Kafka accepts at most {0} MB by default (choose this line to leave out what is larger)',
        limit,
      )
    : t('left out (choose this line to send all the same)');
  return [{ label, description, iconPath, ask: () => Promise.resolve({ withLarge: !withLarge }) }];
}

/** Returns the row about messages without a key to which the REST proxy gives an empty one. */
export function emptyKeysRow({ emptyKeys, sending }: Plan): readonly PageRow<Draft>[] {
  const t = vscode.l10n.t;
  if (emptyKeys === 0) return [];
  const label =
    sending.records.length === 1
      ? t('The message gets an empty key')
      : t('{0} get an empty key', messages(emptyKeys));
  const description = t('because this REST proxy writes no message without a key');
  return [{ label, description, iconPath: new vscode.ThemeIcon('info') }];
}

/** Returns a size in megabytes that does not look like the limit that it exceeds. */
function roundedUp(bytes: number): string {
  const tenth = (1024 * 1024) / 10;
  return megabytes(Math.ceil(bytes / tenth) * tenth);
}
