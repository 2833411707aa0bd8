import type { CommandId } from '../../base/commandIds';

/** The commands that change a cluster, which nothing that is read-only offers. */
const WRITING: ReadonlySet<CommandId> = new Set(['createTopic', 'produceMessage', 'produceFile']);

/**
 * The commands that nodes of a kind offer: all, and those that show as icons on the row as well. The
 * manifest says where each stands in the menu, on condition that `viewItem` has its name.
 */
export class Menu {
  static readonly none = new Menu([]);

  readonly #all: string;
  readonly #reading: string;

  constructor(
    readonly commands: readonly CommandId[],
    readonly inline: readonly CommandId[] = [],
  ) {
    const words = (offers: (command: CommandId) => boolean) =>
      [
        ...commands.filter(offers),
        ...inline.filter(offers).map((command) => `inline-${command}`),
      ].join(' ');
    this.#all = words(() => true);
    this.#reading = words((command) => !WRITING.has(command));
  }

  /** What `viewItem` says of the commands: "consume refresh inline-refresh". */
  words(readOnly: boolean): string {
    return readOnly ? this.#reading : this.#all;
  }
}
