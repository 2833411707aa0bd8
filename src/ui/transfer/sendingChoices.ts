import * as vscode from 'vscode';
import type { Connections } from '../clusters/connections';
import { askPick, type Choice } from '../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../dialogs/wizard';
import { askOnBad, type OnBad } from './askOnBad';
import { type Change, changeRow } from './layout/layoutRows';
import type { OpenedFile } from './layout/openFile';

/** What a person can change in how the messages of a file are sent. */
const sending = ['timestamps', 'onBad'] as const;
export type Sending = (typeof sending)[number];

/** How the messages of a file are sent. */
interface SendingState {
  readonly cluster: string;
  readonly opened?: OpenedFile;
  readonly timestamps: boolean;
  readonly onBad: OnBad;
}

export function isSending(change: string): change is Sending {
  return sending.some((each) => each === change);
}

/** Returns a row for each choice of how the messages are sent. */
export function sendingRows(
  connections: Connections,
  state: SendingState,
): readonly Choice<Change<Sending>>[] {
  const t = vscode.l10n.t;
  const rows = [
    changeRow(
      'onBad' as const,
      state.onBad === 'stop' ? t('Bad lines: stop there') : t('Bad lines: set aside, and go on'),
    ),
  ];
  if (!hasTimestamps(state) || !takesTimestamps(connections, state)) return rows;
  const times = state.timestamps ? t('Timestamps: those in the file') : t('Timestamps: new ones');
  return [...rows, changeRow('timestamps' as const, times)];
}

/** Asks how the messages are sent. */
export function askSending(
  change: Sending,
  context: StepContext,
  { timestamps, onBad }: SendingState,
): Promise<Answer<Partial<SendingState>>> {
  const t = vscode.l10n.t;
  if (change === 'timestamps') return askTimestamps(context, timestamps);
  return askOnBad(
    context,
    onBad,
    t('What if a line is not a message, or the REST proxy refuses it?'),
    {
      stop: t('Nothing after it is sent; it and the rest go to a file that can be sent again.'),
      setAside: t('It goes to a file of its own.'),
    },
  );
}

function hasTimestamps({ opened }: SendingState): boolean {
  const options = opened?.options;
  if (options?.format === 'csv') return options.csv.columns.timestamp !== undefined;
  return options !== undefined && 'items' in options && options.items === 'records';
}

function takesTimestamps(connections: Connections, { cluster }: SendingState): boolean {
  const produce =
    connections.clusters.get(cluster) && connections.proxy(cluster).capabilities.produce;
  return produce ? produce.timestamp : false;
}

async function askTimestamps(
  context: StepContext,
  active: boolean,
): Promise<Answer<{ readonly timestamps: boolean }>> {
  const t = vscode.l10n.t;
  const answer = await askPick<boolean>(context, {
    placeholder: t('Which timestamps do the messages get?'),
    choices: [
      { label: t('New ones'), description: t('the time at which they are sent'), choice: false },
      {
        label: t('Those in the file'),
        description: t('for messages that have one there'),
        choice: true,
      },
    ],
    active: (choice) => choice === active,
  });
  return mapAnswer(answer, (timestamps) => ({ timestamps }));
}
