import { array, byte, integer, named, object, oneOf, type } from './schema';

const headers = named(
  array(
    named(object({ key: type('string'), value: byte }, { required: ['key', 'value'], open: true })),
  ),
);
const key = named(oneOf(['array', 'object', 'string']));
const value = named(oneOf(['array', 'object', 'string', 'null']));

const partition = named(object({ topic: type('string'), partition: integer(32) }));

/** The bodies that the bridge takes. */
export const schemas = {
  createTopic: object(
    { topic_name: type('string'), partitions_count: integer(32), replication_factor: integer(32) },
    { required: ['topic_name'] },
  ),
  records: object({
    records: array(
      named(
        object(
          { key, value, partition: integer(32), timestamp: integer(64), headers },
          { required: ['value'] },
        ),
      ),
    ),
  }),
  partitionRecords: object({
    records: array(named(object({ key, value, headers }, { required: ['value'] }))),
  }),
  createInstance: object({
    name: type('string'),
    format: type('string'),
    'auto.offset.reset': type('string'),
    'enable.auto.commit': type('boolean'),
    'fetch.min.bytes': integer(32),
    'consumer.request.timeout.ms': integer(32),
    'isolation.level': type('string'),
  }),
  partitions: object({ partitions: array(partition) }),
  offsets: object({
    offsets: array(
      named(object({ topic: type('string'), partition: integer(32), offset: integer(64) })),
    ),
  }),
};
