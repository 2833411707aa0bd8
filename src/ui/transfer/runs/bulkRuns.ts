import * as vscode from 'vscode';
import { oneLine } from '../../../core/text/visible';
import type { BulkProgress } from '../../../transfer/bulk/bulkReport';
import { type Progress, withProgress } from '../../dialogs/progress';
import { explain } from '../../words/report';
import { messages } from '../../words/counts';

/** The controls and the state of a run. */
export interface Controls {
  readonly progress: BulkProgress;
  pause(): void;
  resume(): void;
  leaveRest(): void;
}

/** What a run sends where, by which a person tells it from other runs. */
export interface RunName {
  /** "Producing orders.csv to orders on dev" */
  readonly title: string;
  /** "orders.csv to orders" */
  readonly label: string;
}

/** A run that is ready to begin. */
export interface Run<T> {
  readonly producer: Controls;
  /** The total of what `BulkProgress` counts; `undefined` if it is not known. */
  readonly total: number | undefined;
  readonly run: () => Promise<T>;
}

interface Running extends RunName {
  readonly id: number;
  readonly total: number | undefined;
  readonly controls: Controls;
  readonly status: vscode.StatusBarItem;
}

const REFRESH_MS = 250;

/**
 * The runs under way. Each has a notification with its progress and *Cancel*, and an item in the
 * status bar that pauses and resumes it. The two commands do the same for all runs.
 */
export class BulkRuns implements vscode.Disposable {
  readonly #running = new Map<number, Running>();
  #count = 0;

  /** Runs a task and shows its progress. */
  async show<T>(name: RunName, open: (signal: AbortSignal) => Promise<Run<T>>): Promise<T> {
    const { title } = name;
    return withProgress(title, async (signal, progress) => {
      const { producer: controls, total, run } = await open(signal);
      const id = ++this.#count;
      const status = vscode.window.createStatusBarItem(`kafkaRest.producing.${id}`);
      status.name = oneLine(title);
      const running = { id, ...name, total, controls, status };
      this.#running.set(id, running);
      const done = run();
      const refresh = refresher(running, progress, done);
      refresh();
      status.show();
      this.#tell();
      const timer = setInterval(refresh, REFRESH_MS);
      try {
        return await done;
      } finally {
        clearInterval(timer);
        status.dispose();
        this.#running.delete(id);
        this.#tell();
      }
    });
  }

  /** Pauses a run, or all runs without an id. */
  pause(id?: number): void {
    for (const { controls } of this.#of(id)) controls.pause();
    this.#tell();
  }

  resume(id?: number): void {
    for (const { controls } of this.#of(id)) controls.resume();
    this.#tell();
  }

  dispose(): void {
    for (const { status } of this.#running.values()) status.dispose();
  }

  #of(id: number | undefined): readonly Running[] {
    return [...this.#running.values()].filter((each) => id === undefined || each.id === id);
  }

  /** Updates the context keys of the menus and the items of the status bar. */
  #tell(): void {
    const all = this.#of(undefined);
    const isPaused = ({ controls }: Running) => controls.progress.state === 'paused';
    const set = (key: string, value: boolean) =>
      void vscode.commands.executeCommand('setContext', `kafkaRest.${key}`, value);
    set('producing', !all.every(isPaused));
    set('producingPaused', all.some(isPaused));
    for (const running of all) describeStatus(running);
  }
}

/**
 * Returns a function that shows a run's progress. A run that only writes files gets its own
 * notification.
 */
function refresher(running: Running, progress: Progress, done: Promise<unknown>): () => void {
  let shown = 0;
  let keeping = false;
  return () => {
    const { controls, total } = running;
    const now = controls.progress;
    const percent = total ? Math.floor((100 * settled(now)) / total) : 0;
    progress.report({ message: describeProgress(now), increment: percent - shown });
    shown = percent;
    describeStatus(running);
    if (now.state !== 'keeping' || keeping) return;
    keeping = true;
    const title = vscode.l10n.t('Saving what was not sent');
    void withProgress(title, async (signal) => {
      signal.addEventListener('abort', () => {
        controls.leaveRest();
      });
      await done;
    });
  };
}

function settled({ accepted, refused, unclear, setAside }: BulkProgress): number {
  return accepted + refused + unclear + setAside;
}

/** Describes the progress of a run: "120,000 messages, 4,200 a second, 2 minutes left". */
export function describeProgress(progress: BulkProgress): string {
  const t = vscode.l10n.t;
  const { accepted, refused, setAside, rate, secondsLeft, state, waiting } = progress;
  const parts = [messages(accepted)];
  if (refused > 0) parts.push(t('{0} refused', number(refused)));
  if (setAside > 0) parts.push(t('{0} set aside', number(setAside)));
  if (state === 'paused') parts.push(t('paused'));
  else if (state === 'stopping') parts.push(t('stopping'));
  else if (waiting) {
    const { reason } = explain(waiting.error);
    parts.push(t('waiting for the proxy, attempt {0} ({1})', waiting.attempt, reason));
  } else if (rate > 0) {
    parts.push(t('{0} a second', number(rate)));
    if (secondsLeft !== undefined) parts.push(timeLeft(secondsLeft));
  }
  return parts.join(', ');
}

function timeLeft(seconds: number): string {
  const t = vscode.l10n.t;
  if (seconds < 60) return t('{0} s left', Math.ceil(seconds));
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60
    ? t('{0} min left', minutes)
    : t('{0} h {1} min left', Math.floor(minutes / 60), minutes % 60);
}

function describeStatus({ id, status, total, controls, ...name }: Running): void {
  const t = vscode.l10n.t;
  const isPaused = controls.progress.state === 'paused';
  const { text, tooltip, label } = runStatus(name, controls.progress, total);
  status.text = text;
  status.tooltip = tooltip;
  status.accessibilityInformation = { label, role: 'button' };
  status.command = {
    command: `kafkaRest.${isPaused ? 'resumeProducing' : 'pauseProducing'}`,
    title: isPaused ? t('Resume') : t('Pause'),
    arguments: [id],
  };
}

/** How much of a label the status bar shows. */
const LABEL_CHARACTERS = 40;

/**
 * Returns what the item of a run in the status bar says: "orders.csv to orders: 45 %", and that a
 * click pauses or resumes it.
 */
export function runStatus(
  { title, label }: RunName,
  progress: BulkProgress,
  total: number | undefined,
): { readonly text: string; readonly tooltip: string; readonly label: string } {
  const t = vscode.l10n.t;
  const isPaused = progress.state === 'paused';
  const line = oneLine(label);
  const short = line.length > LABEL_CHARACTERS ? `${line.slice(0, LABEL_CHARACTERS - 1)}…` : line;
  const amount = total
    ? t('{0} %', Math.floor((100 * settled(progress)) / total))
    : number(progress.accepted);
  const action = isPaused ? t('Resume: {0}', line) : t('Pause: {0}', line);
  return {
    text: `${isPaused ? '$(debug-pause)' : '$(sync~spin)'} ${t('{0}: {1}', short, amount)}`,
    tooltip: `${action}\n${oneLine(t('{0}: {1}', title, describeProgress(progress)))}`,
    label: t('{0}, {1}', action, amount),
  };
}

function number(count: number): string {
  return count.toLocaleString(vscode.env.language);
}
