import type { Capabilities } from '../../kafka';

export const CAPABILITIES = {
  metadataLags: false,
  brokers: true,
  createTopic: false,
  produce: {
    headers: false,
    timestamp: false,
    tombstone: false,
    binary: true,
    // It refuses bodies of more than 1 MiB.
    maxBatchBytes: 1_000_000,
    maxBatchRecords: 500,
  },
  read: { headers: false, timestamp: true },
  topicProperties: true,
  groups: false,
  deleteTopic: false,
  alterTopic: false,
  addPartitions: false,
} as const satisfies Capabilities;
