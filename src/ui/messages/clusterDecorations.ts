import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';
import { CLUSTER_SCHEME } from '../clusters/clusterUri';
import { type ClusterMark, markColor, marksOf, sentencesOf, wordsOf } from '../words/clusterMarks';
import type { ClusterStore } from '../clusters/clusters';
import { type MessageDocuments, MESSAGE_SCHEME } from './messageDocuments';

/**
 * Marks everything that belongs to a cluster that needs care: with a colour and a badge in the
 * tree and on the tabs of its messages, and with an item in the status bar while such a tab is
 * active.
 */
export class ClusterDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #status = vscode.window.createStatusBarItem(
    'kafkaRest.cluster',
    vscode.StatusBarAlignment.Left,
  );
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly documents: MessageDocuments,
  ) {
    this.#status.name = vscode.l10n.t('Kafka REST Cluster');
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#status,
      vscode.window.registerFileDecorationProvider(this),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#updateStatus();
      }),
      clusters.onDidChange(() => {
        this.#changed.fire(undefined);
        this.#updateStatus();
      }),
    );
    this.#updateStatus();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const marks = this.#marksOf(this.#clusterOf(uri));
    if (marks.length === 0) return undefined;
    const badge = marks.map(({ kind }) => badges[kind]).join('');
    return new vscode.FileDecoration(badge, sentencesOf(marks), markColor);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #clusterOf(uri: vscode.Uri): string | undefined {
    if (uri.scheme === CLUSTER_SCHEME) return decodeURIComponent(uri.path.slice(1));
    if (uri.scheme === MESSAGE_SCHEME) return this.documents.get(uri)?.origin.cluster;
    return undefined;
  }

  #marksOf(cluster: string | undefined): readonly ClusterMark[] {
    const found = cluster === undefined ? undefined : this.clusters.get(cluster);
    return found ? marksOf(found.definition) : [];
  }

  #updateStatus(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const cluster = uri && this.#clusterOf(uri);
    const marks = this.#marksOf(cluster);
    if (cluster === undefined || marks.length === 0) {
      this.#status.hide();
      return;
    }
    const grave = marks.some(({ kind }) => kind === 'production');
    const text = oneLine(`${cluster}: ${wordsOf(marks)}`);
    this.#status.text = `$(warning) ${text}`;
    this.#status.tooltip = sentencesOf(marks);
    this.#status.backgroundColor = new vscode.ThemeColor(
      grave ? 'statusBarItem.errorBackground' : 'statusBarItem.warningBackground',
    );
    this.#status.accessibilityInformation = { label: text, role: 'button' };
    this.#status.command = {
      command: 'kafkaRest.protectCluster',
      title: vscode.l10n.t('Change Protection...'),
      arguments: [{ cluster }],
    };
    this.#status.show();
  }
}

/** Letters instead of icons, which VS Code would show in the same colour. */
const badges: Readonly<Record<ClusterMark['kind'], string>> = {
  production: 'P',
  readOnly: 'R',
  unencrypted: '!',
};
