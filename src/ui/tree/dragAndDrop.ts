import * as vscode from 'vscode';
import { notify } from '../dialogs/notify';
import { droppedUris } from './droppedUris';
import { PartitionNode } from './nodes/partition';
import { TopicNode } from './nodes/topic';
import type { TreeNode } from './nodes/treeNode';

const URIS = 'text/uri-list';

/** Produces a file that is dropped on a topic, and gives what is dragged out as its name. */
export const dragAndDrop: vscode.TreeDragAndDropController<TreeNode> = {
  dropMimeTypes: [URIS],
  dragMimeTypes: ['text/plain'],

  handleDrag(nodes, data) {
    const names = nodes.map((node) => (node instanceof PartitionNode ? node.topic : node.name));
    const text = [...new Set(names)].join('\n');
    data.set('text/plain', new vscode.DataTransferItem(text));
  },

  async handleDrop(target, data, token) {
    const t = vscode.l10n.t;
    const uris = droppedUris((await data.get(URIS)?.asString()) ?? '');
    const [file, ...others] = uris;
    if (file === undefined || token.isCancellationRequested) return;
    if (!(target instanceof TopicNode || target instanceof PartitionNode)) {
      await notify('warning', t('Drop the file on a topic to produce it.'));
    } else if (others.length > 0) {
      await notify(
        'warning',
        t('Drop one file at a time: a preview shows what is produced of each.'),
      );
    } else {
      const { cluster, topic } = target;
      await vscode.commands.executeCommand('kafkaRest.produceFile', { cluster, topic, file });
    }
  },
};
