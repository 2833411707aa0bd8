import { type Call, type CallResponse, parseJson } from '../../../http';
import { elements, members as rawMembers } from '../../../rawJson';
import { type Route, toJson } from '../../../routes';
import type { PolledRecord, TopicPartition } from '../../v2/consumerInstance';
import { PositionError } from '../../v2/consumerInstance';
import { RestError } from '../restError';
import type { Consumer, Consumers } from './consumer';

const KAFKA_JSON = 'application/vnd.kafka.v2+json';
const BINARY = 'application/vnd.kafka.binary.v2+json';

/** The routes of consumer instances that have partitions assigned by hand and read bytes. */
export function consumerRoutes(consumers: Consumers): readonly Route[] {
  const path = (below: string): RegExp =>
    new RegExp(`^/consumers/([^/]+)/instances/([^/]+)${below}$`);
  const existing = (group: string, name: string): Consumer => {
    const consumer = consumers.find(group, name);
    if (consumer) return consumer;
    throw new RestError(404, 40_403, 'Consumer instance not found.');
  };

  return [
    {
      method: 'POST',
      path: /^\/consumers\/([^/]+)$/,
      handle: async ([group = ''], call) => {
        const name = consumers.create(group, members(await bodyOf(call)));
        const host = call.headers['host'] ?? 'rest-proxy';
        const uri = `http://${host}/consumers/${group}/instances/${name}`;
        return reply(toJson({ instance_id: name, base_uri: uri }));
      },
    },
    {
      method: 'DELETE',
      path: path(''),
      handle: async ([group = '', name = '']) => {
        existing(group, name);
        await consumers.remove(group, name);
        return NO_CONTENT;
      },
    },
    {
      method: 'POST',
      path: path('/assignments'),
      handle: async ([group = '', name = ''], call) => {
        const { partitions } = members(await bodyOf(call));
        existing(group, name).assign(places(partitions));
        return NO_CONTENT;
      },
    },
    {
      method: 'GET',
      path: path('/assignments'),
      handle: ([group = '', name = '']) =>
        reply(toJson({ partitions: existing(group, name).assigned })),
    },
    {
      method: 'POST',
      path: path('/positions'),
      handle: async ([group = '', name = ''], call) => {
        const consumer = existing(group, name);
        const text = await call.text();
        const { offsets = [], timestamps = [] } = members(parsed(call, text));
        for (const at of places(offsets)) await consumer.seek(at, offsetIn(text, at));
        for (const { at, time } of times(timestamps)) await consumer.seekToTime(at, time);
        return NO_CONTENT;
      },
    },
    ...(['beginning', 'end'] as const).map((to): Route => ({
      method: 'POST',
      path: path(`/positions/${to}`),
      handle: async ([group = '', name = ''], call) => {
        const { partitions } = members(await bodyOf(call));
        for (const at of places(partitions)) await existing(group, name).seek(at, to);
        return NO_CONTENT;
      },
    })),
    {
      method: 'GET',
      path: path('/records'),
      handle: async ([group = '', name = ''], call) => {
        const accept = call.headers['accept'] ?? '*/*';
        if (!accept.includes(BINARY)) {
          const message =
            'The requested embedded data format does not match the deserializer for this consumer instance';
          throw new RestError(406, 40_601, message);
        }
        const records = await read(existing(group, name), call);
        return {
          ...reply(`[${records.map(recordJson).join(',')}]`),
          headers: { 'Content-Type': BINARY },
        };
      },
    },
  ];
}

const NO_CONTENT: CallResponse = { status: 204, body: '' };

function reply(body: string): CallResponse {
  return { status: 200, body, headers: { 'Content-Type': KAFKA_JSON } };
}

async function read(consumer: Consumer, call: Call): Promise<readonly PolledRecord[]> {
  const number = (name: string): number => Number(call.query.get(name) ?? '-1');
  try {
    return await consumer.read(number('timeout'), number('max_bytes'), call.gone);
  } catch (error) {
    if (!(error instanceof PositionError)) throw error;
    // Kafka's exception reaches `KafkaExceptionMapper`, which knows nothing particular about it.
    throw new RestError(500, 50_002, error.message);
  }
}

/** Written by hand, because an offset may be larger than a JavaScript number. */
function recordJson({ topic, key, value, partition, offset }: PolledRecord): string {
  const bytes = (payload: PolledRecord['key']): string =>
    payload === null ? 'null' : `"${Buffer.from(payload).toString('base64')}"`;
  return (
    `{"topic":${JSON.stringify(topic)},"key":${bytes(key)},"value":${bytes(value)},` +
    `"partition":${partition},"offset":${offset}}`
  );
}

async function bodyOf(call: Call): Promise<unknown> {
  return parsed(call, await call.text());
}

function parsed(call: Call, text: string): unknown {
  const type = call.headers['content-type'] ?? '';
  if (!type.startsWith(KAFKA_JSON))
    throw new RestError(415, 415, 'HTTP 415 Unsupported Media Type');
  return parseJson(text.trim() === '' ? '{}' : text);
}

type Members = Readonly<Record<string, unknown>>;

function members(value: unknown): Members {
  if (isObject(value)) return value;
  throw new RestError(422, 422, 'Cannot deserialize the request.');
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function places(list: unknown): readonly TopicPartition[] {
  if (!Array.isArray(list)) throw new RestError(422, 422, 'partitions may not be null');
  return list.map((each: unknown) => {
    const { topic, partition } = members(each);
    if (typeof topic === 'string' && typeof partition === 'number') return { topic, partition };
    throw new RestError(422, 422, 'topic may not be empty');
  });
}

function times(list: unknown): readonly { readonly at: TopicPartition; readonly time: number }[] {
  if (!Array.isArray(list)) throw new RestError(422, 422, 'timestamps may not be null');
  return list.map((each: unknown) => {
    const [at] = places([each]);
    const time = Date.parse(String(members(each)['timestamp']));
    if (at && !Number.isNaN(time)) return { at, time };
    throw new RestError(422, 422, 'timestamp is not valid');
  });
}

/** Returns the offset for a partition as it was written in the request. */
function offsetIn(text: string, { topic, partition }: TopicPartition): bigint {
  for (const entry of elements(rawMembers(text)?.get('offsets') ?? '[]') ?? []) {
    const found = rawMembers(entry);
    const isIt =
      found?.get('topic') === JSON.stringify(topic) && found.get('partition') === String(partition);
    const digits = found?.get('offset') ?? '';
    if (isIt && /^\d{1,19}$/.test(digits)) return BigInt(digits);
  }
  throw new RestError(422, 422, 'offset must be greater than or equal to 0');
}
