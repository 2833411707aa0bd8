import type { TopicPropertyChange } from '../../../core/administration';
import type { NewTopic } from '../../../core/kafka';
import type { BackendProperty } from '../../backend';
import type { Reader } from '../wire/reader';
import { check, type Api } from './api';

/** How long the controller may take until all brokers know of a change, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** The kind of resource that a topic is. */
const TOPIC = 2;

const SET = 0;
const DELETE = 1;

export interface NewTopicRequest {
  readonly topic: NewTopic;
  readonly validateOnly: boolean;
}

export const createTopics: Api<NewTopicRequest, void> = {
  name: 'CreateTopics',
  key: 19,
  version: 4,
  write: (writer, { topic, validateOnly }) =>
    writer
      .array([topic], ({ name, partitionCount = -1, replicationFactor = -1, properties = {} }) => {
        writer
          .string(name)
          .int32(partitionCount)
          .int16(replicationFactor)
          // The brokers place the partitions.
          .array([], () => undefined)
          .array(Object.entries(properties), ([property, value]) => {
            writer.string(property).string(value);
          });
      })
      .int32(TIMEOUT_MS)
      .boolean(validateOnly),
  read: (reader) => {
    reader.int32();
    readResults(reader);
  },
};

export const deleteTopics: Api<string, void> = {
  name: 'DeleteTopics',
  key: 20,
  version: 3,
  write: (writer, topic) =>
    writer
      .array([topic], (name) => {
        writer.string(name);
      })
      .int32(TIMEOUT_MS),
  read: (reader) => {
    reader.int32();
    reader.array(() => {
      reader.string();
      check(reader.int16());
    });
  },
};

export const createPartitions: Api<
  { readonly topic: string; readonly total: number; readonly validateOnly: boolean },
  void
> = {
  name: 'CreatePartitions',
  key: 37,
  version: 1,
  write: (writer, { topic, total, validateOnly }) =>
    writer
      .array([topic], (name) => {
        // The brokers place the new partitions.
        writer
          .string(name)
          .int32(total)
          .array(null, () => undefined);
      })
      .int32(TIMEOUT_MS)
      .boolean(validateOnly),
  read: (reader) => {
    reader.int32();
    readResults(reader);
  },
};

/** Asks for all properties of a topic. */
export const describeConfigs: Api<string, readonly BackendProperty[]> = {
  name: 'DescribeConfigs',
  key: 32,
  version: 1,
  write: (writer, topic) =>
    writer
      .array([topic], (name) => {
        writer
          .int8(TOPIC)
          .string(name)
          // All properties.
          .array(null, () => undefined);
      })
      // With the values that hold where the topic has none.
      .boolean(true),
  read: (reader) => {
    reader.int32();
    const resources = reader.array(() => {
      check(reader.int16(), reader.nullableString());
      reader.int8();
      reader.string();
      return reader.array(readProperty);
    });
    return resources.flat();
  },
};

/** The source of a value that the topic itself has. */
const OWN = 'DYNAMIC_TOPIC_CONFIG';

/** Where values come from, by the number that the protocol has for it. */
const sources = [
  'UNKNOWN',
  OWN,
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
  'DYNAMIC_BROKER_LOGGER_CONFIG',
  'DYNAMIC_CLIENT_METRICS_CONFIG',
  'DYNAMIC_GROUP_CONFIG',
] as const;

function readProperty(reader: Reader): BackendProperty {
  const name = reader.string();
  const value = reader.nullableString();
  const isReadOnly = reader.boolean();
  const source = sources[reader.int8()] ?? 'UNKNOWN';
  const isSensitive = reader.boolean();
  // From the value that holds to the default.
  const values = reader.array(() => {
    reader.string();
    const inherited = reader.nullableString();
    return { inherited, source: sources[reader.int8()] };
  });
  const isOwn = source === OWN;
  const fallback = isOwn ? values.find((each) => each.source !== OWN)?.inherited : value;
  return {
    ...{ name, value, source, isReadOnly, isSensitive },
    ...(fallback !== undefined && { defaultValue: fallback }),
  };
}

export const incrementalAlterConfigs: Api<
  {
    readonly topic: string;
    readonly changes: readonly TopicPropertyChange[];
    readonly validateOnly: boolean;
  },
  void
> = {
  name: 'IncrementalAlterConfigs',
  key: 44,
  version: 0,
  write: (writer, { topic, changes, validateOnly }) =>
    writer
      .array([topic], () => {
        writer
          .int8(TOPIC)
          .string(topic)
          .array(changes, ({ name, value }) => {
            writer
              .string(name)
              .int8(value === null ? DELETE : SET)
              .string(value);
          });
      })
      .boolean(validateOnly),
  read: (reader) => {
    reader.int32();
    reader.array(() => {
      check(reader.int16(), reader.nullableString());
      reader.int8();
      reader.string();
    });
  },
};

/** Reads the results of a change of topics: each has a name, a code and perhaps a message. */
function readResults(reader: Reader): void {
  reader.array(() => {
    reader.string();
    check(reader.int16(), reader.nullableString());
  });
}
