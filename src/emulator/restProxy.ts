import type { Cluster, ClusterTopic, EmulatorRecord, TopicPartition } from './cluster';
import { HttpError, parseJson, type CallResponse, type Call } from './http';
import { elements, members } from './rawJson';
import { parseTopicRequest, topicNameProblem } from './topicRequest';

/**
 * From the documentation: "It returns either count of records or 6 megabytes of data, which is
 * smaller."
 */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;
const PIECE_RECORDS = 256;
const maxOffset = 2n ** 63n - 1n;
const MAX_INT32 = 2 ** 31 - 1;

export interface RestProxyOptions {
  /** Whether records come as a bare array or as `{"records": [...]}`. */
  readonly answer: 'array' | 'object';
}

interface Route {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: RegExp;
  readonly handle: (parts: readonly string[], call: Call) => CallResponse | Promise<CallResponse>;
}

/**
 * The REST API of HDInsight's Kafka REST proxy, version 1, after authorization. Where the
 * documentation says nothing, the tests record what we chose.
 */
export class RestProxy {
  readonly #routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/v1\/metadata\/brokers$/,
      handle: () => json({ brokers: this.cluster.brokers }),
    },
    {
      method: 'GET',
      path: /^\/v1\/metadata\/topics$/,
      handle: () => json({ topics: this.cluster.topics.map(({ name }) => name) }),
    },
    {
      method: 'GET',
      path: /^\/v1\/metadata\/topics\/([^/]+)\/partitions$/,
      handle: ([topic = '']) => this.#partitions(topic),
    },
    {
      method: 'GET',
      path: /^\/v1\/metadata\/topics\/([^/]+)\/partitions\/([^/]+)$/,
      handle: ([topic = '', partition = '']) => ({
        status: 200,
        body: partitionJson(this.#partition(topic, partition)),
      }),
    },
    {
      method: 'PUT',
      path: /^\/v1\/topics\/([^/]+)$/,
      handle: ([topic = ''], call) => this.#create(topic, call),
    },
    {
      method: 'POST',
      path: /^\/v1\/producer\/topics\/([^/]+)$/,
      handle: ([topic = ''], call) => this.#produce(topic, call),
    },
    {
      method: 'GET',
      path: /^\/v1\/consumer\/topics\/([^/]+)\/partitions\/([^/]+)\/offsets\/([^/]+)$/,
      handle: ([topic = '', partition = '', offset = ''], call) =>
        this.#consume(this.#partition(topic, partition), offset, call.query.get('count') ?? '1'),
    },
  ];

  constructor(
    private readonly cluster: Cluster,
    private readonly options: RestProxyOptions,
  ) {}

  handle(call: Call): CallResponse | Promise<CallResponse> {
    const fitting = this.#routes.filter(({ path }) => path.test(call.path));
    const route = fitting.find(({ method }) => method === call.method);
    if (!route) {
      if (fitting.length === 0) throw new HttpError(404, 'Not Found');
      const allowed = fitting.map(({ method }) => method).join(', ');
      throw new HttpError(405, 'Method Not Allowed', { Allow: allowed });
    }
    return route.handle((route.path.exec(call.path) ?? []).slice(1).map(decode), call);
  }

  #partitions(name: string): CallResponse {
    const topic = this.#topic(name);
    const partitions = topic.partitions.map(partitionJson).join(',');
    return { status: 200, body: `{"topic":${JSON.stringify(name)},"partitions":[${partitions}]}` };
  }

  async #create(name: string, call: Call): Promise<CallResponse> {
    const layout = parseTopicRequest(await call.text(), this.cluster.brokers.length);
    const problem = topicNameProblem(name);
    if (problem) throw new HttpError(400, problem);
    // Kafka throws TopicExistsException; the proxy's response is not documented.
    if (this.cluster.has(name)) throw new HttpError(400, `Topic '${name}' already exists.`);
    this.cluster.create({ name, ...layout }, { delayed: true });
    return json(`Topic ${name} is created.`);
  }

  async #produce(name: string, call: Call): Promise<CallResponse> {
    const text = await call.text();
    const topic = this.#topic(name);
    const records = parseRecords(text);
    try {
      this.cluster.append(topic, records);
    } catch (error) {
      if (error instanceof RangeError) throw new HttpError(400, error.message);
      throw error;
    }
    // The documentation says "200, a string" but not which, so clients must not expect offsets
    // here.
    return json('Records are produced.');
  }

  #consume({ log }: TopicPartition, offsetText: string, countText: string): CallResponse {
    const offset = /^\d{1,19}$/.test(offsetText) ? BigInt(offsetText) : -1n;
    if (offset < 0n || offset > maxOffset) throw new HttpError(400, 'The offset is not valid.');
    const count = /^\d{1,10}$/.test(countText) ? Number(countText) : 0;
    if (count < 1 || count > MAX_INT32) throw new HttpError(400, 'The count is not valid.');
    if (offset < log.earliest || offset > log.latest) {
      const range = `${log.earliest.toString()} to ${log.latest.toString()}`;
      throw new HttpError(400, `The offset is out of range: the partition has ${range}.`);
    }
    const { records, next } = log.read(offset, count, MAX_RESPONSE_BYTES);
    const [open, close] = this.options.answer === 'array' ? ['[', ']'] : ['{"records":[', ']}'];
    return {
      status: 200,
      headers: { NextOffset: next.toString() },
      body: [open, ...pieces(records), close],
    };
  }

  #topic(name: string): ClusterTopic {
    const topic = this.cluster.topic(name);
    if (!topic) throw new HttpError(404, `Topic '${name}' is not found.`);
    return topic;
  }

  #partition(name: string, idText: string): TopicPartition {
    const { partitions } = this.#topic(name);
    const id = /^\d{1,10}$/.test(idText) ? Number(idText) : Infinity;
    if (id > MAX_INT32) throw new HttpError(400, 'The partition is not valid.');
    const partition = partitions[id];
    if (!partition) throw new HttpError(404, `Topic '${name}' has no partition ${id}.`);
    return partition;
  }
}

