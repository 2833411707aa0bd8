import type * as vscode from 'vscode';
import type { Ability } from '../../core/cluster/abilities';
import { remember } from '../base/remember';
import { array, index, lenient, object, string } from '../../core/schema';

/** A topic of a cluster, and perhaps one of its partitions. */
export interface TopicTarget {
  readonly cluster: string;
  readonly topic: string;
  readonly partition?: number;
}

/** A target that the person probably means, and why. */
export interface LikelyTarget extends TopicTarget {
  readonly because: 'selected' | 'active' | 'used';
}

/** What is known of a target. */
type KnownTarget = { readonly [M in keyof TopicTarget]?: TopicTarget[M] | undefined };

export interface TargetSources {
  /** Returns the node that is selected in the tree, while the tree shows. */
  selected(): KnownTarget | undefined;
  /** Returns the target of the active document, viewer or block. */
  active(): KnownTarget | undefined;
  /** Returns whether a cluster exists and has an ability. */
  can(cluster: string, ability: Ability): boolean;
}

const USED_KEY = 'kafkaRest.usedTargets';
const MAX_USED = 10;

const savedTargets = array(object({ cluster: string, topic: string, partition: lenient(index) }));

/** The topics that the person probably means, so that commands need not ask. */
export class Targets {
  constructor(
    private readonly state: vscode.Memento,
    private readonly sources: TargetSources,
  ) {}

  /**
   * Returns the topics that the person probably means, the most likely first, each once. Leaves out
   * clusters that are gone or lack the ability.
   */
  list(ability: Ability): readonly LikelyTarget[] {
    const { sources } = this;
    const found = new Map<string, LikelyTarget>();
    const add = (target: KnownTarget | undefined, because: LikelyTarget['because']): void => {
      const { cluster, topic, partition } = target ?? {};
      if (cluster === undefined || topic === undefined || !sources.can(cluster, ability)) return;
      const key = JSON.stringify([cluster, topic]);
      if (found.has(key)) return;
      found.set(key, { cluster, topic, because, ...(partition !== undefined && { partition }) });
    };
    add(sources.selected(), 'selected');
    add(sources.active(), 'active');
    for (const target of this.#used()) add(target, 'used');
    return [...found.values()];
  }

  /** Returns the topic that the person probably means, among those that match what is given. */
  likely(ability: Ability, given: KnownTarget = {}): LikelyTarget | undefined {
    return this.list(ability).find(
      ({ cluster, topic }) =>
        (given.cluster ?? cluster) === cluster && (given.topic ?? topic) === topic,
    );
  }

  /** Remembers a topic that was used, for the next time. */
  async used({ cluster, topic }: TopicTarget): Promise<void> {
    const others = this.#used().filter((each) => each.cluster !== cluster || each.topic !== topic);
    await remember(this.state, USED_KEY, [{ cluster, topic }, ...others].slice(0, MAX_USED));
  }

  /** Forgets a topic that is gone. */
  async forget({ cluster, topic }: TopicTarget): Promise<void> {
    const used = this.#used();
    const others = used.filter((each) => each.cluster !== cluster || each.topic !== topic);
    if (others.length < used.length) await remember(this.state, USED_KEY, others);
  }

  #used(): readonly KnownTarget[] {
    return savedTargets(this.state.get(USED_KEY)) ?? [];
  }
}
