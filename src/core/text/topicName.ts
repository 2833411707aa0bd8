const TOPIC_NAME = /^[A-Za-z0-9._-]{1,249}$/;

/** Whether Kafka allows a topic of this name. What a server lists may still be called otherwise. */
export function isTopicName(name: string): boolean {
  return TOPIC_NAME.test(name) && name !== '.' && name !== '..';
}
