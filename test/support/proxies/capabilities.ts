import type { Capabilities } from '../../../src/core/kafka';

/** The capabilities of a dialect that can do nothing but describe topics. */
export const NO_CAPABILITIES = {
  metadataLags: false,
  brokers: false,
  createTopic: false,
  produce: false,
  read: false,
  topicProperties: false,
  groups: false,
  deleteTopic: false,
  alterTopic: false,
  addPartitions: false,
} as const satisfies Capabilities;
