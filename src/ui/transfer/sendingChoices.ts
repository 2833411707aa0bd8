import * as vscode from 'vscode';
import type { RecordFormats } from '../../core/message/codec';
import type { Connections } from '../clusters/connections';
import type { PageRow } from '../dialogs/page';
import { askPick } from '../dialogs/questions';
import { type Answer, mapAnswer, type StepContext } from '../dialogs/wizard';
import { askOnBad, type OnBad } from './askOnBad';
import type { OpenedFile } from './layout/openFile';

/** How the messages of a file are sent. */
export interface SendingState {
  readonly cluster: string;
  readonly opened?: OpenedFile;
  readonly timestamps: boolean;
  readonly onBad: OnBad;
  /** The formats in which keys and values are encoded. */
  readonly formats: RecordFormats;
}

/** Returns a row for each choice of how the messages are sent. */
export function sendingRows(
  connections: Connections,
  state: SendingState,
): readonly PageRow<SendingState>[] {
  const t = vscode.l10n.t;
  const bad: PageRow<SendingState> = {
    label:
      state.onBad === 'stop' ? t('Bad lines: stop there') : t('Bad lines: set aside, and go on'),
    ask: ({ onBad }, context) =>
      askOnBad(
        context,
        onBad,
        t('What if a line is not a message, or the REST proxy refuses it?'),
        {
          stop: t('Nothing after it is sent; it and the rest go to a file that can be sent again.'),
          setAside: t('It goes to a file of its own.'),
        },
      ),
  };
  if (!hasTimestamps(state) || !takesTimestamps(connections, state)) return [bad];
  const times: PageRow<SendingState> = {
    label: state.timestamps ? t('Timestamps: those in the file') : t('Timestamps: new ones'),
    ask: ({ timestamps }, context) => askTimestamps(context, timestamps),
  };
  return [bad, times];
}

function hasTimestamps({ opened }: SendingState): boolean {
  const options = opened?.options;
  if (options?.format === 'csv') return options.csv.columns.timestamp !== undefined;
  return options !== undefined && 'items' in options && options.items === 'records';
}

function takesTimestamps(connections: Connections, { cluster }: SendingState): boolean {
  const produce = connections.clusters.get(cluster) && connections.capabilities(cluster).produce;
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
