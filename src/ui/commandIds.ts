/** Every command that the manifest declares, without the prefix `kafkaRest.`. */
export const commandIds = [
  'addCluster',
  'editCluster',
  'removeCluster',
  'testCluster',
  'replaceSecret',
  'refresh',
  'filterTopics',
  'clearTopicFilter',
  'copyName',
  'createTopic',
  'produceSelection',
  'produceDocument',
  'produceMessage',
  'consume',
  'consumeMore',
  'saveMessages',
  'startEmulator',
  'stopEmulator',
  'showLog',
] as const;

export type CommandId = (typeof commandIds)[number];
