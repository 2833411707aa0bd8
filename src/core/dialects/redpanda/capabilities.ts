import type { Capabilities } from '../../kafka';

export const CAPABILITIES = {
  metadataLags: false,
  probes: true,
  brokers: true,
  createTopic: false,
  produce: {
    headers: false,
    timestamp: false,
    tombstone: true,
    binary: true,
    emptyKeys: true,
    // Kafka's own limit for a batch in a topic; see `HdinsightProxy`.
    maxBatchBytes: 1024 * 1024,
    maxBatchRecords: 1000,
  },
  read: { headers: false, timestamp: false },
  topicProperties: false,
  groups: false,
  deleteTopic: false,
  alterTopic: false,
  addPartitions: false,
} as const satisfies Capabilities;
