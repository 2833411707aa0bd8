import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import { SchemaError } from '../../core/schemaRegistry/lookup';
import { visible } from '../../core/text/visible';
import { type Action, notify, type Severity } from '../dialogs/notify';
import { showResult } from '../dialogs/result';
import { actionsFor, contextOf, type FailureContext } from './remedies';
import { explain, isCancelled, UserError } from './report';
import { sentences } from './sentences';

/** More buttons than this make a notification hard to read. */
const MAX_ACTIONS = 3;

/** The log, as far as failures need it. */
export interface FailureLog {
  info(message: string): void;
  error(message: string): void;
  show(): void;
}

/** Describes failures and outcomes to the person who asked, and writes failures to the log. */
export class Reporter {
  /** `canCreateTopic` says whether topics can be created on a cluster. */
  constructor(
    private readonly log: FailureLog,
    private readonly canCreateTopic: (cluster: string) => boolean = () => true,
  ) {}

  /**
   * Shows "Could not <action>: <reason>. <advice>." with the next steps, and with *Show Log* if the
   * log tells more. Shows nothing if the person cancelled. `fallback` fills the gaps of the context
   * that the error remembers.
   */
  async failure(action: string, error: unknown, fallback: FailureContext = {}): Promise<void> {
    if (isCancelled(error)) return;
    this.record(action, error);
    const { reason, advice } = explain(error);
    const message = sentences(vscode.l10n.t('Could not {0}: {1}', action, reason), advice);
    const known = contextOf(error, fallback);
    const { cluster, again } = known;
    const remedies = actionsFor(error, {
      ...known,
      canCreateTopic:
        known.canCreateTopic ?? (cluster !== undefined && this.canCreateTopic(cluster)),
      again: again && (() => this.#attempt(action, again, fallback)),
    }).slice(0, MAX_ACTIONS);
    const isWhole = error instanceof UserError || remedies.length === MAX_ACTIONS;
    await this.#notify('error', message, isWhole ? remedies : [...remedies, this.showLog]);
  }

  /**
   * Tells an outcome: a good one in the status bar, trouble in a notification. Reports an action
   * that fails.
   */
  async tell(severity: Severity, message: string, actions: readonly Action[]): Promise<void> {
    if (severity === 'information') showResult(message, actions);
    else await this.#notify(severity, message, actions);
  }

  /** Runs an action and reports its failure. */
  async run(action: Action): Promise<void> {
    await this.#attempt(vscode.l10n.t('do “{0}”', action.title), () => action.run());
  }

  get showLog(): Action {
    return {
      title: vscode.l10n.t('Show Log'),
      run: () => {
        this.log.show();
      },
    };
  }

  /** Only writes a failure to the log, for failures that are already shown elsewhere. */
  record(action: string, error: unknown): void {
    if (isCancelled(error)) return;
    if (error instanceof UserError) this.log.info(entry(action, error.logged));
    else this.log.error(entry(action, factsOf(error)));
  }

  async #notify(severity: Severity, message: string, actions: readonly Action[]): Promise<void> {
    const reported = actions.map((action) => ({
      title: action.title,
      run: () => this.run(action),
    }));
    await notify(severity, message, reported);
  }

  async #attempt(action: string, run: () => unknown, fallback: FailureContext = {}): Promise<void> {
    try {
      await run();
    } catch (error) {
      await this.failure(action, error, fallback);
    }
  }
}

function factsOf(error: unknown): string {
  if (error instanceof KafkaError) {
    return [error.kind, error.status, error.host, error.detail].filter(Boolean).join(' · ');
  }
  // What is wrong with a schema may quote it.
  if (error instanceof SchemaError) {
    const { kind, cause } = error;
    return ['no schema', kind, ...(cause instanceof KafkaError ? [factsOf(cause)] : [])].join(
      ' · ',
    );
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Returns an entry of the log. Lines after the first are indented, so that nobody can forge one. */
function entry(action: string, facts: string): string {
  return visible(`Could not ${action}: ${facts}`, '\n\t').replaceAll('\n', '\n    ');
}
