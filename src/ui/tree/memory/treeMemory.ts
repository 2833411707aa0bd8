import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { ConsumerGroup, TopicProperty } from '../../../core/administration';
import type { Broker, Partition } from '../../../core/kafka';
import { type ClusterState, outlasts, stateAfter } from './clusterStates';
import type { GroupDetails } from './groupDetails';
import { Remembered } from './remembered';

/** What the tree has learned from the clusters, by the ids of the nodes. */
export class TreeMemory {
  /** The names of the topics in natural order, by the id of the node above them. */
  readonly topics = this.#remember<readonly string[]>();
  readonly brokers = this.#remember<readonly Broker[]>();
  /** The partitions of the topics, by the ids of the topics. */
  readonly partitions = this.#remember<readonly Partition[]>();
  /** The configurations of the topics, by the ids of the nodes that show them. */
  readonly properties = this.#remember<readonly TopicProperty[]>();
  readonly groups = this.#remember<readonly ConsumerGroup[]>();
  /** The members and positions of the groups, by the ids of the groups. */
  readonly groupDetails = this.#remember<GroupDetails>();
  readonly #lists = [
    this.topics,
    this.brokers,
    this.partitions,
    this.properties,
    this.groups,
    this.groupDetails,
  ] as const;
  /** A definition that has changed is another object, and begins without a state. */
  readonly #states = new WeakMap<ClusterDefinition, ClusterState>();

  /** `changed` is told each cluster whose state is another one now. */
  constructor(private readonly changed: (cluster: string) => void) {}

  stateOf(definition: ClusterDefinition): ClusterState | undefined {
    return this.#states.get(definition);
  }

  /**
   * Returns those topics or groups of a list whose size or lag is older than the list, or missing;
   * none if the list could not be fetched again.
   */
  outdated<T extends { readonly id: string }>(
    list: string,
    nodes: readonly T[],
    definition: ClusterDefinition,
  ): readonly T[] {
    const listed = this.topics.get(list, definition) ?? this.groups.get(list, definition);
    if (listed?.failure !== undefined) return [];
    return nodes.filter(({ id }) => {
      const size = this.partitions.get(id, definition) ?? this.groupDetails.get(id, definition);
      return !size || !listed || size.at < listed.at;
    });
  }

  recall(id: string, isOpen: (id: string) => boolean): void {
    for (const list of this.#lists) list.recall(id, isOpen);
  }

  renew(id?: string): void {
    for (const list of this.#lists) list.renew(id);
  }

  /** Forgets everything about a cluster, which may be another one from now on. */
  forget(id: string, definition: ClusterDefinition | undefined): void {
    for (const list of this.#lists) list.forget(id);
    if (definition) this.#states.delete(definition);
  }

  #remember<T>(): Remembered<T, ClusterDefinition> {
    return new Remembered(outlasts, (definition, failure) => {
      const state = stateAfter(failure, Date.now());
      if (!state) return;
      const before = this.stateOf(definition);
      this.#states.set(definition, state);
      if (before?.kind !== state.kind) this.changed(definition.name);
    });
  }
}
