import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';
import {
  type Emulator,
  type EmulatorOptions,
  type RequestLogEntry,
  startEmulator,
} from '../../src/emulator/server';
import type { TreeNode } from '../../src/ui/tree/nodes/treeNode';

/** What the extension hands to whoever activates it. */
export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('kafka-rest-explorer.kafka-rest-explorer');
  assert.ok(extension);
  return extension.activate();
}

export interface Started extends Emulator {
  /** Every request that the emulator answered. */
  readonly requests: readonly RequestLogEntry[];
}

/** An emulator of our own, apart from the one that the extension starts. */
export async function startOwnEmulator(options: EmulatorOptions = {}): Promise<Started> {
  const requests: RequestLogEntry[] = [];
  const emulator = await startEmulator({ onRequest: (entry) => requests.push(entry), ...options });
  return { ...emulator, requests };
}

/** The emulator as a cluster of the settings. */
export function asSetting(name: string, { info }: Pick<Emulator, 'info'>): Record<string, unknown> {
  return {
    name,
    endpoint: info.endpoint,
    tenantId: info.tenantId,
    clientId: info.clientId,
    authority: new URL(info.authority ?? '').origin,
    scope: info.scope,
    caFile: info.caFile,
  };
}

/**
 * Starts an emulator as the only cluster of the settings, with its client secret. What `fill` puts
 * there is there when the tree lists the topics, which it does at once if it is in sight.
 */
export async function connect(
  name: string,
  options: EmulatorOptions = {},
  fill?: (emulator: Started) => void,
): Promise<Started> {
  const emulator = await startOwnEmulator(options);
  fill?.(emulator);
  await set('clusters', [asSetting(name, emulator)]);
  const secret = emulator.info.clientSecret;
  await run('replaceSecret', { cluster: name }, { showInputBox: secret });
  return emulator;
}

/** Removes such a cluster and its secret, and stops the emulator. */
export async function disconnect(name: string, emulator: Started): Promise<void> {
  await run('removeCluster', { cluster: name }, { showWarningMessage: 'Remove' });
  await set('clusters', undefined);
  await emulator.stop();
}

const { Global } = vscode.ConfigurationTarget;

/** Changes a setting of the extension; `undefined` puts it back to its default. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('kafkaRest').update(name, value, Global);
}

/**
 * Waits until a condition returns something true. Looks again after a pause, which leaves the
 * processor to what is waited for.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  what: string,
  limitMs = 15_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The children of a node, found by the labels on the way to it. */
export async function children(...labels: readonly string[]): Promise<vscode.TreeItem[]> {
  const nodes = await childNodes(...labels);
  const { tree } = await api();
  const items: vscode.TreeItem[] = [];
  for (const node of nodes) items.push(await tree.getTreeItem(node));
  return items;
}

/** The text of a label or description. */
export function text(label: string | vscode.TreeItemLabel | boolean | undefined): string {
  return typeof label === 'object' ? label.label : String(label);
}

export async function childNodes(...labels: readonly string[]): Promise<TreeNode[]> {
  const { tree } = await api();
  let nodes = (await tree.getChildren()) ?? [];
  for (const label of labels) {
    const found: string[] = [];
    for (const node of nodes) found.push(text((await tree.getTreeItem(node)).label));
    const node = nodes[found.indexOf(label)];
    assert.ok(node, `${label} among ${found.join(', ')}`);
    nodes = (await tree.getChildren(node)) ?? [];
  }
  return nodes;
}

/** The tooltip of a node, which VS Code asks for when a mouse rests on it. */
export async function tooltipOf(node: TreeNode): Promise<vscode.MarkdownString> {
  const { tree } = await api();
  const item = await tree.getTreeItem(node);
  const { token } = new vscode.CancellationTokenSource();
  const resolved = await tree.resolveTreeItem?.(item, node, token);
  assert.ok(resolved?.tooltip instanceof vscode.MarkdownString, node.name);
  return resolved.tooltip;
}

export function labels(items: readonly vscode.TreeItem[]): unknown[] {
  return items.map(({ label }) => label);
}

/** A dialog of VS Code, or the result in the status bar, whose answer is the title of an action. */
type Dialog =
  | 'showResult'
  | 'showInputBox'
  | 'showInformationMessage'
  | 'showWarningMessage'
  | 'showErrorMessage'
  | 'showSaveDialog';

/**
 * Stands in for the person: answers VS Code's own dialogs while `task` runs, and returns what they
 * said, first argument first, together with the results in the status bar. What has no answer is
 * dismissed.
 */
