import type { Capabilities } from '../../kafka';

export const CAPABILITIES = {
  metadataLags: true,
  brokers: true,
  createTopic: { properties: true },
  produce: {
    headers: false,
    timestamp: false,
    tombstone: false,
    binary: false,
    // The size limit of a call is not documented. 1 MiB is Kafka's own default for a producer's
    // request (`max.request.size`) and for a batch in a topic (`message.max.bytes`). With 1,000
    // records, few become unclear when a response is lost.
    maxBatchBytes: 1024 * 1024,
    maxBatchRecords: 1000,
  },
  read: { headers: false, timestamp: true },
  topicProperties: false,
  groups: false,
  deleteTopic: false,
  alterTopic: false,
  addPartitions: false,
} as const satisfies Capabilities;
