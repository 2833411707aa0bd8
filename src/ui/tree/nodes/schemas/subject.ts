import * as vscode from 'vscode';
import { listed } from '../../../../l10n/listed';
import type { NodeFacts } from '../../memory/nodeFacts';
import type { Fetched } from '../../memory/remembered';
import {
  factsOf,
  fetchSubject,
  type SchemaFacts,
  type SubjectDetails,
  useOf,
} from '../../memory/schemaFacts';
import { compatibilityInWords, typeNames, versionInWords } from '../../../words/schemaWords';
import { Menu } from '../menu';
import { NoteNode } from '../note';
import { staleRow } from '../problem';
import { tooltipOf, type TooltipRow } from '../tooltip';
import { idBelow, type NodeItem, topicsId, TreeNode, type TreeSources } from '../treeNode';
import { VersionNode } from './version';
import { referenceRows } from './words';

const menu = new Menu(
  [
    'openSchema',
    'newSchemaMessage',
    'compareWithPrevious',
    'compareSchemas',
    'registerSchema',
    'checkSchema',
    'refresh',
    'copyName',
    'copySchema',
    'copySchemaId',
  ],
  ['openSchema', 'refresh'],
);

/** A subject of a schema registry: a name with the versions of a schema. */
export class SubjectNode extends TreeNode {
  readonly kind = 'subject';
  override readonly menu = menu;

  constructor(
    override readonly parent: string,
    override readonly cluster: string,
    readonly subject: string,
  ) {
    super(parent, cluster);
  }

  get id(): string {
    return idBelow(this.parent, this.subject);
  }

  get name(): string {
    return this.subject;
  }

  override get action(): string {
    return vscode.l10n.t('list the versions of {0}', this.subject);
  }

  override get probes(): boolean {
    return false;
  }

  item({ schema, subject }: NodeFacts): NodeItem {
    const facts = [
      ...(schema ? [typeNames[schema.type], versionInWords(schema.version)] : []),
      ...(subject?.compatibility ? [subject.compatibility.level] : []),
    ];
    return {
      label: this.subject,
      icon: 'symbol-structure',
      description: facts.join(' · '),
      ...(facts.length > 0 && { spoken: listed([this.subject, ...facts]) }),
    };
  }

  override load(sources: TreeSources, signal: AbortSignal): Promise<Fetched<SchemaFacts>> {
    const { id, cluster, subject } = this;
    const { connections, registryOf, memory } = sources;
    const { definition } = connections.clusters.require(cluster);
    return memory.schemas.fetch(id, definition, signal, async () => {
      const registry = await registryOf(cluster);
      return factsOf(await registry.version(subject, 'latest', { signal }));
    });
  }

  override async loadDetails(sources: TreeSources, signal: AbortSignal): Promise<void> {
    await Promise.all([this.load(sources, signal), this.#details(sources, signal)]);
  }

  override tooltip({ schema, subject }: NodeFacts, sources: TreeSources): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [[t('Cluster'), this.cluster]];
    if (schema) {
      rows.push([t('Type'), typeNames[schema.type]]);
      rows.push([t('Latest version'), t('{0}, id {1}', schema.version, schema.id)]);
    }
    if (subject) rows.push([t('Versions'), String(subject.versions.length)]);
    if (subject?.compatibility) {
      rows.push([t('Compatibility'), compatibilityInWords(subject.compatibility)]);
    }
    if (schema) rows.push(...referenceRows(schema.references));
    return tooltipOf(this.subject, [...rows, ...this.#useRows(sources)]);
  }

  override async children(sources: TreeSources, signal: AbortSignal): Promise<TreeNode[]> {
    const { id, cluster, subject } = this;
    const [details] = await Promise.all([
      this.#details(sources, signal),
      // Only its row shows it.
      this.load(sources, signal).catch(() => undefined),
    ]);
    const { versions } = details.value;
    if (versions.length === 0) return [new NoteNode(id, vscode.l10n.t('No versions.'))];
    return [
      ...staleRow(this, details),
      ...versions.map(
        (version, index) =>
          new VersionNode(
            id,
            cluster,
            { subject, version },
            { isFirst: index === versions.length - 1, isLatest: index === 0 },
          ),
      ),
    ];
  }

  #details(sources: TreeSources, signal: AbortSignal): Promise<Fetched<SubjectDetails>> {
    const { id, cluster, subject } = this;
    const { connections, registryOf, memory } = sources;
    const { definition } = connections.clusters.require(cluster);
    return memory.subjectDetails.fetch(id, definition, signal, async () =>
      fetchSubject(await registryOf(cluster), subject, signal),
    );
  }

  /** Says which topic uses the subject, if it is named after one that was listed. */
  #useRows({ connections, memory }: TreeSources): readonly TooltipRow[] {
    const t = vscode.l10n.t;
    const use = useOf(this.subject);
    const definition = connections.clusters.get(this.cluster)?.definition;
    const topics = definition && memory.topics.get(topicsId(this.cluster), definition)?.value;
    if (!use || !topics?.includes(use.topic)) return [];
    const { topic, part } = use;
    return [
      [t('Used by'), part === 'key' ? t('the keys of {0}', topic) : t('the values of {0}', topic)],
    ];
  }
}
