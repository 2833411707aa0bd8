import * as vscode from 'vscode';
import type { View } from '../../core/read/view';
import type { ReadingProxy } from '../../core/kafka';
import { boolean, fallback, lenient, object, type Read } from '../../core/schema';
import { fromTopic } from '../../transfer/bulk/copySource';
import { askOnBad, onBad, type OnBad } from './askOnBad';
import type { ClusterStore } from '../clusters/clusters';
import type { Connections } from '../clusters/connections';
import { type GivenSelection, toGivenSelection } from '../messages/givenSelection';
import { refuseReadOnly } from '../clusters/guard';
import { pickAble, pickTopic, toTarget } from '../clusters/pick';
import { UserError } from '../words/report';
import { messages, partitions } from '../words/counts';
import { askPick, type Choice } from '../dialogs/questions';
import { type Answer, mapAnswer, runWizard, type StepContext } from '../dialogs/wizard';

/** The target of a copy, and the options. */
export interface CopyTarget {
  readonly cluster: string;
  readonly topic: string;
  readonly keepPartitions: boolean;
  readonly onBad: OnBad;
}

const copyFields = object({
  to: toTarget,
  keepPartitions: lenient(boolean),
  onBad: lenient(onBad),
  /** Whether to ask before the copy begins. */
  confirm: fallback(boolean, true),
});

/** The arguments of the command: what to copy, the target, and the options. */
export type GivenCopy = Read<typeof copyFields> & { readonly from: GivenSelection };

/** Reads the arguments: the members of a selection, and `to`, which names the target. */
export function toGivenCopy(argument: unknown): GivenCopy {
  const given = copyFields(argument) ?? { to: {}, confirm: true };
  return { ...given, from: toGivenSelection(argument) };
}

/** Asks for what is not given about the target of the messages of a view, and whether to begin. */
export async function askCopyTarget(
  connections: Connections,
  view: View,
  { to, keepPartitions, onBad, confirm }: GivenCopy,
): Promise<CopyTarget> {
  const source = view.request.topic;
  const only = connections.clusters.list().length === 1 ? { cluster: view.cluster } : {};
  const given = { ...only, ...to };
  if (given.cluster !== undefined)
    refuseReadOnly(connections.clusters.require(given.cluster).definition);
  const initial: CopyTarget = {
    cluster: view.cluster,
    topic: '',
    keepPartitions: false,
    onBad: 'stop',
    ...given,
    ...(keepPartitions !== undefined && { keepPartitions }),
    ...(onBad && { onBad }),
  };
  return runWizard(vscode.l10n.t('Copy Messages of {0}', source), initial, [
    {
      skip: () => given.cluster !== undefined,
      ask: ({ cluster }, context) => pickAble(context, connections, cluster, 'produce'),
    },
    {
      skip: () => given.topic !== undefined,
      ask: (state, context) => pickTopic(context, connections, state),
    },
    {
      skip: () => keepPartitions !== undefined,
      ask: (state, context) => askPartitions(context, connections, view, state),
    },
    {
      skip: () => onBad !== undefined,
      ask: (state, context) =>
        askOnBad(
          context,
          state.onBad,
          vscode.l10n.t('What if a message cannot be carried, or is refused?'),
          {
            stop: vscode.l10n.t('Nothing after it is sent. The copy can go on from there.'),
            setAside: vscode.l10n.t('It can be saved to a file at the end.'),
          },
        ),
    },
    {
      skip: () => !confirm,
      ask: (state, context) => askConfirmation(context, connections, view, state),
    },
  ]);
}

/** Throws if the source and the target are the same topic, because that would not be a copy. */
export function refuseSameTopic(clusters: ClusterStore, view: View, target: CopyTarget): void {
  const endpoint = (cluster: string) => clusters.require(cluster).definition.endpoint;
  if (view.request.topic !== target.topic) return;
  if (endpoint(view.cluster) !== endpoint(target.cluster)) return;
  throw new UserError(
    vscode.l10n.t('{0} cannot be copied to itself', target.topic),
    vscode.l10n.t('Choose another topic, or produce single messages again'),
  );
}

