import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';
import { afterEdit, type BlockLines, linesOf } from '../../kafkaFile/blockLines';
import { type Action, notify, type Severity } from '../dialogs/notify';
import { UserError } from '../words/report';
import type { Located } from './blocks';

/** What became of a run of a block, or how it goes. */
export interface Outcome {
  readonly kind: 'running' | 'done' | 'warning' | 'failed';
  /** A few words for the line of the block. */
  readonly text: string;
  /** The whole in sentences, for the hover. */
  readonly detail: string;
  readonly actions: readonly Action[];
}

/** The maximum length of the text on the line of a block. The hover holds all of it. */
const MAX_TEXT = 140;

interface Look {
  readonly mark: string;
  /** The id of a theme's color. */
  readonly color: string;
  readonly severity: Severity;
}

const looks: Readonly<Record<Outcome['kind'], Look>> = {
  running: { mark: '…', color: 'descriptionForeground', severity: 'information' },
  done: { mark: '✓', color: 'descriptionForeground', severity: 'information' },
  warning: { mark: '⚠', color: 'list.warningForeground', severity: 'warning' },
  failed: { mark: '✗', color: 'errorForeground', severity: 'error' },
};

interface Entry {
  readonly uri: string;
  lines: BlockLines;
  outcome: Outcome | undefined;
}

/** Where a run of a block shows how it goes and what became of it. */
export interface BlockReport {
  /**
   * Returns the current line of the block; `undefined` once it is deleted or its document is
   * closed.
   */
  line(): number | undefined;
  /** Shows an outcome in place of the last one, or none. Returns whether the block still exists. */
  show(outcome: Outcome | undefined): boolean;
}

/**
 * The outcomes of blocks, which editors show after the first line of each block. They move with
 * their blocks. An outcome goes when its block is edited or run again.
 */
export class BlockOutcomes implements vscode.Disposable {
  readonly #entries = new Set<Entry>();
  readonly #decoration = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.OpenClosed,
  });
  readonly #subscriptions = vscode.Disposable.from(
    this.#decoration,
    vscode.workspace.onDidChangeTextDocument((event) => {
      this.#follow(event);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      for (const entry of this.#of(uri)) this.#entries.delete(entry);
    }),
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of editors) this.#decorate(editor);
    }),
  );

  /**
   * Begins a run of a block, whose outcome replaces the last one. Several runs of a block may
   * overlap; then the latest news shows.
   */
  begin({ document, file, block }: Located, outcome: Outcome): BlockReport {
    const { uri } = document;
    const lines = linesOf(file, block);
    const known = this.#of(uri).find((each) => each.lines.first === lines.first);
    const entry: Entry = known ?? { uri: uri.toString(), lines, outcome };
    const show = (shown: Outcome | undefined): boolean => {
      if (!this.#entries.has(entry)) return false;
      entry.outcome = shown;
      this.#refresh(uri);
      return true;
    };
    this.#entries.add(entry);
    entry.lines = lines;
    show(outcome);
    return { line: () => (this.#entries.has(entry) ? entry.lines.first : undefined), show };
  }

  /** Returns the outcome that the block at a line shows, if there is one. */
  at(uri: vscode.Uri, line: number): Outcome | undefined {
    return this.#of(uri).find(({ lines }) => lines.first === line)?.outcome;
  }

  /**
   * Does one of the actions of an outcome, or else tells the whole outcome in a notification, which
   * a screen reader reads out.
   */
  async choose(uri: vscode.Uri, line: number, action: number | undefined): Promise<void> {
    const outcome = this.at(uri, line);
    if (!outcome) {
      throw new UserError(
        vscode.l10n.t('this block has not run since it was edited'),
        vscode.l10n.t('Run it first'),
      );
    }
    const { kind, detail, actions } = outcome;
    if (action === undefined) await notify(looks[kind].severity, detail, actions);
    else await actions[action]?.run();
  }

  dispose(): void {
    this.#entries.clear();
    this.#subscriptions.dispose();
  }

  #of(uri: vscode.Uri): readonly Entry[] {
    const key = uri.toString();
    return [...this.#entries].filter((entry) => entry.uri === key);
  }

  #follow({ document: { uri }, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entries = this.#of(uri);
    if (entries.length === 0) return;
    for (const entry of entries) {
      for (const change of contentChanges) {
        const lines = afterEdit(entry.lines, change);
        const stays = lines && (!lines.changed || entry.outcome?.kind === 'running');
        if (!stays) this.#entries.delete(entry);
        if (lines) entry.lines = lines;
      }
    }
    this.#refresh(uri);
  }

  #refresh(uri: vscode.Uri): void {
    const key = uri.toString();
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() === key) this.#decorate(editor);
    }
  }

  #decorate(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (document.languageId !== 'kafkarest') return;
    const decorations = this.#of(document.uri).flatMap(({ lines: { first }, outcome }) =>
      outcome && first < document.lineCount ? decoration(document, first, outcome) : [],
    );
    editor.setDecorations(this.#decoration, decorations);
  }
}

function decoration(
  document: vscode.TextDocument,
  line: number,
  outcome: Outcome,
): vscode.DecorationOptions {
  const { mark, color } = looks[outcome.kind];
  const text = oneLine(outcome.text);
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  return {
    range: document.lineAt(line).range,
    hoverMessage: hover(document.uri, line, outcome),
    renderOptions: {
      after: {
        contentText: `${mark} ${short}`,
        color: new vscode.ThemeColor(color),
        margin: '0 0 0 3ch',
        fontStyle: 'normal',
      },
    },
  };
}

/** Returns the whole text and a link for each action. Text from others in it stays plain text. */
function hover(uri: vscode.Uri, line: number, { detail, actions }: Outcome): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString().appendText(oneLine(detail));
  markdown.isTrusted = { enabledCommands: ['kafkaRest.showBlockOutcome'] };
  const links = actions.map(({ title }, action) => {
    const argument = encodeURIComponent(JSON.stringify([{ uri: uri.toString(), line, action }]));
    return `[${title}](command:kafkaRest.showBlockOutcome?${argument})`;
  });
  return links.length === 0 ? markdown : markdown.appendMarkdown(`\n\n${links.join(' · ')}`);
}
