import { Random } from '../../fuzz/engine/random';
import type { Operation, OtherRecord, Programme } from './operation';
import {
  badBodies,
  badNames,
  badRequests,
  badTopicBodies,
  counts,
  jsonValues,
  keys,
  offsets,
  otherValues,
  partitionIds,
  topicBodies,
} from './values';

/** What a topic needs for the operation `compact`: every request ends a segment. */
const COMPACTED = {
  'cleanup.policy': 'compact',
  'min.cleanable.dirty.ratio': '0.0',
  'segment.ms': 1,
};

interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly compacted: boolean;
}

/**
 * Returns the programme of a seed: it creates a topic or two, writes and reads them in every way,
 * and makes some mistakes.
 */
export function programmeOf(seed: number): Programme {
  const random = new Random(seed);
  const topics: Topic[] = [];
  const operations: Operation[] = [];
  const create = (compacted: boolean): void => {
    const name = `@${topics.length}`;
    const partitions = compacted ? 1 : 1 + random.below(3);
    topics.push({ name, partitions, compacted });
    const properties = compacted ? COMPACTED : random.of(topicBodies);
    const body = { partition_count: partitions, topic_properties: properties };
    operations.push(put(name, JSON.stringify(body)));
  };
  if (random.below(8) === 0) topics.push({ name: '@big', partitions: 1, compacted: false });
  create(false);
  if (random.below(12) === 0) {
    create(true);
    operations.push(...compaction(random, topics.at(-1)));
  }
  if (random.below(3) === 0) create(false);
  const length = 8 + random.below(18);
  while (operations.length < length) {
    const topic = random.of(topics);
    if (topic) operations.push(...step(random, topic));
  }
  for (const { name } of topics) operations.push(get(`/v1/metadata/topics/${name}/partitions`));
  return { seed, operations };
}

function step(random: Random, topic: Topic): Operation[] {
  // Kafka would compact again at any time if there was more to compact, and it does not trim.
  if (topic.compacted) return [random.below(3) > 0 ? read(random, topic) : describe(random, topic)];
  const roll = random.below(100);
  if (roll < 28) return [produce(random, topic)];
  if (roll < 55) return [read(random, topic)];
  if (roll < 65) return [append(random, topic)];
  if (roll < 72) return [describe(random, topic)];
  if (roll < 77) return [trim(random, topic)];
  if (roll < 87) return [absoluteRead(random, topic)];
  if (roll < 90) return [huge(random, topic)];
  if (roll < 92) return [withoutLeader(random)];
  return [mistake(random, topic)];
}

function produce(random: Random, topic: Topic): Operation {
  const records = Array.from({ length: 1 + random.below(4) }, () => {
    const partition = partitionMember(random, topic);
    const key = keyMember(random, topic, partition !== '');
    return `{${key}${partition}"value":${random.of(jsonValues)}}`;
  });
  return post(topic.name, `{"records":[${records.join(',')}]}`);
}

/**
 * A record without key and partition is only sent to a topic with one partition, for a proxy chooses
 * freely in others.
 */
function keyMember(random: Random, { partitions, compacted }: Topic, placed: boolean): string {
  const isNeeded = compacted || (partitions > 1 && !placed);
  return isNeeded || random.below(2) === 0 ? `"key":${random.of(keys)},` : '';
}

function partitionMember(random: Random, { partitions }: Topic): string {
  if (random.below(30) === 0) return `"partition":${random.of(partitionIds)},`;
  return random.below(2) === 0 ? `"partition":${random.below(partitions)},` : '';
}

function huge(random: Random, topic: Topic): Operation {
  const records = Array.from({ length: 1 + random.below(3) }, (_, n) => {
    const length = random.of([900_000, 1_000_000, 1_048_400, 1_048_600, 1_300_000]);
    return `{"key":"huge ${n}","partition":0,"value":"#${length}#"}`;
  });
  return post(topic.name, `{"records":[${records.join(',')}]}`);
}