async function askPartitions(
  context: StepContext,
  connections: Connections,
  view: View,
  target: CopyTarget,
): Promise<Answer<{ keepPartitions: boolean }>> {
  const t = vscode.l10n.t;
  refuseSameTopic(connections.clusters, view, target);
  const from = await connections.ready(view.cluster);
  const to = await connections.ready(target.cluster);
  const answer = await askPick<'key' | 'keep'>(context, {
    placeholder: t('Which partition of {0} does a message go to?', target.topic),
    choices: async (signal) => {
      const sources = await idsOf(from, view.request.topic, signal);
      const targets = await idsOf(to, target.topic, signal);
      const read = view.request.partitions ?? sources;
      const possible = read.every((id) => targets.includes(id));
      const byKey: Choice<'key'> = {
        label: t('By its key'),
        description: t('spread evenly without one'),
        choice: 'key',
      };
      const keep: Choice<'keep'> = possible
        ? { label: t('The one that it comes from'), choice: 'keep' }
        : {
            label: t('The one that it comes from'),
            description: t('not possible: {0} has {1}', target.topic, partitions(targets.length)),
            iconPath: new vscode.ThemeIcon('warning'),
          };
      return [byKey, keep];
    },
    active: (choice) => choice === (target.keepPartitions ? 'keep' : 'key'),
  });
  return mapAnswer(answer, (given) => ({ keepPartitions: given === 'keep' }));
}

async function idsOf(
  proxy: ReadingProxy,
  topic: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  return (await proxy.partitions(topic, { signal })).map(({ id }) => id);
}

/** Says how many messages go where and what is lost, before anything is sent. */
async function askConfirmation(
  context: StepContext,
  connections: Connections,
  view: View,
  target: CopyTarget,
): Promise<Answer<Partial<CopyTarget>>> {
  const t = vscode.l10n.t;
  refuseSameTopic(connections.clusters, view, target);
  const { cluster, topic } = target;
  const from = await connections.ready(view.cluster);
  const to = await connections.ready(cluster);
  return askPick<Partial<CopyTarget>>(context, {
    placeholder: t('Copy {0} to {1} on {2}?', view.request.topic, topic, cluster),
    choices: async (signal) => {
      const { total } = await fromTopic(from, view.request)(signal);
      const info = new vscode.ThemeIcon('info');
      const losses = lossesOf(from, to, target).map((loss) => ({ ...loss, iconPath: info }));
      const goOn: Choice<Partial<CopyTarget>> =
        total > 0
          ? {
              label: t('Copy up to {0} to {1}', messages(total), topic),
              description: t('fewer if the log has gaps'),
              iconPath: new vscode.ThemeIcon('copy'),
              choice: {},
            }
          : { label: t('There is no message to copy'), iconPath: info };
      if (losses.length === 0) return [goOn];
      const goodToKnow = { label: t('Good to know'), kind: vscode.QuickPickItemKind.Separator };
      return [goOn, goodToKnow, ...losses];
    },
  });
}

function lossesOf(
  from: ReadingProxy,
  { capabilities: { produce: can } }: ReadingProxy,
  { onBad }: CopyTarget,
): readonly { readonly label: string; readonly detail: string }[] {
  const t = vscode.l10n.t;
  if (!can) {
    return [{ label: t('This is not possible'), detail: t('The REST proxy cannot produce.') }];
  }
  const read = from.capabilities.read;
  const then = onBad === 'stop' ? t('The copy stops at the first.') : t('They are set aside.');
  return [
    ...(can.timestamp
      ? []
      : [{ label: t('New timestamps'), detail: t('The REST proxy cannot carry the old ones.') }]),
    ...(can.tombstone
      ? []
      : [
          {
            label: t('No tombstones'),
            detail: t('The REST proxy cannot carry messages whose value is null. {0}', then),
          },
        ]),
    ...(can.headers || !read || !read.headers
      ? []
      : [
          {
            label: t('No headers'),
            detail: t('The REST proxy cannot carry messages with headers. {0}', then),
          },
        ]),
    {
      label: t('No bytes that are not UTF-8'),
      detail: t('Such messages were changed when they were read. {0}', then),
    },
  ];
}
