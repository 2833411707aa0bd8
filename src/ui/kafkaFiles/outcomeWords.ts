import * as vscode from 'vscode';
import type { Protection } from '../../core/cluster/definition';
import type { RecordHeader } from '../../core/kafka';
import { headerText } from '../../core/message/headers';
import { formatTime } from '../../core/time/parse';
import { timeContext } from '../base/settings';
import type { Action } from '../dialogs/notify';
import type { SendResult } from '../produce/produce';
import { describePlaces } from '../produce/produceOutcome';
import { messages } from '../words/counts';
import { explain, isCancelled } from '../words/report';
import { sentences } from '../words/sentences';
import type { Outcome } from './blockOutcomes';

/** Where a block writes to or reads from. */
export interface BlockTarget {
  readonly cluster: string;
  readonly topic: string;
  readonly protection: Protection;
  /** The schema by which values were encoded; '' for none. */
  readonly schema?: string;
}

/** How a run goes, such as "40 of 100 messages". */
export function runningOutcome(text: string, actions: readonly Action[] = []): Outcome {
  return { kind: 'running', text, detail: text, actions };
}

/** "3 messages to partition 0, offsets 120 to 122 · 14:05:11", and what became of the others. */
export function producedOutcome(
  { cluster, topic, protection, schema = '' }: BlockTarget,
  { outcome, places: written, severity, text, actions }: SendResult,
): Outcome {
  if (severity !== 'information') {
    return { kind: severity === 'error' ? 'failed' : 'warning', text, detail: text, actions };
  }
  const t = vscode.l10n.t;
  const count = messages(outcome.accepted.count);
  const places = describePlaces(written ?? []);
  const whole =
    places === ''
      ? t('{0} to {1} on {2}', count, topic, cluster)
      : t('{0} to {1} on {2}, {3}', count, topic, cluster, places);
  const production =
    places === ''
      ? t('{0} to {1} on {2} (production)', count, topic, cluster)
      : t('{0} to {1} on {2} (production), {3}', count, topic, cluster, places);
  const short = places === '' ? count : t('{0} to {1}', count, places);
  const isConcluded = written?.some(({ offsets }) => offsets?.concluded) ?? false;
  const detail = isConcluded ? t('{0} (by how far the topic grew)', whole) : whole;
  const named = (text: string) => (schema === '' ? text : t('{0} · {1}', text, schema));
  return done(named(protection === 'production' ? production : short), named(detail), actions);
}

/** "100 messages · 14:05:11" */
export function consumedOutcome(
  { cluster, topic, protection }: BlockTarget,
  count: number,
): Outcome {
  const t = vscode.l10n.t;
  const whole = t('{0} from {1} on {2}', messages(count), topic, cluster);
  const none = t('no messages there');
  if (count === 0) return done(none, t('{0}: {1} on {2}', none, topic, cluster));
  return done(protection === 'production' ? whole : messages(count), whole);
}

/** What a read brought before it failed or was cancelled. */
export function partlyConsumedOutcome(
  count: number,
  failure: unknown,
  actions: readonly Action[],
): Outcome {
  const t = vscode.l10n.t;
  const text = isCancelled(failure)
    ? t('stopped after {0}', messages(count))
    : t('{0}, then: {1}', messages(count), explain(failure).reason);
  return { kind: 'warning', text, detail: text, actions };
}

/** "stopped after 12 messages · 14:05:11" */
export function stoppedOutcome({ cluster, topic }: BlockTarget, count: number): Outcome {
  const t = vscode.l10n.t;
  const text = t('stopped after {0}', messages(count));
  return done(text, t('{0} on {1}: {2}', topic, cluster, text));
}

/** Why a block did not run, or not to its end. */
export function failedOutcome(error: unknown, actions: readonly Action[]): Outcome {
  const { reason, advice } = explain(error);
  const detail = sentences(reason, advice);
  return { kind: 'failed', text: reason, detail, actions };
}

/** Returns the value of a header as text, or its bytes if it is none. */
export function describeHeader({ value }: RecordHeader): string {
  if (value === null) return 'null';
  return headerText(value) ?? `0x${Buffer.from(value).toString('hex')}`;
}

function done(text: string, detail: string, actions: readonly Action[] = []): Outcome {
  const { now, zone } = timeContext();
  const clock = formatTime(now, zone).slice('2026-11-22 '.length, '2026-11-22 14:05:11'.length);
  const t = vscode.l10n.t;
  return {
    kind: 'done',
    text: t('{0} · {1}', text, clock),
    detail: t('{0} · {1}', detail, formatTime(now, zone)),
    actions,
  };
}
