import type { NewRecord } from '../../../../core/kafka';
import type { Backend, BackendPartition } from '../../../backend';
import { type Call, type CallResponse, HttpError, parseJson } from '../../../http';
import { elements, members } from '../../../rawJson';
import { json, type Route } from '../../../routes';
import { bytesOf, produceEach } from '../producing';
import { codeOfRecord, ifKnown, partitionNotFound, RestError, topicNotFound } from '../restError';

const KAFKA_JSON = 'application/vnd.kafka.v2+json';

/** The routes of API v2 for topics, partitions, brokers and produced records. */
export function v2Routes(backend: Backend): readonly Route[] {
  const partitions = async (topic: string): Promise<readonly BackendPartition[]> => {
    const found = await ifKnown(backend.topic(topic));
    if (!found) throw topicNotFound();
    return found.partitions;
  };
  const partition = async (topic: string, id: string): Promise<BackendPartition> => {
    const found = (await partitions(topic)).find((each) => String(each.id) === id);
    if (!found) throw partitionNotFound();
    return found;
  };

  return [
    { method: 'GET', path: /^\/$/, handle: () => reply({}) },
    {
      method: 'GET',
      path: /^\/brokers$/,
      handle: async () => reply({ brokers: (await backend.brokers()).map(({ id }) => id) }),
    },
    {
      method: 'GET',
      path: /^\/topics$/,
      handle: async () => reply((await backend.topics()).map(({ name }) => name)),
    },
    {
      method: 'GET',
      path: /^\/topics\/([^/]+)$/,
      handle: async ([topic = '']) => {
        const described = (await partitions(topic)).map(partitionJson);
        const properties = (await backend.topicProperties?.(topic)) ?? [];
        const configs = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
        return reply({ name: topic, configs, partitions: described });
      },
    },
    {
      method: 'GET',
      path: /^\/topics\/([^/]+)\/partitions$/,
      handle: async ([topic = '']) => reply((await partitions(topic)).map(partitionJson)),
    },
    {
      method: 'GET',
      path: /^\/topics\/([^/]+)\/partitions\/([^/]+)$/,
      handle: async ([topic = '', id = '']) => reply(partitionJson(await partition(topic, id))),
    },
    {
      method: 'GET',
      path: /^\/topics\/([^/]+)\/partitions\/([^/]+)\/offsets$/,
      handle: async ([topic = '', id = '']) => {
        const [ends] = await backend.offsets(topic, [(await partition(topic, id)).id]);
        return reply({ beginning_offset: ends?.earliest, end_offset: ends?.latest });
      },
    },
    {
      method: 'POST',
      path: /^\/topics\/([^/]+)$/,
      handle: ([topic = ''], call) => produce(backend, topic, call),
    },
    {
      method: 'POST',
      path: /^\/topics\/([^/]+)\/partitions\/([^/]+)$/,
      handle: ([topic = '', id = ''], call) => produce(backend, topic, call, Number(id)),
    },
  ];
}

/** Returns a response of API v2. */
export function reply(document: unknown): CallResponse {
  return { ...json(document), headers: { 'Content-Type': KAFKA_JSON } };
}

function partitionJson({ id, leader, replicas, isr }: BackendPartition) {
  return {
    partition: id,
    leader: leader ?? -1,
    replicas: replicas.map((broker) => ({
      broker,
      leader: broker === leader,
      in_sync: isr.includes(broker),
    })),
  };
}

/** Responds with 200 whatever becomes of the records, unless none of them may be written. */
async function produce(
  backend: Backend,
  topic: string,
  call: Call,
  partition?: number,
): Promise<CallResponse> {
  const format = /^application\/vnd\.kafka\.(binary|json)\.v2\+json(?:;|$)/.exec(
    call.headers['content-type'] ?? '',
  )?.[1];
  if (!format) throw new RestError(415, 415, 'HTTP 415 Unsupported Media Type');
  const records = recordsOf(await call.text(), format === 'json').map((record) =>
    partition === undefined ? record : { ...record, partition },
  );
  const results = await produceEach(backend, topic, records);
  const forbidden = results.find(
    (each): each is RestError => each instanceof RestError && each.status === 403,
  );
  if (forbidden) throw forbidden;
  const offsets = results.map((result) =>
    result instanceof RestError
      ? { partition: null, offset: null, error_code: codeOfRecord(result), error: result.message }
      : { partition: result.partition, offset: result.offset, error_code: null, error: null },
  );
  return reply({ offsets, key_schema_id: null, value_schema_id: null });
}

/** Reads the records of a produce request. Throws an `HttpError` if one is not valid. */
function recordsOf(text: string, isJson: boolean): readonly NewRecord[] {
  parseJson(text);
  const records = elements(members(text)?.get('records') ?? '');
  if (!records || records.length === 0) throw new RestError(422, 422, 'records may not be empty');
  const payload = (json = 'null') => {
    if (json === 'null') return null;
    return isJson ? json : bytesOf(JSON.parse(json));
  };
  return records.map((record) => {
    const { key, value, partition = 'null', ...others } = Object.fromEntries(members(record) ?? []);
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new HttpError(422, `Unrecognized field: ${unknown}`);
    return {
      key: payload(key),
      value: payload(value),
      ...(partition !== 'null' && { partition: Number(partition) }),
    };
  });
}
