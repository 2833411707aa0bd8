import type { Capabilities } from '../../kafka';

export const CAPABILITIES = {
  metadataLags: false,
  brokers: false,
  createTopic: { properties: false },
  produce: {
    headers: true,
    timestamp: true,
    // The bridge would write three bytes that nobody sent.
    tombstone: false,
    binary: true,
    // The bridge has no limit. Its producer sends about this much at once, and the records of a
    // call whose response is lost are all unclear.
    maxBatchBytes: 1024 * 1024,
    maxBatchRecords: 500,
  },
  read: { headers: true, timestamp: true, offsetAtTime: true },
  topicProperties: true,
  groups: false,
  deleteTopic: false,
  alterTopic: false,
  addPartitions: false,
} as const satisfies Capabilities;
