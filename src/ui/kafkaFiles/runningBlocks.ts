import * as vscode from 'vscode';

interface Running {
  readonly uri: string;
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
   * stopped first. `line` returns the current line of the block.
   */
  async run(
    uri: vscode.Uri,
    line: number,
    task: (signal: AbortSignal, line: () => number) => Promise<void>,
  ): Promise<void> {
    this.stop(uri, line);
    const running = { uri: uri.toString(), line, abort: new AbortController() };
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
    const count = this.#running.size;
    this.#status.text = `$(sync~spin) ${vscode.l10n.t('{0} running', count)}`;
    this.#status.tooltip = vscode.l10n.t(
      'Blocks of .kafka files that run. Click to stop them all.',
    );
    if (count > 0) this.#status.show();
    else this.#status.hide();
    this.#changed.fire();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    for (const { range, text } of contentChanges) {
      const delta = text.split('\n').length - 1 - (range.end.line - range.start.line);
      for (const each of this.#running) {
        if (each.uri !== uri) continue;
        // The text that replaces the keyword may be another block.
        if (range.contains(new vscode.Range(each.line, 0, each.line, 1))) stop(each);
        else if (range.end.line <= each.line) each.line += delta;
      }
    }
  }
}

function stop({ abort }: Running): void {
  abort.abort(new vscode.CancellationError());
}
