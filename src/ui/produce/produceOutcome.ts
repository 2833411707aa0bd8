import * as vscode from 'vscode';
import type { NewRecord } from '../../core/kafka';
import type { ProduceOutcome } from '../../core/produce/produceAll';
import type { Severity } from '../dialogs/notify';
import { explain, UserError } from '../words/report';
import { messages } from '../words/counts';

/**
 * Describes the outcome in sentences: how many were written, where, what failed and what is
 * unclear.
 */
export function describeOutcome(
  outcome: ProduceOutcome,
  topic: string,
  records: readonly NewRecord[],
): { readonly severity: Severity; readonly text: string } {
  const t = vscode.l10n.t;
  const { accepted, refused, unclear, unsent, error, aborted } = outcome;
  if (accepted.count === records.length) {
    const text = t(
      'Produced {0} to {1}{2}.',
      messages(accepted.count),
      topic,
      where(outcome, records),
    );
    return { severity: 'information', text };
  }
  const sentences = [
    aborted
      ? t('Cancelled after {0} of {1} to {2}.', accepted.count, messages(records.length), topic)
      : t('Produced {0} of {1} to {2}.', accepted.count, messages(records.length), topic),
  ];
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
    sentences.push(t('{0} refused: {1}. {2}.', messages(refused.count), reason, advice));
  } else {
    const detail = refusalIn(outcome.results);
    if (detail !== undefined) {
      sentences.push(t('{0} refused: {1}.', messages(refused.count), detail));
    }
  }
  if (unsent.count > 0) sentences.push(t('{0} not sent.', messages(unsent.count)));
  const severity = accepted.count === 0 && !aborted ? 'error' : 'warning';
  return { severity, text: sentences.join(' ') };
}

/** Returns the error that stops a block if not all of its messages were written. */
export function explainOutcome({ error, unclear, refused, results }: ProduceOutcome): Error {
  const t = vscode.l10n.t;
  if (error) return error;
  if (unclear.count > 0) {
    return new UserError(
      t('{0} may have been written: no clear response came after sending', messages(unclear.count)),
      t('The block was stopped. Look before you start it again'),
    );
  }
  return new UserError(
    t('{0} refused: {1}', messages(refused.count), refusalIn(results) || t('it did not say why')),
    t('The block was stopped'),
  );
}

/** Returns the reason that the proxy gave for the first record that it refused. */
function refusalIn(results: ProduceOutcome['results']): string | undefined {
  return results.find((result) => result.status === 'refused')?.detail;
}

/** Returns ", partition 2" or ", partitions 0 and 2" if the response or the records name them. */
function where({ results }: ProduceOutcome, records: readonly NewRecord[]): string {
  const partitions = new Set(
    results.map((result, index) =>
      result.status === 'accepted' ? (result.partition ?? records[index]?.partition) : undefined,
    ),
  );
  const known = [...partitions].filter((partition) => partition !== undefined);
  if (known.length < partitions.size || known.length === 0) return '';
  const list = known.sort((a, b) => a - b).join(', ');
  return known.length === 1
    ? vscode.l10n.t(', partition {0}', list)
    : vscode.l10n.t(', partitions {0}', list);
}
