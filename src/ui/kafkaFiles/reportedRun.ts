import * as vscode from 'vscode';
import type { CommandId } from '../base/commandIds';
import type { Capabilities } from '../../core/kafka';
import type { Action } from '../dialogs/notify';
import type { SendView } from '../produce/produce';
import { messages } from '../words/counts';
import { actionsFor, contextOf, type FailureContext, withRemedies } from '../words/remedies';
import { isCancelled, UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import type { BlockOutcomes, BlockReport, Outcome } from './blockOutcomes';
import type { Located } from './blocks';
import { type BlockTarget, failedOutcome, producedOutcome, runningOutcome } from './outcomeWords';

/** The command that runs a block, and how many messages of it to produce. */
export interface Rerun {
  readonly command: Extract<CommandId, 'runBlock' | 'startBlock' | 'followBlock'>;
  readonly count?: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A run of a block that shows beside the block how it goes and how it ended. */
export class ReportedRun {
  readonly #report: BlockReport;
  readonly #context: Writable<FailureContext>;

  private constructor(
    private readonly located: Located,
    outcomes: BlockOutcomes,
    { command, count }: Rerun,
    private readonly reporter: Reporter,
  ) {
    this.#report = outcomes.begin(located, runningOutcome(vscode.l10n.t('running')));
    const tryAgain = this.#action(vscode.l10n.t('Try Again'), command, count);
    this.#context = { again: () => tryAgain.run() };
  }

  /**
   * Runs a task, and shows its failure beside the block. Throws what the task throws, with what can
   * be done next.
   */
  static async do<T>(
    located: Located,
    outcomes: BlockOutcomes,
    rerun: Rerun,
    reporter: Reporter,
    task: (run: ReportedRun) => Promise<T>,
  ): Promise<T> {
    const run = new ReportedRun(located, outcomes, rerun, reporter);
    try {
      return await withRemedies(run.#context, () => task(run));
    } catch (error) {
      run.show(isCancelled(error) ? undefined : failedOutcome(error, run.afterFailure(error)));
      throw error;
    }
  }

  /** Remembers for the case of a failure what the run is about. */
  isAbout(
    { cluster, topic }: BlockTarget,
    { createTopic }: Pick<Capabilities, 'createTopic'>,
  ): void {
    this.#context.cluster = cluster;
    this.#context.topic = topic;
    this.#context.canCreateTopic = createTopic !== false;
  }

  /** Shows an outcome, or none. Returns whether the block still exists. */
  show(outcome: Outcome | undefined): boolean {
    return this.#report.show(outcome);
  }

  /** Shows how the run goes, with a link that stops it. */
  showRunning(text: string): void {
    const stop = this.#action(vscode.l10n.t('Stop'), 'stopBlock');
    this.#report.show(runningOutcome(text, [stop]));
  }

  /** Shows how messages are sent and what became of them. */
  sendView(target: BlockTarget): SendView {
    return {
      progress: ({ accepted, total }) => {
        const text = vscode.l10n.t('{0} of {1}', accepted, messages(total));
        this.#report.show(runningOutcome(text));
      },
      ended: (result) => {
        this.#report.show(producedOutcome(target, result));
      },
    };
  }

  /** Returns what a person may do after a failure. */
  afterFailure(error: unknown): readonly Action[] {
    const remedies = actionsFor(error, { ...contextOf(error, {}), ...this.#context });
    return error instanceof UserError ? remedies : [...remedies, this.reporter.showLog];
  }

  /** Returns an action that runs a command on the block, wherever it is then. */
  #action(title: string, command: CommandId, count?: number): Action {
    const uri = this.located.document.uri.toString();
    return {
      title,
      run: () =>
        vscode.commands.executeCommand(`kafkaRest.${command}`, {
          uri,
          line: this.#report.line(),
          ...(count !== undefined && { count }),
        }),
    };
  }
}
