import * as vscode from 'vscode';
import { joinSentences } from '../../l10n/joinSentences';
import { listedApart } from '../../l10n/listed';
import type { NewRecord } from '../../core/kafka';
import { type WrittenPlace, writtenPlaces } from '../../core/produce/places';
import type { ProduceOutcome } from '../../core/produce/produceAll';
import type { Severity } from '../dialogs/notify';
import { explain, UserError } from '../words/report';
import { clause } from '../words/sentences';
import { messages } from '../words/counts';

/** The topic that messages were produced to. */
export interface ProducedTo {
  readonly cluster: string;
  readonly topic: string;
}

/**
 * Describes the outcome in sentences: how many were written, where, what failed and what is
 * unclear. `places` is where they are, if that is known better than from the responses.
 */
export function describeOutcome(
  outcome: ProduceOutcome,
  { cluster, topic }: ProducedTo,
  records: readonly NewRecord[],
  places: readonly WrittenPlace[] = writtenPlaces(outcome.results, records) ?? [],
): { readonly severity: Severity; readonly text: string } {
  const t = vscode.l10n.t;
  const { accepted, refused, unclear, unsent, error, aborted } = outcome;
  const where = describePlaces(places);
  if (accepted.count === records.length) {
    const count = messages(accepted.count);
    const text = where
      ? t('Produced {0} to {1} on {2}: {3}.', count, topic, cluster, where)
      : t('Produced {0} to {1} on {2}.', count, topic, cluster);
    return { severity: 'information', text };
  }
  const counts = [accepted.count, messages(records.length), topic, cluster] as const;
  const sentences = [
    aborted
      ? t('Cancelled after {0} of {1} to {2} on {3}.', ...counts)
      : t('Produced {0} of {1} to {2} on {3}.', ...counts),
  ];
  if (where) sentences.push(t('Written: {0}.', where));
  if (unclear.count > 0) {
    sentences.push(
      t(
        '{0} may have been written: no clear response came after sending. Look before you send again.',
        messages(unclear.count),
      ),
    );
  }
  if (error) {
    const { reason, advice } = explain(error);
    const why = clause(reason);
    sentences.push(t('{0} refused: {1}. {2}.', messages(refused.count), why, clause(advice)));
  } else if (refused.count > 0) {
    sentences.push(t('{0} refused: {1}.', messages(refused.count), refusalIn(outcome)));
  }
  if (unsent.count > 0) sentences.push(t('{0} not sent.', messages(unsent.count)));
  const severity = accepted.count === 0 && !aborted ? 'error' : 'warning';
  return { severity, text: joinSentences(...sentences) };
}

/** Returns the error that stops a block if not all of its messages were written. */
export function explainOutcome(outcome: ProduceOutcome): Error {
  const t = vscode.l10n.t;
  const { error, unclear, refused } = outcome;
  if (error) return error;
  if (unclear.count > 0) {
    return new UserError(
      t('{0} may have been written: no clear response came after sending', messages(unclear.count)),
      t('The block was stopped. Look before you start it again'),
    );
  }
  return new UserError(
    t('{0} refused: {1}', messages(refused.count), refusalIn(outcome)),
    t('The block was stopped'),
  );
}

/** Returns the reason that the proxy gave for the first record that it refused. */
function refusalIn({ results }: ProduceOutcome): string {
  const refusal = results.find((result) => result.status === 'refused');
  return clause(refusal?.detail ?? '') || vscode.l10n.t('it did not say why');
}

/** How many partitions are named with their offsets. */
const MAX_WITH_OFFSETS = 3;

/** Says where records are: "partition 0, offsets 120 to 122". Empty if it is not known. */
export function describePlaces(places: readonly WrittenPlace[]): string {
  return places.length <= MAX_WITH_OFFSETS
    ? listedApart(places.map(describePlace))
    : vscode.l10n.t('partitions {0}', places.map(({ partition }) => partition).join(', '));
}

function describePlace({ partition, offsets }: WrittenPlace): string {
  const t = vscode.l10n.t;
  if (!offsets) return t('partition {0}', partition);
  const [first, last] = [String(offsets.first), String(offsets.last)];
  if (offsets.first === offsets.last) return t('partition {0}, offset {1}', partition, first);
  return offsets.unbroken
    ? t('partition {0}, offsets {1} to {2}', partition, first, last)
    : t('partition {0}, between offsets {1} and {2}', partition, first, last);
}
