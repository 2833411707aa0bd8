import type { CommandId } from './commandIds';

/** What a command does. It gets what VS Code passes: a tree node, a target, a URI, or nothing. */
export interface Command {
  /** Completes "Could not …". */
  readonly action: string;
  run(argument: unknown): unknown;
}

export type CommandTable = Readonly<Record<CommandId, Command>>;
