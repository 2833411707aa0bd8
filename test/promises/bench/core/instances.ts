import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as send } from 'node:https';
import { partitionCount, whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { alternate, compare, type Row } from '../rows';
import { type BenchEmulator, onEmulator, perSecond } from '../support';
import { readAll } from './read';

const RECORD_BYTES = 1024;
const JSON_TYPE = 'application/vnd.kafka.v2+json';
const BINARY_TYPE = 'application/vnd.kafka.binary.v2+json';

/**
 * Reads 100,000 records of 1 KB through consumer instances of Strimzi's bridge, from 1 and from 4
 * partitions. The yardstick is a bare loop that makes the same calls, one partition after the
 * other, and parses what comes.
 */
export const benchInstances: Benchmark = ({ quick }) => {
  const records = quick ? 30_000 : 100_000;
  const topics = [1, 4].map((n) => `bench${n}:${n}:${records}:${RECORD_BYTES}`);
  return onEmulator({ topics, face: 'strimzi' }, async (emulator) => {
    const rows: Row[] = [];
    for (const partitions of [1, 4]) {
      const topic = `bench${partitions}`;
      const ways = {
        ours: () => perSecond(records, () => readAll(emulator, topic)),
        bare: () => perSecond(records, () => pollAll(emulator, topic, partitions, records)),
      };
      const { ours, bare } = await alternate(ways, { rounds: quick ? 3 : 5 });
      const { value, ...rest } = compare(ours, bare);
      rows.push({
        name: `instances/${partitions}`,
        what: `reading ${whole(records)} × 1 KB from ${partitionCount(partitions)} of Strimzi’s bridge`,
        unit: 'records/s',
        ...rest,
        yardstick: { what: 'bare polls, one by one', value },
      });
    }
    return rows;
  });
};

let instances = 0;

/** Polls each partition to its end, and returns how many records there were. */
async function pollAll(
  emulator: BenchEmulator,
  topic: string,
  partitions: number,
  records: number,
): Promise<number> {
  let count = 0;
  for (let partition = 0; partition < partitions; partition += 1) {
    const name = `bare-${(instances += 1)}`;
    const place = { topic, partition };
    const at = `/consumers/${name}/instances/${name}`;
    await call(emulator, 'POST', `/consumers/${name}`, { name, format: 'binary' });
    await call(emulator, 'POST', `${at}/assignments`, { partitions: [place] });
    await call(emulator, 'POST', `${at}/positions`, { offsets: [{ ...place, offset: 0 }] });
    // The emulator deals the records out to the partitions in turn.
    let left = Math.ceil((records - partition) / partitions);
    while (left > 0) {
      const body = await call(emulator, 'GET', `${at}/records?timeout=1000`);
      const { length } = JSON.parse(body.toString()) as readonly unknown[];
      left -= length;
      count += length;
    }
    await call(emulator, 'DELETE', at);
  }
  return count;
}

async function call(
  { info, agent, token }: BenchEmulator,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Buffer> {
  const authorization = `Bearer ${await token.token({})}`;
  const headers = body
    ? { authorization, accept: JSON_TYPE, 'content-type': JSON_TYPE }
    : { authorization, accept: BINARY_TYPE };
  const request = send(new URL(info.endpoint + path), { method, agent, headers });
  request.end(body && JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
