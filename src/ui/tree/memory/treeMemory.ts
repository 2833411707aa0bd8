import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { ConsumerGroup, TopicProperty } from '../../../core/administration';
import type { Broker, Partition } from '../../../core/kafka';
import { type ClusterState, outlasts, stateAfter } from './clusterStates';
import type { GroupDetails } from './groupDetails';
import type { NodeFacts } from './nodeFacts';
import { Remembered } from './remembered';
import type { SchemaFacts, SubjectDetails } from './schemaFacts';

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
  /** The names of the subjects in natural order, by the id of the node above them. */
  readonly subjects = rememberApart<readonly string[]>();
  /** The latest versions of the subjects, and all that were asked for, by the ids of their nodes. */
  readonly schemas = rememberApart<SchemaFacts>();
  readonly subjectDetails = rememberApart<SubjectDetails>();
  readonly #lists = [
    this.topics,
    this.brokers,
    this.partitions,
    this.properties,
    this.groups,
    this.groupDetails,
    this.subjects,
    this.schemas,
    this.subjectDetails,
  ] as const;
  /** A definition that has changed is another object, and begins without a state. */
  readonly #states = new WeakMap<ClusterDefinition, ClusterState>();

  /** `changed` is told each cluster whose state is another one now. */
  constructor(private readonly changed: (cluster: string) => void) {}

  stateOf(definition: ClusterDefinition): ClusterState | undefined {
    return this.#states.get(definition);
  }

  /** Returns what is known of a node. `definition` is that of its cluster, if there is one. */
  factsOf(id: string, definition: ClusterDefinition | undefined): NodeFacts {
    if (!definition) return {};
    return {
      definition,
      state: this.stateOf(definition),
      partitions: this.partitions.get(id, definition)?.value,
      group: this.groupDetails.get(id, definition),
      schema: this.schemas.get(id, definition)?.value,
      subject: this.subjectDetails.get(id, definition)?.value,
    };
  }

  /**
   * Returns those nodes of a list whose size, lag or schema is older than the list, or missing; none
   * if the list could not be fetched again.
   */
  outdated<T extends { readonly id: string }>(
    list: string,
    nodes: readonly T[],
    definition: ClusterDefinition,
  ): readonly T[] {
    const listed =
      this.topics.get(list, definition) ??
      this.groups.get(list, definition) ??
      this.subjects.get(list, definition) ??
      this.subjectDetails.get(list, definition);
    if (listed?.failure !== undefined) return [];
    return nodes.filter(({ id }) => {
      const known =
        this.partitions.get(id, definition) ??
        this.groupDetails.get(id, definition) ??
        this.schemas.get(id, definition);
      return !known || !listed || known.at < listed.at;
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

/** Remembers what schema registries tell: how one fares says nothing about its cluster. */
function rememberApart<T>(): Remembered<T, ClusterDefinition> {
  return new Remembered(outlasts, () => undefined);
}