export async function answering(
  answers: Partial<Record<Dialog, unknown>>,
  task: () => unknown,
): Promise<string[]> {
  const said: string[] = [];
  const names: Exclude<Dialog, 'showResult'>[] = [
    'showInputBox',
    'showInformationMessage',
    'showWarningMessage',
    'showErrorMessage',
    'showSaveDialog',
  ];
  const originals = names.map((name) => [name, vscode.window[name]] as const);
  for (const name of names) {
    const answer = (first: unknown) => {
      said.push(typeof first === 'string' ? first : name);
      return Promise.resolve(answers[name]);
    };
    Object.assign(vscode.window, { [name]: answer });
  }
  const { createStatusBarItem } = vscode.window;
  const create = (id: string) => {
    const item = createStatusBarItem(id);
    if (id !== 'kafkaRest.result') return item;
    const show = item.show.bind(item);
    return Object.assign(item, {
      show: () => {
        show();
        said.push(wholeResult(item));
        if (answers.showResult !== undefined) void chooseAfterResult(answers.showResult);
      },
    });
  };
  Object.assign(vscode.window, { createStatusBarItem: create });
  try {
    await task();
    return said;
  } finally {
    Object.assign(vscode.window, Object.fromEntries(originals), { createStatusBarItem });
  }
}

/** The text of a result in the status bar, without its actions. */
function wholeResult({ tooltip }: vscode.StatusBarItem): string {
  assert.ok(typeof tooltip === 'string');
  return tooltip.split('\n', 1)[0] ?? '';
}

/** Runs an action of the last result. */
async function chooseAfterResult(title: unknown): Promise<void> {
  const asked = nextQuickPick();
  void vscode.commands.executeCommand('kafkaRest.showResult');
  await choose(await asked, String(title));
}

/** Runs a command of the extension and returns what it said. */
export function run(
  command: string,
  argument?: unknown,
  answers: Partial<Record<Dialog, unknown>> = {},
): Promise<string[]> {
  return answering(answers, () => vscode.commands.executeCommand(`kafkaRest.${command}`, argument));
}

/** A text that the extension shows after a line of a document, and its hover. */
export interface BesideLine {
  readonly line: number;
  readonly text: string;
  readonly hover: string;
}

export interface WatchedDecorations {
  /** Returns what editors show beside the lines of a document now. */
  of(document: vscode.TextDocument): readonly BesideLine[];
  /** Returns every text that they have shown so far. */
  readonly all: readonly string[];
  /** Ends the recording. */
  end(): void;
}

/** Records what the extension shows after lines, which VS Code itself does not tell. */
export function watchDecorations(): WatchedDecorations {
  const shown = new Map<string, readonly BesideLine[]>();
  const all: string[] = [];
  const original = Object.getOwnPropertyDescriptor(vscode.window, 'visibleTextEditors');
  assert.ok(original);
  const editors = () => (original.get?.call(vscode.window) ?? []) as readonly vscode.TextEditor[];
  const watched = (editor: vscode.TextEditor): vscode.TextEditor => {
    const setDecorations: vscode.TextEditor['setDecorations'] = (type, ranges) => {
      const lines = ranges.flatMap((each) => ('range' in each ? besideLine(each) : []));
      shown.set(editor.document.uri.toString(), lines);
      all.push(...lines.map(({ text }) => text));
      editor.setDecorations(type, ranges);
    };
    return Object.create(editor, {
      setDecorations: { value: setDecorations },
    }) as vscode.TextEditor;
  };
  const get = () => editors().map(watched);
  Object.defineProperty(vscode.window, 'visibleTextEditors', { ...original, get });
  return {
    all,
    of: ({ uri }) => shown.get(uri.toString()) ?? [],
    end: () => {
      Object.defineProperty(vscode.window, 'visibleTextEditors', original);
    },
  };
}

function besideLine({ range, renderOptions, hoverMessage }: vscode.DecorationOptions): BesideLine {
  const hover = hoverMessage instanceof vscode.MarkdownString ? hoverMessage.value : '';
  return {
    line: range.start.line,
    text: renderOptions?.after?.contentText ?? '',
    // Markdown escapes each character that could mean something.
    hover: hover.replace(/\\([^\w\s])/g, '$1').replaceAll('&nbsp;', ' '),
  };
}

/** Records the items of the status bar that are made until `end`; `at` gives one that shows. */
export function watchStatusBar(): {
  at(id: string): vscode.StatusBarItem | undefined;
  end(): void;
} {
  const items = new Map<unknown, vscode.StatusBarItem>();
  const shown = new Set<vscode.StatusBarItem>();
  const { createStatusBarItem } = vscode.window;
  const watching = (id: string, ...more: []) => {
    const item = createStatusBarItem(id, ...more);
    const [show, hide] = [item.show.bind(item), item.hide.bind(item)];
    Object.assign(item, {
      show: () => {
        shown.add(item);
        show();
      },
      hide: () => {
        shown.delete(item);
        hide();
      },
    });
    items.set(id, item);
    return item;
  };
  Object.assign(vscode.window, { createStatusBarItem: watching });
  return {
    at: (id) => {
      const item = items.get(id);
      return item && shown.has(item) ? item : undefined;
    },
    end: () => Object.assign(vscode.window, { createStatusBarItem }),
  };
}

