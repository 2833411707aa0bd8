import type { Capabilities } from '../../kafka';
import type { Apis } from './apis';

// The limits of a call are not documented. 1 MiB is Kafka's own default for a producer's request.
const LIMITS = { maxBatchBytes: 1024 * 1024, maxBatchRecords: 1000 };

/** What a proxy offers with both APIs, which is assumed until it has responded. */
export const BOTH: Capabilities = {
  metadataLags: false,
  brokers: true,
  createTopic: { properties: true },
  produce: { headers: true, timestamp: true, tombstone: true, binary: true, ...LIMITS },
  read: { headers: false, timestamp: false, offsetAtTime: true },
  topicProperties: true,
  groups: true,
  deleteTopic: true,
  alterTopic: true,
  addPartitions: true,
};

/** Returns what a proxy with these APIs offers: v2 alone does not administer, v3 does not read. */
export function capabilitiesOf({
  v2,
  v3,
}: Readonly<Partial<Record<keyof Apis, unknown>>>): Capabilities {
  if (v2 && v3) return BOTH;
  if (v3) return { ...BOTH, read: false };
  return {
    ...BOTH,
    createTopic: false,
    produce: { headers: false, timestamp: false, tombstone: true, binary: true, ...LIMITS },
    groups: false,
    deleteTopic: false,
    alterTopic: false,
    addPartitions: false,
  };
}
