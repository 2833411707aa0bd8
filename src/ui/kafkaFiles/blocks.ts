import * as vscode from 'vscode';
import { isTopicName } from '../../core/text/topicName';
import type { BlockArgument } from '../../language/codeLens';
import { messageOf } from '../../language/messages';
import type { Block, KafkaFile } from '../../kafkaFile/file';
import { parse } from '../../kafkaFile/parser';
import type { Problem } from '../../kafkaFile/problems';
import type { ClusterStore } from '../clusters/clusters';
import { pickCluster } from '../clusters/pick';
import { clause } from '../words/sentences';
import { UserError } from '../words/report';
import { back, onlyStep } from '../dialogs/wizard';

/** A block of a document, both in their current state. */
export interface Located {
  readonly document: vscode.TextDocument;
  readonly file: KafkaFile;
  readonly block: Block;
}

/** Returns the block of a code lens, or else the one at the cursor. Throws if there is none. */
export async function locate(argument: BlockArgument | undefined): Promise<Located> {
  if (argument) {
    const uri = vscode.Uri.parse(argument.uri, true);
    const document = await vscode.workspace.openTextDocument(uri);
    const file = parse(document.getText());
    const block = file.blocks.find(({ line }) => line === argument.line);
    if (block) return { document, file, block };
  }
  const [first] = blocksOfSelection();
  if (first) return first;
  throw new UserError(
    vscode.l10n.t('there is no block here'),
    vscode.l10n.t('Put the cursor into a PRODUCER or CONSUMER block'),
  );
}

/** Returns the blocks that the selection of the active editor touches, in order. */
export function blocksOfSelection(): readonly Located[] {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'kafkarest') return [];
  const { document, selection } = editor;
  const file = parse(document.getText());
  const span = {
    start: document.offsetAt(selection.start),
    end: document.offsetAt(selection.end),
  };
  return file.blocksIn(span).map((block) => ({ document, file, block }));
}

/**
 * Returns the error that tells the person why a block cannot run, and leads to the line of the
 * first problem.
 */
export function refusal(
  document: vscode.TextDocument,
  file: KafkaFile,
  problems: readonly Problem[],
): UserError {
  const [first] = problems;
  if (!first) return new UserError(vscode.l10n.t('the block is empty'), '');
  const position = file.range(first).start;
  const line = position.line + 1;
  const at = new vscode.Position(position.line, position.character);
  const reason = (what: string) => vscode.l10n.t('line {0}: {1}', line, what);
  return new UserError(
    // The words of a problem may quote the value, which is a message.
    { shown: reason(clause(messageOf(first))), logged: reason(first.kind) },
    vscode.l10n.t('Nothing was sent'),
    {
      title: vscode.l10n.t('Go to Line {0}', line),
      run: () => vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) }),
    },
  );
}

export function notAProducer(): UserError {
  return new UserError(
    vscode.l10n.t('this is not a PRODUCER block'),
    vscode.l10n.t('Put the cursor into one'),
  );
}

export function notAConsumer(): UserError {
  return new UserError(
    vscode.l10n.t('this is not a CONSUMER block'),
    vscode.l10n.t('Put the cursor into one'),
  );
}

/** Throws if a topic name is valid on a server but would mean something else in a block. */
export function requireBlockTopic(topic: string): void {
  if (isTopicName(topic)) return;
  throw new UserError(
    vscode.l10n.t('a block cannot name this topic: Kafka does not allow such a name'),
    vscode.l10n.t('Use another kind of file'),
  );
}

/** Remembers in the workspace which cluster the blocks of each file use. */
export class FileClusters {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly state: vscode.Memento,
  ) {}

  /** Returns the cluster picked for a file, or else the only cluster. */
  of(uri: vscode.Uri): string | undefined {
    const picked = this.state.get<string>(key(uri));
    if (picked !== undefined && this.clusters.get(picked)) return picked;
    const [first, second] = this.clusters.list();
    return second === undefined ? first?.definition.name : undefined;
  }

  async set(uri: vscode.Uri, cluster: string): Promise<void> {
    await this.state.update(key(uri), cluster);
    this.#changed.fire(uri);
  }

  /** Asks for the cluster of a file and remembers it. Throws if the person gives up. */
  async choose(uri: vscode.Uri): Promise<string> {
    const title = vscode.l10n.t('Cluster of {0}', vscode.workspace.asRelativePath(uri));
    const context = onlyStep(title);
    const answer = await pickCluster(context, this.clusters, this.of(uri));
    if (answer === undefined || answer === back) throw new vscode.CancellationError();
    await this.set(uri, answer.cluster);
    return answer.cluster;
  }

  /** Returns the cluster of a block if it is known: named in the file or picked for it. */
  ofBlock({ document, file, block }: Located): string | undefined {
    return file.clusterOf(block)?.value.text ?? this.of(document.uri);
  }

  /**
   * Returns the cluster of a block, and asks for it if it is not known. Throws if the person gives
   * up.
   */
  async require(located: Located): Promise<string> {
    return this.ofBlock(located) ?? (await this.choose(located.document.uri));
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function key(uri: vscode.Uri): string {
  return `kafkaRest.cluster:${uri.toString()}`;
}
