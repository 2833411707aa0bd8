import * as vscode from 'vscode';
import type { Targets } from '../targets/targets';
import { activeMessages, type MessageDocuments } from '../messages/messageDocuments';
import type { CommandTable } from '../base/command';
import type { MessageActions } from './messageActions';
import type { Viewers } from './viewers';

type ViewerCommandId =
  | 'openInViewer'
  | 'changeRange'
  | 'openAsDocument'
  | 'decodeAs'
  | 'showAsColumn'
  | 'focusFilter'
  | 'clearMessages'
  | 'openMessage'
  | 'compareMessages'
  | 'produceAgain'
  | 'copyKey'
  | 'copyValue'
  | 'copyMessage'
  | 'onlyThisKey'
  | 'onlyThisValue';

/** The commands of viewers. Those on messages act on the selection in the current viewer. */
export function viewerCommands(
  viewers: Viewers,
  actions: MessageActions,
  documents: MessageDocuments,
  targets: Targets,
): Pick<CommandTable, ViewerCommandId> {
  const t = vscode.l10n.t;
  return {
    openInViewer: {
      action: t('open the messages in a viewer'),
      run: (argument) => {
        const uri = activeMessages(argument);
        const document = uri && documents.get(uri);
        if (document) viewers.show(document.origin);
      },
    },
    changeRange: {
      action: t('view other messages'),
      run: () => viewers.changeRange(targets),
    },
    openAsDocument: {
      action: t('open the messages as a document'),
      run: () => viewers.openAsDocument(),
    },
    decodeAs: {
      action: t('decode the messages in another way'),
      run: (argument) => viewers.decodeAs(argument),
    },
    showAsColumn: {
      action: t('show the field as a column'),
      run: (argument) => {
        viewers.showAsColumn(argument);
      },
    },
    focusFilter: {
      action: t('filter the messages'),
      run: () => {
        viewers.current.focusFilter();
      },
    },
    clearMessages: {
      action: t('clear the messages'),
      run: async (argument) => {
        const uri = viewers.active ? undefined : activeMessages(argument);
        if (uri) await documents.clear(uri);
        else viewers.current.session.clear();
      },
    },
    openMessage: {
      action: t('open the message'),
      run: () => actions.open(viewers.selected()),
    },
    compareMessages: {
      action: t('compare the messages'),
      run: () => actions.compare(viewers.selected()),
    },
    produceAgain: {
      action: t('produce the message again'),
      run: () => actions.produceAgain(viewers.selected()),
    },
    copyKey: {
      action: t('copy the key'),
      run: () => actions.copy('key', viewers.selected()),
    },
    copyValue: {
      action: t('copy the value'),
      run: () => actions.copy('value', viewers.selected()),
    },
    copyMessage: {
      action: t('copy the message'),
      run: () => actions.copyWhole(viewers.selected()),
    },
    onlyThisKey: {
      action: t('filter for the key'),
      run: (argument) => viewers.narrow('key', argument),
    },
    onlyThisValue: {
      action: t('filter for the value'),
      run: (argument) => viewers.narrow('value', argument),
    },
  };
}
