import * as vscode from 'vscode';
import { listed } from '../../l10n/listed';
import { oneLine } from '../../core/text/visible';
import { afterEdit } from '../../kafkaFile/blockLines';

interface Running {
  readonly uri: string;
  /** What it does, such as "Following orders". */
  readonly name: string;
  /** The current line of the block's keyword. */
  line: number;
  readonly abort: AbortController;
}

/**
 * The blocks that run until they are stopped. Keeps track of them while their documents are
 * edited.
 */
export class RunningBlocks implements vscode.Disposable {
  readonly #running = new Set<Running>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #status = vscode.window.createStatusBarItem('kafkaRest.runningBlocks');
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#status.name = vscode.l10n.t('Running Kafka Blocks');
    this.#status.command = 'kafkaRest.stopBlock';
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#status,
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.#follow(event);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.stop(uri);
      }),
    );
  }

  /** Returns the current lines of the running blocks of a document. */
  linesOf(uri: string): readonly number[] {
    return [...this.#running].filter((each) => each.uri === uri).map(({ line }) => line);
  }

  /**
   * Runs a task for a block until it ends or is stopped. A task that already runs for the block is
   * stopped first. `name` says what it does. `line` returns the current line of the block.
   */
  async run(
    uri: vscode.Uri,
    line: number,
    name: string,
    task: (signal: AbortSignal, line: () => number) => Promise<void>,
  ): Promise<void> {
    this.stop(uri, line);
    const running = { uri: uri.toString(), name, line, abort: new AbortController() };
    this.#running.add(running);
    this.#update();
    try {
      await task(running.abort.signal, () => running.line);
    } catch (error) {
      if (!running.abort.signal.aborted) throw error;
    } finally {
      this.#running.delete(running);
      this.#update();
    }
  }

  /** Stops one block, the blocks of a document, or all blocks. */
  stop(uri?: vscode.Uri, line?: number): void {
    for (const each of this.#running) {
      if (uri !== undefined && each.uri !== uri.toString()) continue;
      if (line === undefined || each.line === line) stop(each);
    }
  }

  dispose(): void {
    this.stop();
    this.#subscriptions.dispose();
  }

  #update(): void {
    const t = vscode.l10n.t;
    const names = [...this.#running].map(({ name }) => oneLine(name));
    const [first = '', second] = names;
    const isOne = second === undefined;
    this.#status.text = `$(sync~spin) ${isOne ? first : t('{0} blocks run', names.length)}`;
    this.#status.tooltip = isOne
      ? t('{0}. Click to stop.', first)
      : t('{0}. Click to stop them all.', listed(names));
    if (names.length > 0) this.#status.show();
    else this.#status.hide();
    this.#changed.fire();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    for (const change of contentChanges) {
      for (const each of this.#running) {
        if (each.uri !== uri) continue;
        const lines = afterEdit({ first: each.line, last: each.line }, change);
        if (lines) each.line = lines.first;
        else stop(each);
      }
    }
  }
}

function stop({ abort }: Running): void {
  abort.abort(new vscode.CancellationError());
}
