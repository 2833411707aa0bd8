import * as vscode from 'vscode';
import { listed } from '../../../../l10n/listed';
import type { NodeFacts } from '../../memory/nodeFacts';
import type { Fetched } from '../../memory/remembered';
import { factsOf } from '../../memory/schemaFacts';
import { typeNames, versionInWords } from '../../../words/schemaWords';
import { Menu } from '../menu';
import { tooltipOf, type TooltipRow } from '../tooltip';
import { idBelow, type NodeItem, TreeNode, type TreeSources } from '../treeNode';
import { referenceRows } from './words';

const menu = new Menu(
  [
    'openSchema',
    'newSchemaMessage',
    'compareWithPrevious',
    'compareSchemas',
    'copyName',
    'copySchema',
    'copySchemaId',
  ],
  ['compareWithPrevious'],
);
const firstMenu = menu.without('compareWithPrevious');

/** A version of a subject. */
export class VersionNode extends TreeNode {
  readonly kind = 'version';
  override readonly menu: Menu;
  readonly subject: string;
  readonly version: number;
  readonly isLatest: boolean;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    { subject, version }: { readonly subject: string; readonly version: number },
    { isFirst, isLatest }: { readonly isFirst: boolean; readonly isLatest: boolean },
  ) {
    super(parent, cluster);
    this.menu = isFirst ? firstMenu : menu;
    this.isLatest = isLatest;
    this.subject = subject;
    this.version = version;
  }

  get id(): string {
    return idBelow(this.parent, this.version);
  }

  /** As it is written in formats, such as `avro(orders-value@3)`. */
  get name(): string {
    return `${this.subject}@${this.version}`;
  }

  override get probes(): boolean {
    return false;
  }

  item({ schema }: NodeFacts): NodeItem {
    const label = versionInWords(this.version, this.isLatest);
    const id = schema && vscode.l10n.t('id {0}', schema.id);
    return {
      label,
      icon: 'file-code',
      description: id,
      ...(id !== undefined && { spoken: listed([label, id]) }),
      command: { command: 'kafkaRest.openSchema', title: '', arguments: [this] },
    };
  }

  override load(sources: TreeSources, signal: AbortSignal): Promise<Fetched<unknown>> {
    const { id, cluster, subject, version } = this;
    const { connections, registryOf, memory } = sources;
    const { definition } = connections.clusters.require(cluster);
    return memory.schemas.fetch(id, definition, signal, async () => {
      const registry = await registryOf(cluster);
      return factsOf(await registry.version(subject, version, { signal }));
    });
  }

  override tooltip({ schema }: NodeFacts): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [[t('Version'), String(this.version)]];
    if (schema) {
      rows.push([t('Schema id'), String(schema.id)], [t('Type'), typeNames[schema.type]]);
      rows.push(...referenceRows(schema.references));
    }
    return tooltipOf(this.subject, rows);
  }
}
