import { known, lenient, map, number, object, type Schema, string } from '../core/schema';
import { visible } from '../core/text/visible';

/** An HDInsight cluster with Kafka, as Azure Resource Manager describes it. */
export interface FoundCluster {
  readonly name: string;
  /** The id of the resource: `/subscriptions/.../clusters/contoso`. */
  readonly resourceId: string;
  readonly location: string;
  /** Such as `Running`; empty if it is not told. */
  readonly state: string;
  /** The address of its REST proxy. Missing: the cluster was created without one. */
  readonly endpoint?: string;
  /** The security group whose members may use the REST proxy: its name, or else its id. */
  readonly group?: string;
}

/** Text that others have chosen and that people read. */
const shown: Schema<string> = map(string, (text) => visible(text));

const hostName = map(string, (text) =>
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]+$/i.test(text) ? text.toLowerCase() : undefined,
);

const cluster = object({
  id: shown,
  name: shown,
  location: lenient(shown),
  properties: object({
    clusterState: lenient(shown),
    clusterDefinition: object({ kind: string }),
    kafkaRestProperties: lenient(
      object({
        clientGroupInfo: lenient(object({ groupName: lenient(shown), groupId: lenient(shown) })),
      }),
    ),
    connectivityEndpoints: lenient(
      known(object({ name: string, location: lenient(hostName), port: lenient(number) })),
    ),
  }),
});

/** The name of the endpoint of the REST proxy among those of a cluster. */
const REST_PROXY = 'KafkaRestProxyPublicEndpoint';

/** Reads a cluster. Returns `undefined` if it is not one with Kafka. */
export const toFoundCluster: Schema<FoundCluster> = map(cluster, (read) => {
  const { id: resourceId, name, location = '', properties } = read;
  const { clusterState: state = '', clusterDefinition, kafkaRestProperties } = properties;
  // Azure writes it in either case.
  if (clusterDefinition.kind.toLowerCase() !== 'kafka') return undefined;
  const { groupName, groupId } = kafkaRestProperties?.clientGroupInfo ?? {};
  const group = groupName || groupId;
  const proxy = properties.connectivityEndpoints?.find((each) => each.name === REST_PROXY);
  return {
    name,
    resourceId,
    location,
    state,
    ...(proxy?.location !== undefined && { endpoint: addressOf(proxy.location, proxy.port) }),
    ...(group && { group }),
  };
});

/** Whether a cluster can respond. */
export type Condition = 'running' | 'changing' | 'deleting' | 'failed';

/** The states that the documentation of HDInsight names, in lower case. Others are on the way. */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  '': 'running',
  running: 'running',
  operational: 'running',
  deleting: 'deleting',
  deletequeued: 'deleting',
  deletepending: 'deleting',
  error: 'failed',
  timedout: 'failed',
  unknown: 'failed',
};

/** Returns what the state of a cluster means. A cluster whose state is not told counts as running. */
export function conditionOf({ state }: Pick<FoundCluster, 'state'>): Condition {
  return CONDITIONS[state.toLowerCase()] ?? 'changing';
}

function addressOf(host: string, port = 443): string {
  return port === 443 ? `https://${host}` : `https://${host}:${port}`;
}
