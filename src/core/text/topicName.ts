const TOPIC_NAME = /^[A-Za-z0-9._-]{1,249}$/;

/** Whether Kafka allows this topic name. A server may still list other names. */
export function isTopicName(name: string): boolean {
  return TOPIC_NAME.test(name) && name !== '.' && name !== '..';
}
