import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Progress, withProgress } from '../../../src/ui/dialogs/progress';

const { Notification, Window } = vscode.ProgressLocation;

interface Shown {
  readonly where: unknown;
  readonly title: string | undefined;
  readonly reports: { message?: string; increment?: number }[];
  readonly cancel: () => void;
}

describe('Progress', () => {
  const shown: Shown[] = [];
  const original = vscode.window.withProgress;

  beforeEach(() => {
    shown.length = 0;
    const replaced: typeof original = ({ location, title }, task) => {
      const source = new vscode.CancellationTokenSource();
      const reports: Shown['reports'] = [];
      const cancel = () => {
        source.cancel();
      };
      shown.push({ where: location, title, reports, cancel });
      return task({ report: (value) => reports.push(value) }, source.token);
    };
    Object.assign(vscode.window, { withProgress: replaced });
  });

  afterEach(() => {
    Object.assign(vscode.window, { withProgress: original });
  });

  /** Reports, and ends when it is told to or aborted. */
  function task(finished: Promise<unknown>) {
    return (signal: AbortSignal, progress: Progress): Promise<unknown> => {
      progress.report({ message: 'half', increment: 50 });
      return Promise.race([
        finished,
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
      ]);
    };
  }

  /** Resolves once the notification shows. */
  async function notified(): Promise<Shown> {
    for (;;) {
      const [, second] = shown;
      if (second) return second;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it('of a short task shows in the status bar alone', async () => {
    assert.equal(await withProgress('Reading orders', task(Promise.resolve(7))), 7);
    assert.deepEqual(
      shown.map(({ where, title }) => ({ where, title })),
      [{ where: Window, title: 'Reading orders' }],
    );
  });

  it('of a longer one goes on in a notification, with what was reported', async () => {
    let finish: (result: number) => void = () => undefined;
    const running = withProgress(
      'Reading orders',
      task(new Promise<number>((resolve) => (finish = resolve))),
    );
    const { where, title, reports } = await notified();
    assert.deepEqual(
      { where, title, reports },
      {
        where: Notification,
        title: 'Reading orders',
        reports: [{ message: 'half', increment: 50 }],
      },
    );
    finish(7);
    assert.equal(await running, 7);
  });

  it('can be cancelled there', async () => {
    const running = withProgress('Reading orders', task(new Promise(() => undefined)));
    (await notified()).cancel();
    await assert.rejects(running, vscode.CancellationError);
  });

  it('of a task that fails shows nothing more', async () => {
    const error = new Error('no');
    await assert.rejects(withProgress('Reading orders', task(Promise.reject(error))), error);
    assert.equal(shown.length, 1);
  });
});
