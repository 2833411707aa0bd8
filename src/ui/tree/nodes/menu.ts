import type { CommandId } from '../../base/commandIds';
import type { Ability } from '../../../core/cluster/abilities';

/** What commands need of a cluster; the others need nothing that any lacks. */
const NEEDS: Partial<Record<CommandId, Ability>> = {
  createTopic: 'createTopic',
  produceMessage: 'produce',
  produceFile: 'produce',
  consume: 'read',
  viewMessages: 'read',
  exportMessages: 'read',
  copyMessages: 'read',
};

/**
 * The commands that nodes of a kind offer: all, and those that show as icons on the row as well. The
 * manifest says where each stands in the menu, on condition that `viewItem` has its name.
 */
export class Menu {
  static readonly none = new Menu([]);

  constructor(
    readonly commands: readonly CommandId[],
    readonly inline: readonly CommandId[] = [],
  ) {}

  /**
   * What `viewItem` says of the commands, "consume refresh inline-refresh", where `offers` tells whether
   * the cluster offers an ability.
   */
  words(offers: (ability: Ability) => boolean): string {
    const isOffered = (command: CommandId): boolean => {
      const need = NEEDS[command];
      return need === undefined || offers(need);
    };
    return [
      ...this.commands.filter(isOffered),
      ...this.inline.filter(isOffered).map((command) => `inline-${command}`),
    ].join(' ');
  }
}
