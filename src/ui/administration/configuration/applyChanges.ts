import * as vscode from 'vscode';
import type { TopicProperty } from '../../../core/administration';
import { editsOf, type PlannedChange, planChanges } from '../../../core/topicProperties/changes';
import { type LineProblem, parseProperties } from '../../../core/topicProperties/text';
import { unsupported } from '../../clusters/abilities';
import { choose } from '../../dialogs/notify';
import { withProgress } from '../../dialogs/progress';
import { showResult } from '../../dialogs/result';
import { UserError } from '../../words/report';
import { sentences } from '../../words/sentences';
import type { AdministrationServices } from '../services';
import type { ConfiguredTopic } from './configurationUri';

export interface Edited {
  readonly target: ConfiguredTopic;
  readonly text: string;
  /** The lines that the text began with, by name. */
  readonly before: ReadonlyMap<string, string>;
  /** Reads what stands on the cluster now. */
  readonly read: (signal: AbortSignal) => Promise<readonly TopicProperty[]>;
  /** Begins anew with what stands on the cluster. */
  readonly refresh: (signal: AbortSignal) => Promise<unknown>;
  /** Shows the text beside what stands on the cluster. */
  readonly showDiff: () => Promise<void>;
}

/**
 * Makes the changes of an edited configuration on the cluster, once the person has seen them and
 * agreed. Returns whether there were any. Throws a `CancellationError` if they did not agree, or want
 * to see the texts side by side first.
 */
export async function applyChanges(
  { connections, topics }: AdministrationServices,
  { target, text, before, read, refresh, showDiff }: Edited,
): Promise<boolean> {
  const t = vscode.l10n.t;
  const { cluster, topic } = target;
  const { lines, problems } = parseProperties(text);
  const [problem] = problems;
  if (problem) throw new UserError(lineProblem(problem), t('Correct the line and save again'));
  const edits = editsOf(lines, before);
  if (edits.length === 0) return false;
  const reading = t('Reading the configuration of {0}', topic);
  const properties = await withProgress(reading, (signal) => read(signal));
  const changes = planChanges(edits, before, properties);
  if (changes.length === 0) {
    await withProgress(reading, (signal) => refresh(signal));
    return true;
  }
  refuseReadOnly(changes);
  const what = summary(changes.length, topic);
  await confirm({ what, cluster, changes, showDiff });
  const proxy = await connections.toWrite(cluster, t('{0} on {1}', what, cluster));
  await withProgress(t('Changing the configuration of {0}', topic), async (signal) => {
    if (!proxy.alterTopic) {
      throw new UserError(unsupported(cluster, 'alterTopic'), t('Choose another cluster'));
    }
    const bare = changes.map(({ name, value }) => ({ name, value }));
    await proxy.alterTopic(topic, bare, { signal });
    await refresh(signal);
  });
  topics.tell({ cluster, topic });
  showResult(
    changes.length === 1
      ? t('Changed 1 property of {0} on {1}', topic, cluster)
      : t('Changed {0} properties of {1} on {2}', changes.length, topic, cluster),
  );
  return true;
}

/** Says what a save would do: "Change 2 properties of orders". */
function summary(count: number, topic: string): string {
  return count === 1
    ? vscode.l10n.t('Change 1 property of {0}', topic)
    : vscode.l10n.t('Change {0} properties of {1}', count, topic);
}

/** Says what is wrong with a line, as a clause. */
export function lineProblem({ kind, line }: LineProblem): string {
  const t = vscode.l10n.t;
  switch (kind) {
    case 'no-value':
      return t('line {0} is not of the form name=value', line + 1);
    case 'no-name':
      return t('line {0} has no name before its value', line + 1);
    case 'twice':
      return t('line {0} sets a property that an earlier line sets already', line + 1);
    case 'escape':
      return t('line {0} has a backslash without a character to escape', line + 1);
  }
}

function refuseReadOnly(changes: readonly PlannedChange[]): void {
  const fixed = changes.find(({ current }) => current?.isReadOnly);
  if (!fixed) return;
  throw new UserError(
    vscode.l10n.t(
      'the property {0} cannot be changed: Kafka says that it is read-only',
      fixed.name,
    ),
    vscode.l10n.t('Put # before its line, and save again'),
  );
}

/** Throws a `CancellationError` unless the person agrees. */
async function confirm({
  what,
  cluster,
  changes,
  showDiff,
}: {
  readonly what: string;
  readonly cluster: string;
  readonly changes: readonly PlannedChange[];
  readonly showDiff: () => Promise<void>;
}): Promise<void> {
  const t = vscode.l10n.t;
  const diff = t('Show Diff');
  const change = t('Change');
  const detail = changes.map(inWords).join('\n');
  const answer = await choose('warning', t('{0} on {1}?', what, cluster), detail, [change, diff]);
  if (answer === change) return;
  if (answer === diff) await showDiff();
  throw new vscode.CancellationError();
}

/** Returns a change as a line: "retention.ms: 604800000 → 86400000". */
function inWords({ name, value, current, isContested }: PlannedChange): string {
  const t = vscode.l10n.t;
  const from = current?.isSensitive ? t('(not shown)') : (current?.value ?? t('(not set)'));
  const shown = current?.isDefault === true ? t('{0} (default)', from) : from;
  const to = value ?? t('the default');
  return sentencesOf(
    t('{0}: {1} → {2}', name, shown, to),
    isContested ? t('Someone has changed it since you opened it') : '',
  );
}

function sentencesOf(change: string, warning: string): string {
  return warning === '' ? change : `${change}  (${sentences(warning)})`;
}
