import type { CommandId } from './commandIds';

/**
 * Runs a command with the argument that VS Code passes: a tree node, a target, a URI, or nothing. If
 * it was called on one of several nodes that are selected, `selected` holds all of them.
 */
export interface Command {
  /** Completes "Could not …". */
  readonly action: string;
  run(argument: unknown, selected?: unknown): unknown;
}

export type CommandTable = Readonly<Record<CommandId, Command>>;
