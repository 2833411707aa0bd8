import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';
import type { BulkProgress } from '../../transfer/bulk/bulkReport';
import { type Progress, withProgress } from '../dialogs/progress';
import { explain } from '../words/report';
import { messages } from '../words/counts';

/** The controls and the state of a run. */
export interface Controls {
  readonly progress: BulkProgress;
  pause(): void;
  resume(): void;
  leaveRest(): void;
}

/** A run that is ready to begin. */
export interface Run<T> {
  readonly producer: Controls;
  /** The total of what `BulkProgress` counts; `undefined` if it is not known. */
  readonly total: number | undefined;
  readonly run: () => Promise<T>;
}

interface Running {
  readonly id: number;
  readonly title: string;
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

  /** Runs a task and shows its progress, under a title that names what is sent where. */
  async show<T>(text: string, open: (signal: AbortSignal) => Promise<Run<T>>): Promise<T> {
    const title = oneLine(text);
    return withProgress(title, async (signal, progress) => {
      const { producer: controls, total, run } = await open(signal);
      const id = ++this.#count;
      const status = vscode.window.createStatusBarItem(`kafkaRest.producing.${id}`);
      status.name = title;
      const running = { id, title, total, controls, status };
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

function describeStatus({ id, title, controls, status, total }: Running): void {
  const t = vscode.l10n.t;
  const { progress } = controls;
  const paused = progress.state === 'paused';
  const amount = total
    ? `${Math.floor((100 * settled(progress)) / total)} %`
    : number(progress.accepted);
  status.text = `${paused ? '$(debug-pause)' : '$(sync~spin)'} ${amount}`;
  status.tooltip = `${title}: ${describeProgress(progress)}`;
  status.command = {
    command: `kafkaRest.${paused ? 'resumeProducing' : 'pauseProducing'}`,
    title: paused ? t('Resume') : t('Pause'),
    arguments: [id],
  };
  const what = paused ? t('Press Enter to resume.') : t('Press Enter to pause.');
  status.accessibilityInformation = { label: `${title}, ${amount}. ${what}`, role: 'button' };
}

function number(count: number): string {
  return count.toLocaleString(vscode.env.language);
}
