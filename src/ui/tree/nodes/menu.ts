import type { CommandId } from '../../base/commandIds';
import type { Ability, Inability } from '../../../core/cluster/abilities';

/**
 * What a command needs of its cluster: an ability, a secret to sign in with, a schema registry, or
 * one that may be written to.
 */
export type Need = Ability | 'secret' | 'registry' | 'register';

/** Other commands work on every cluster. */
export const NEEDS: Readonly<Partial<Record<CommandId, Need>>> = {
  replaceSecret: 'secret',
  createTopic: 'createTopic',
  deleteTopic: 'deleteTopic',
  changeConfiguration: 'alterTopic',
  addPartitions: 'addPartitions',
  produceMessage: 'produce',
  produceFile: 'produce',
  openMessages: 'read',
  consume: 'read',
  viewMessages: 'read',
  followMessages: 'read',
  exportMessages: 'read',
  copyMessages: 'read',
  openValueSchema: 'registry',
  openKeySchema: 'registry',
  registerSchema: 'register',
  newSubject: 'register',
};

/** Why a cluster does not meet a need: an inability, or it has no secret or no registry at all. */
export type Obstacle = Inability | 'needless';

/** The entries of the manifest that are never enabled and say why those beside them are not. */
export const REASONS: Readonly<Record<Ability, CommandId>> = {
  read: 'cannotRead',
  produce: 'cannotProduce',
  createTopic: 'cannotCreateTopics',
  // Most REST proxies do none of it, and one entry says so.
  deleteTopic: 'cannotManageTopics',
  alterTopic: 'cannotManageTopics',
  addPartitions: 'cannotManageTopics',
};

/**
 * The commands that nodes of a kind offer in their menu, and those shown as icons on the row as
 * well. The manifest says where each command stands in the menu, if `viewItem` contains its name.
 */
export class Menu {
  static readonly none = new Menu([]);

  /** What its commands need, each need once. */
  readonly #needs: readonly Need[];
  /** The words for each combination of obstacles, because thousands of topics share a menu. */
  readonly #words = new Map<string, string>();

  constructor(
    readonly commands: readonly CommandId[],
    readonly inline: readonly CommandId[] = [],
  ) {
    const needs = commands.map((command) => NEEDS[command]);
    this.#needs = [...new Set(needs.filter((need) => need !== undefined))];
  }

  /** Returns this menu without some of its commands. */
  without(...others: readonly CommandId[]): Menu {
    const stays = (command: CommandId) => !others.includes(command);
    return new Menu(this.commands.filter(stays), this.inline.filter(stays));
  }

  /**
   * Returns the names of the commands for `viewItem`, such as "consume refresh inline-refresh".
   * `obstacle` says why the cluster does not meet a need. A command with an obstacle stays in the
   * menu. The manifest disables it because of a word such as "no-produce", and a word such as
   * "readOnly" adds the reason.
   */
  words(obstacle: (need: Need) => Obstacle | undefined): string {
    const found = new Map(this.#needs.map((need) => [need, obstacle(need)]));
    const key = [...found.values()].join();
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    const words = this.#wordsFor(found);
    this.#words.set(key, words);
    return words;
  }

  #wordsFor(found: ReadonlyMap<Need, Obstacle | undefined>): string {
    const obstacleTo = (command: CommandId): Obstacle | undefined => {
      const need = NEEDS[command];
      return need && found.get(need);
    };
    const words = [
      ...this.commands.filter((command) => obstacleTo(command) !== 'needless'),
      ...this.inline
        .filter((command) => !obstacleTo(command))
        .map((command) => `inline-${command}`),
    ];
    const reasons = new Set<string>();
    for (const [need, inability] of found) {
      if (!inability || inability === 'needless') continue;
      words.push(`no-${need}`);
      reasons.add(inability === 'read-only' || !isAbility(need) ? 'readOnly' : REASONS[need]);
    }
    return [...words, ...reasons].join(' ');
  }
}

function isAbility(need: Need): need is Ability {
  return need in REASONS;
}