/**
 * Reads the records of a produce request. Values that are not strings become the JSON that was
 * sent.
 */
function parseRecords(text: string): EmulatorRecord[] {
  parseJson(text);
  const records = elements(members(text)?.get('records') ?? '');
  if (!records || records.length === 0) {
    throw new HttpError(400, 'The body must be {"records": [...]} with at least one record.');
  }
  return records.map((record, index) => {
    const refuse = (problem: string): never => {
      throw new HttpError(400, `Record ${index}: ${problem}`);
    };
    const { key, value, partition, ...others } = Object.fromEntries(
      members(record) ?? refuse('is not an object.'),
    );
    const unknown = Object.keys(others)[0];
    if (unknown !== undefined) refuse(`has an unknown field '${unknown.slice(0, 40)}'.`);
    // The documentation says "a string, a number, an object or an array".
    const isPayload = (json: string): boolean => /^["\-\d{[]/.test(json);
    const payload = (json: string): string =>
      json.startsWith('"') ? String(JSON.parse(json)) : json;
    if (value === undefined || !isPayload(value)) {
      return refuse('value must be a string, a number, an object or an array.');
    }
    const hasKey = key !== undefined && key !== 'null';
    if (hasKey && !isPayload(key)) refuse('key must be a string, a number, an object or an array.');
    const hasPartition = partition !== undefined && partition !== 'null';
    if (hasPartition && !/^\d{1,10}$/.test(partition)) refuse('partition must be an integer.');
    return {
      key: hasKey ? payload(key) : null,
      value: payload(value),
      ...(hasPartition ? { partition: Number(partition) } : {}),
    };
  });
}

function partitionJson({ id, log, replicas, isr }: TopicPartition): string {
  const brokers = JSON.stringify({ leader: isr[0], replicas, isr }).slice(1);
  return (
    `{"partition_id":${id},"earliest_offset":${log.earliest.toString()},` +
    `"latest_offset":${log.latest.toString()},${brokers}`
  );
}

/** Joins records with commas into pieces of a few hundred, which can be sent one by one. */
function pieces(records: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < records.length; at += PIECE_RECORDS) {
    const comma = at === 0 ? '' : ',';
    joined.push(comma + records.slice(at, at + PIECE_RECORDS).join(','));
  }
  return joined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, 'The path is not valid.');
  }
}

function json(document: unknown): CallResponse {
  return { status: 200, body: JSON.stringify(document) };
}
