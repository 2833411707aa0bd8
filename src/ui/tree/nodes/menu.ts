import type { CommandId } from '../../base/commandIds';
import type { Ability } from '../../../core/cluster/abilities';

/** What a command needs of its cluster: an ability, or a secret to sign in with. */
export type Need = Ability | 'secret';

/** Other commands work on every cluster. */
const NEEDS: Partial<Record<CommandId, Need>> = {
  replaceSecret: 'secret',
  createTopic: 'createTopic',
  produceMessage: 'produce',
  produceFile: 'produce',
  consume: 'read',
  viewMessages: 'read',
  exportMessages: 'read',
  copyMessages: 'read',
};

/**
 * The commands that nodes of a kind offer in their menu, and those shown as icons on the row as
 * well. The manifest says where each command stands in the menu, if `viewItem` contains its name.
 */
export class Menu {
  static readonly none = new Menu([]);

  constructor(
    readonly commands: readonly CommandId[],
    readonly inline: readonly CommandId[] = [],
  ) {}

  /**
   * Returns the names of the commands for `viewItem`, such as "consume refresh inline-refresh".
   * `meets` says whether the cluster meets a need.
   */
  words(meets: (need: Need) => boolean): string {
    const isOffered = (command: CommandId): boolean => {
      const need = NEEDS[command];
      return need === undefined || meets(need);
    };
    return [
      ...this.commands.filter(isOffered),
      ...this.inline.filter(isOffered).map((command) => `inline-${command}`),
    ].join(' ');
  }
}