function read(random: Random, topic: Topic): Operation {
  const count = random.of(counts);
  return {
    kind: 'read',
    topic: topic.name,
    partition: random.below(topic.partitions),
    near: random.of(['earliest', 'latest']),
    plus: random.below(7) - 3,
    ...(count !== undefined && { count }),
  };
}

function absoluteRead(random: Random, { name, partitions }: Topic): Operation {
  const partition = random.below(4) === 0 ? random.of(partitionIds) : random.below(partitions);
  const count = random.of(counts);
  const query = count === undefined ? '' : `?count=${count}`;
  const place = `${name}/partitions/${partition}/offsets/${random.of(offsets)}`;
  return get(`/v1/consumer/topics/${place}${query}`);
}

function describe(random: Random, { name, partitions }: Topic): Operation {
  const path = '/v1/metadata/topics';
  return get(
    random.of([
      path,
      `${path}/${name}/partitions`,
      `${path}/${name}/partitions/${random.below(partitions)}`,
      `${path}/${name}/partitions/${random.of(partitionIds)}`,
      '/v1/metadata/brokers',
    ]),
  );
}

function append(random: Random, topic: Topic): Operation {
  return {
    kind: topic.compacted ? 'append' : random.of(['append', 'commit', 'abort']),
    topic: topic.name,
    records: Array.from({ length: 1 + random.below(4) }, (_, n) => otherRecord(random, topic, n)),
  };
}

function otherRecord(random: Random, { partitions, compacted }: Topic, n: number): OtherRecord {
  return {
    partition: random.below(partitions),
    key: compacted || random.below(3) > 0 ? `key ${random.below(3)}` : null,
    value: random.of(otherValues),
    ...(random.below(4) === 0 && { headers: { trace: `header ${n}` } }),
    ...(random.below(3) === 0 && { timestamp: 1_700_000_000_123 + 1_000 * random.below(9) }),
  };
}

function trim(random: Random, { name, partitions }: Topic): Operation {
  const partition = random.below(partitions);
  return { kind: 'trim', topic: name, partition, plus: random.below(6) };
}

/** Fills a topic, perhaps tries records that compaction does not allow, and compacts it. */
function compaction(random: Random, topic: Topic | undefined): Operation[] {
  if (!topic) return [];
  const writes = Array.from({ length: 3 + random.below(4) }, () =>
    random.below(3) === 0 ? append(random, topic) : produce(random, topic),
  );
  const keyless = post(topic.name, '{"records":[{"key":"a","value":1},{"value":2}]}');
  const mistakes = random.below(2) === 0 ? [keyless] : [];
  return [...writes, ...mistakes, { kind: 'compact', topic: topic.name, partition: 0 }];
}

/** A request about a partition without a leader. Partition 0 has one and stays empty. */
function withoutLeader(random: Random): Operation {
  const path = '/v1/metadata/topics/@leaderless/partitions';
  return random.of([
    get(path),
    get(`${path}/0`),
    get(`${path}/1`),
    get('/v1/consumer/topics/@leaderless/partitions/1/offsets/0'),
    post('@leaderless', '{"records":[{"value":1,"partition":1}]}'),
  ]);
}

function mistake(random: Random, { name }: Topic): Operation {
  const choices = [
    () => put(random.of(badNames), ''),
    () => put(`${name}-new`, random.of(badTopicBodies)),
    () => put(name, ''),
    () => post(name, random.of(badBodies)),
    () => post(`${name}-not`, '{"records":[{"value":1}]}'),
    () => get(`/v1/metadata/topics/${name}-not/partitions`),
    () => get(`/v1/consumer/topics/${name}-not/partitions/0/offsets/0`),
    () => random.of(badRequests(name)),
  ] as const;
  return random.of(choices)();
}

function get(path: string): Operation {
  return { kind: 'request', method: 'GET', path };
}

function put(topic: string, body: string): Operation {
  return { kind: 'request', method: 'PUT', path: `/v1/topics/${topic}`, body };
}

function post(topic: string, body: string): Operation {
  return { kind: 'request', method: 'POST', path: `/v1/producer/topics/${topic}`, body };
}
