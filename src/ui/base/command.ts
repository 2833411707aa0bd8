import type { CommandId } from './commandIds';

/**
 * Runs a command with the argument that VS Code passes: a tree node, a target, a URI, or nothing.
 */
export interface Command {
  /** Completes "Could not …". */
  readonly action: string;
  run(argument: unknown): unknown;
}

export type CommandTable = Readonly<Record<CommandId, Command>>;
