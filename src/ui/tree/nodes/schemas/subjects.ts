import * as vscode from 'vscode';
import { inNaturalOrder } from '../../../../core/text/naturalOrder';
import { topicFilter } from '../../selectTopics';
import { Menu } from '../menu';
import { NoteNode, whileFiltered } from '../note';
import { staleRow } from '../problem';
import { type NodeItem, subjectsId, TreeNode, type TreeSources } from '../treeNode';

const menu = new Menu(['newSubject', 'filterTopics', 'refresh'], ['newSubject', 'refresh']);

/** The subjects of the schema registry of a cluster. */
export class SubjectsNode extends TreeNode {
  readonly kind = 'subjects';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return subjectsId(this.cluster);
  }

  get name(): string {
    return this.cluster;
  }

  override get action(): string {
    return vscode.l10n.t('list the schemas');
  }

  override get isFiltered(): boolean {
    return true;
  }

  item(): NodeItem {
    return { label: vscode.l10n.t('Schemas'), icon: 'symbol-structure' };
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
    return [
      ...staleRow(this, fetched),
      ...this.#notes({ shown: shown.length, all: names.length, filter }),
      ...shown.map((name) => new SubjectNode(id, cluster, name)),
    ];
  }

  /** Returns the note above or instead of the subjects. */
  #notes({
    shown,
    all,
    filter,
  }: {
    readonly shown: number;
    readonly all: number;
    readonly filter: string;
  }): readonly NoteNode[] {
    const t = vscode.l10n.t;
    const { id, cluster } = this;
    if (all === 0) {
      const command = { command: 'kafkaRest.newSubject', title: '', arguments: [{ cluster }] };
      return [new NoteNode(id, t('No schemas yet. Click to register one.'), command)];
    }
    if (!filter) return [];
    return [
      whileFiltered(
        id,
        shown === 0
          ? t('No schema matches “{0}”. Click to clear the filter.', filter)
          : t('{0} of {1} match “{2}”', shown, all, filter),
      ),
    ];
  }
}
