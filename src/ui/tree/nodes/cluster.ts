import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { ClusterSource } from '../../../core/cluster/settings';
import { clusterUri } from '../../clusters/clusterUri';
import { markColor, marksOf, wordsOf } from '../../words/clusterMarks';
import { sourceWord, sourceWords } from '../../words/clusterSource';
import { explain } from '../../words/report';
import { signInWords } from '../../words/signIn/registry';
import type { ClusterState } from '../memory/clusterStates';
import { connectedColor, signInIcon, unreachableIcon } from './icons';
import { Menu } from './menu';
import { sectionsOf } from './sections';
import { shortTime, tooltipOf, type TooltipRow } from './tooltip';
import type { NodeFacts } from '../memory/nodeFacts';
import { clusterId, type NodeItem, TreeNode, type TreeSources } from './treeNode';

const menu = new Menu(
  [
    'createTopic',
    'newKafkaFile',
    'testCluster',
    'editCluster',
    'replaceSecret',
    'protectCluster',
    'setSchemaRegistry',
    'refresh',
    'copyName',
    'copyEndpoint',
    'removeCluster',
  ],
  ['refresh'],
);

/** A cluster of the settings. */
export class ClusterNode extends TreeNode {
  readonly kind: string = 'cluster';
  override readonly menu: Menu = menu;
  protected readonly icon: string = 'server-environment';
  protected readonly expanded: boolean = false;

  constructor(
    override readonly cluster: string,
    readonly host: string,
    /** Where the settings define it; missing for the emulator. */
    readonly source?: ClusterSource,
  ) {
    super(undefined, cluster);
  }

  get id(): string {
    return clusterId(this.cluster);
  }

  get name(): string {
    return this.cluster;
  }

  item({ definition, state }: NodeFacts): NodeItem {
    const { cluster: label, host, source, expanded } = this;
    const from = source ? [sourceWord(source)].filter(Boolean) : [];
    const marks = definition ? marksOf(definition) : [];
    const trouble = state && state.kind !== 'connected' ? [stateInWords(state)] : [];
    const words = marks.length > 0 ? [wordsOf(marks)] : [];
    return {
      label,
      icon: this.#iconFor(definition, state),
      description: [...words, ...trouble, ...from, host].join(' · '),
      spoken: listed([label, ...words, stateInWords(state), ...from, host]),
      expanded,
      ...(marks.length > 0 && { resourceUri: clusterUri(label) }),
    };
  }

  override tooltip({ definition, state }: NodeFacts): vscode.MarkdownString {
    const t = vscode.l10n.t;
    const rows: TooltipRow[] = [];
    if (definition) {
      const signIn = signInWords(definition.signIn.kind)?.label ?? definition.signIn.kind;
      rows.push([t('Endpoint'), definition.endpoint], [t('Sign-in'), signIn]);
    }
    const inWords = stateInWords(state);
    const reason = state?.error === undefined ? '' : explain(state.error).reason;
    rows.push([t('State'), reason ? t('{0}: {1}', inWords, reason) : inWords]);
    if (this.source) rows.push([t('Defined in'), sourceWords(this.source)]);
    if (state) rows.push([t('Last asked'), shortTime(state.at)]);
    const marks = definition ? marksOf(definition) : [];
    return tooltipOf(
      this.cluster,
      rows,
      marks.map(({ sentence }) => sentence),
    );
  }

  override children({ connections }: TreeSources): Promise<readonly TreeNode[]> {
    const { id, cluster } = this;
    const capabilities = connections.capabilities(cluster);
    const hasRegistry =
      connections.clusters.require(cluster).definition.schemaRegistry !== undefined;
    return Promise.resolve(sectionsOf(id, cluster, { ...capabilities, hasRegistry }));
  }

  #iconFor(
    definition: ClusterDefinition | undefined,
    state: ClusterState | undefined,
  ): vscode.ThemeIcon {
    if (state?.kind === 'notSignedIn') return signInIcon;
    if (state?.kind === 'unreachable') return unreachableIcon;
    const marks = definition ? marksOf(definition) : [];
    if (marks.length > 0) {
      const isUnencrypted = marks.some(({ kind }) => kind === 'unencrypted');
      return new vscode.ThemeIcon(isUnencrypted ? 'warning' : this.icon, markColor);
    }
    return new vscode.ThemeIcon(this.icon, state && connectedColor);
  }
}

function stateInWords(state: ClusterState | undefined): string {
  const t = vscode.l10n.t;
  switch (state?.kind) {
    case 'connected':
      return t('connected');
    case 'notSignedIn':
      return t('not signed in');
    case 'unreachable':
      return t('cannot be reached');
    case undefined:
      return t('not connected yet');
  }
}
