import * as vscode from 'vscode';
import { inNaturalOrder } from '../../../../core/text/naturalOrder';
import type { NodeFacts } from '../../memory/nodeFacts';
import { topicFilter } from '../../selectTopics';
import { Menu } from '../menu';
import { filterNote, NoteNode } from '../note';
import { staleRow } from '../problem';
import { tooltipOf, type TooltipRow } from '../tooltip';
import { ListNode, type NodeItem, subjectsId, type TreeNode, type TreeSources } from '../treeNode';

const menu = new Menu(['newSubject', 'filterTopics', 'refresh'], ['newSubject', 'refresh']);

/** The subjects of the schema registry of a cluster. */
export class SubjectsNode extends ListNode {
  readonly kind = 'subjects';
  override readonly menu = menu;

  get id(): string {
    return subjectsId(this.cluster);
  }

  override get action(): string {
    return vscode.l10n.t('list the schemas of the schema registry');
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Schemas'), icon: 'symbol-structure' };
  }

  override tooltip(_: NodeFacts, { connections }: TreeSources): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const registry = connections.clusters.get(this.cluster)?.definition.schemaRegistry;
    const rows: TooltipRow[] = registry ? [[t('Schema registry'), registry.endpoint]] : [];
    return tooltipOf(t('Schemas'), [[t('Cluster'), this.cluster], ...rows]);
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster } = this;
    const { connections, registryOf, memory, filter } = sources;
    const { definition } = connections.clusters.require(cluster);
    const fetched = await memory.subjects.fetch(id, definition, signal, async () => {
      const registry = await registryOf(cluster);
      return inNaturalOrder([...new Set(await registry.subjects({ signal }))]);
    });
    // Most clusters have no registry, and the code would be read at each start.
    const { SubjectNode } = await import('./subject');
    const { value: names } = fetched;
    const shown = filter ? names.filter(topicFilter(filter)) : names;
    const counts = { shown: shown.length, all: names.length, filter };
    const none = vscode.l10n.t('No schema matches “{0}”. Click to clear the filter.', filter);
    return [
      ...staleRow(this, fetched),
      ...(names.length === 0 ? [emptyNote(id, cluster)] : filterNote(id, counts, none)),
      ...shown.map((name) => new SubjectNode(id, cluster, name)),
    ];
  }
}

function emptyNote(parent: string, cluster: string): NoteNode {
  const command = { command: 'kafkaRest.newSubject', title: '', arguments: [{ cluster }] };
  const text = vscode.l10n.t('No schemas yet. Click to register one.');
  return new NoteNode(parent, text, command);
}
