import assert from 'node:assert/strict';
import { Cluster, type ClusterTopic } from '../../../../src/emulator/memory/cluster.js';
import { addSamples } from '../../../../src/emulator/memory/samples.js';
import { recordJson } from '../../../../src/emulator/faces/hdinsight/responseJson.js';
import { object } from '../support.js';

describe('sample topics', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const make = (at: number): Cluster => {
    const cluster = new Cluster({});
    addSamples(cluster, at);
    return cluster;
  };
  const records = ({ partitions }: ClusterTopic): Record<string, unknown>[] =>
    partitions
      .flatMap(({ log }) => log.read(0n, { count: Infinity, maxBytes: Infinity }).records)
      .map(recordJson)
      .map(object);
  const cluster = make(now);
  const topic = (name: string): Record<string, unknown>[] => records(cluster.existing(name));

  it('are six, one of them empty, one internal', () => {
    const counts = Object.fromEntries(
      cluster.topics.map((each) => [each.name, [each.partitions.length, records(each).length]]),
    );
    assert.deepEqual(counts, {
      orders: [3, 300],
      'iot-readings': [4, 1200],
      'app-log': [1, 400],
      payloads: [2, 12],
      empty: [1, 0],
      __consumer_offsets: [50, 0],
    });
  });

  it('are the same at each start, but for the times', () => {
    const later = make(now + 60_000);
    for (const { name } of cluster.topics) {
      const moved = records(later.existing(name)).map(({ key, timestamp }) => [key, timestamp]);
      const expected = topic(name).map(({ key, timestamp }) => [key, Number(timestamp) + 60_000]);
      assert.deepEqual(moved, expected);
    }
    assert.deepEqual(records(make(now).existing('orders')), topic('orders'));
  });

  it('are from the last hours, in order of time within a partition', () => {
    for (const { partitions } of cluster.topics) {
      for (const { log } of partitions) {
        const times = log
          .read(0n, { count: Infinity, maxBytes: Infinity })
          .records.map(({ timestamp = 0 }) => timestamp);
        assert.deepEqual(
          times,
          [...times].sort((a, b) => a - b),
        );
        for (const time of times) assert.ok(time < now && time > now - 12 * 3_600_000);
      }
    }
  });

  it('hold orders with 64-bit ids and amounts of two decimals', () => {
    for (const { value } of topic('orders')) {
      JSON.parse(String(value));
      assert.match(String(value), /^\{"orderId":9007199\d{9},/);
      assert.match(String(value), /"total":\d+\.\d\d,/);
    }
    assert.ok(topic('orders').some(({ value }) => String(value).includes('.50')));
  });

  it('spread orders and readings over all partitions', () => {
    for (const name of ['orders', 'iot-readings']) {
      for (const { log } of cluster.existing(name).partitions) assert.ok(log.latest > 0n);
    }
  });

  it('hold readings as JSON, and a partition that is short of a replica', () => {
    for (const { value } of topic('iot-readings')) JSON.parse(String(value));
    const isr = cluster
      .existing('iot-readings')
      .partitions.map((partition) => partition.isr.length);
    assert.deepEqual(isr, [3, 3, 2, 3]);
  });

  it('hold lines of text without keys', () => {
    assert.ok(topic('app-log').every(({ key }) => key === null));
  });

  it('hold large values, a tombstone, and values that are no text', () => {
    const payloads = topic('payloads');
    const sizes = payloads.map(({ value }) => String(value).length);
    assert.equal(sizes.filter((size) => size > 900_000).length, 2);
    assert.ok(payloads.some(({ value }) => value === null));
    assert.ok(payloads.some(({ value }) => String(value).includes('\0')));
    assert.ok(payloads.some(({ value }) => String(value).includes('\ufffd')));
  });
});
