import type { ClusterDefinition } from '../../../core/cluster/definition';
import type { Partition } from '../../../core/kafka';
import type { ClusterState } from './clusterStates';
import type { GroupDetails } from './groupDetails';
import type { Fetched } from './remembered';
import type { SchemaFacts, SubjectDetails } from './schemaFacts';

/** What is known of a node beyond its own values, and changes while the node stays the same. */
export interface NodeFacts {
  /** The definition of its cluster. */
  readonly definition?: ClusterDefinition | undefined;
  /** The state of its cluster; missing: it was never asked. */
  readonly state?: ClusterState | undefined;
  /** The partitions of a topic, if they were fetched. */
  readonly partitions?: readonly Partition[] | undefined;
  /** The members and positions of a consumer group, if they were fetched. */
  readonly group?: Fetched<GroupDetails> | undefined;
  /** A version of a subject, or the latest one of a subject, if it was fetched. */
  readonly schema?: SchemaFacts | undefined;
  /** The versions and the compatibility of a subject, if they were fetched. */
  readonly subject?: SubjectDetails | undefined;
}