/** Cancels what shows its progress as soon as it reports some. */
export async function cancelling<T>(task: () => Promise<T>): Promise<T> {
  const original = vscode.window.withProgress;
  const withProgress: typeof original = (_, run) => {
    const source = new vscode.CancellationTokenSource();
    const report = () => {
      source.cancel();
    };
    return run({ report }, source.token);
  };
  Object.assign(vscode.window, { withProgress });
  try {
    return await task();
  } finally {
    Object.assign(vscode.window, { withProgress: original });
  }
}

/** A state that is kept in memory alone. */
export function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key) as never,
    update: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

/** Agrees to use a cluster that the workspace defines, as a person does who was shown it. */
export async function agreeTo(cluster: string): Promise<void> {
  await run('useCluster', { cluster }, { showWarningMessage: 'Use This Cluster' });
}

let untitled = 0;

/**
 * Shows a new document that is not saved yet. It has a name of its own, for under a name that was
 * used before VS Code may bring back the text of then.
 *
 * @param ending of its name, by which VS Code knows the language
 */
export async function openUntitled(ending: string, text: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `/test-${++untitled}.${ending}` });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const { CRLF, LF } = vscode.EndOfLine;
  edit.set(uri, [
    vscode.TextEdit.setEndOfLine(text.includes('\r\n') ? CRLF : LF),
    vscode.TextEdit.insert(new vscode.Position(0, 0), text),
  ]);
  await vscode.workspace.applyEdit(edit);
  assert.equal(document.getText(), text);
  return vscode.window.showTextDocument(document);
}

/**
 * Selects, and waits until the window has: what it says of an earlier selection may be on its way.
 */
export async function select(
  editor: vscode.TextEditor,
  selection: vscode.Selection,
): Promise<void> {
  const selected = new Promise<void>((resolve) => {
    const listener = vscode.window.onDidChangeTextEditorSelection(({ selections }) => {
      if (selections[0]?.isEqual(selection) !== true) return;
      listener.dispose();
      resolve();
    });
  });
  editor.selection = selection;
  await selected;
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Accepts the question that is open as it is now, as Enter does. */
export async function accept(): Promise<void> {
  await dialogsAreUpToDate();
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

/**
 * Waits until the window shows what the extension has put into its questions, and the extension
 * knows which row is active there.
 */
async function dialogsAreUpToDate(): Promise<void> {
  // The extension host gathers what changes in one turn of its event loop.
  await new Promise((resolve) => setTimeout(resolve));
  // Its messages and those of the window arrive in order, the answer to this one as the last.
  await vscode.commands.getCommands(true);
}

export function nextQuickPick(): Promise<vscode.QuickPick<vscode.QuickPickItem>> {
  return next('createQuickPick', vscode.window.createQuickPick);
}

export function nextInputBox(): Promise<vscode.InputBox> {
  return next('createInputBox', vscode.window.createInputBox);
}

/** The next question that the extension asks in this way. */
function next<T>(name: 'createQuickPick' | 'createInputBox', create: () => T): Promise<T> {
  return new Promise((resolve) => {
    const createAndTell = () => {
      const input = create();
      // What was put in its place since then stays there.
      if (vscode.window[name] === createAndTell) Object.assign(vscode.window, { [name]: create });
      resolve(input);
      return input;
    };
    Object.assign(vscode.window, { [name]: createAndTell });
  });
}

/**
 * Begins to add a cluster from the start, whatever another test has left unfinished. Returns the
 * first question, and what ends with the command.
 */
export async function beginFresh(): Promise<{
  readonly first: vscode.QuickPick<vscode.QuickPickItem>;
  readonly running: Promise<string[]>;
}> {
  const asked = nextQuickPick();
  const running = run('addCluster');
  const first = await asked;
  if (!/You have begun/.test(first.placeholder ?? '')) return { first, running };
  const afresh = nextQuickPick();
  await choose(first, 'Start Over');
  return { first: await afresh, running };
}

/** As `beginFresh`, and chooses HDInsight. Returns the question for the endpoint. */
export async function beginAdding(): Promise<{
  readonly endpoint: vscode.InputBox;
  readonly running: Promise<string[]>;
}> {
  const { first, running } = await beginFresh();
  const asked = nextInputBox();
  await choose(first, 'Azure HDInsight');
  return { endpoint: await asked, running };
}

/** Chooses the row with that label of a list that is open, as soon as the list is complete. */
export async function choose(
  pick: vscode.QuickPick<vscode.QuickPickItem>,
  label: string,
): Promise<void> {
  await activate(pick, label);
  await accept();
}

/** Makes the row with that label the active one, as soon as the list is complete. */
export async function activate(
  pick: vscode.QuickPick<vscode.QuickPickItem>,
  label: string,
): Promise<void> {
  const row = () => pick.items.find((item) => item.label === label);
  await until(
    () => !pick.busy && row(),
    `${label} is among ${pick.items.map((item) => item.label).join(' | ')}`,
  );
  await dialogsAreUpToDate();
  if (pick.activeItems[0]?.label === label) return;
  pick.activeItems = pick.items.filter((item) => item === row());
  await dialogsAreUpToDate();
  assert.equal(pick.activeItems[0]?.label, label);
}
