import type { NewRecord } from '../../core/kafka';
import type { Cluster } from './cluster';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Creates the sample topics. Their content is the same at every start. Only the timestamps change,
 * so that the newest record is one minute old at `now` (epoch milliseconds).
 */
export function addSamples(cluster: Cluster, now: number): void {
  const random = randomNumbers(20_191_101);
  const add = (name: string, partitions: number, records: readonly NewRecord[]): void => {
    const topic = cluster.create({ name, partitions });
    for (const record of records) cluster.append(topic, [record]);
  };
  add('orders', 3, orders(random, now));
  const readings = cluster.create({ name: 'iot-readings', partitions: 4, shortOfReplica: [2] });
  cluster.append(readings, iotReadings(random, now));
  add('app-log', 1, appLog(random, now));
  add('payloads', 2, payloads(now));
  add('empty', 1, []);
  addGroups(cluster);
  cluster.create({ name: '__consumer_offsets', partitions: 50 });
}

/**
 * Creates consumer groups: one whose members lag behind, one that has stopped, and one that has
 * read everything.
 */
function addGroups(cluster: Cluster): void {
  const { groups } = cluster;
  const commit = (group: string, topic: string, lag: number): void => {
    for (const { id, log } of cluster.existing(topic).partitions) {
      const behind = log.latest - BigInt(lag * (id + 1));
      groups.commit(group, topic, id, behind > log.earliest ? behind : log.earliest);
    }
  };
  commit('billing', 'orders', 7);
  commit('dashboard', 'iot-readings', 90);
  commit('log-shipper', 'app-log', 0);
  const member = (group: string, n: number, topic: string, ids: readonly number[]): void => {
    groups.join(group, {
      id: `${group}-${n}-6f1d2c9a-0000-4000-8000-00000000000${n}`,
      clientId: `${group}-${n}`,
      host: `/10.0.0.${10 + n}`,
      partitions: ids.map((partition) => ({ topic, partition })),
    });
  };
  member('billing', 1, 'orders', [0, 1]);
  member('billing', 2, 'orders', [2]);
  member('log-shipper', 1, 'app-log', [0]);
}

type Random = (below: number) => number;

/**
 * Returns a small linear congruential generator with the constants of Numerical Recipes. It yields
 * the same numbers each time.
 */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(random: Random, first: T, ...others: readonly T[]): T {
  return others[random(others.length + 1)] ?? first;
}

/** Returns the times of `count` records, spread evenly over the last `hours`. */
function times(count: number, hours: number, now: number): number[] {
  const step = Math.floor((hours * HOUR) / count);
  return Array.from({ length: count }, (_, n) => now - MINUTE - (count - 1 - n) * step);
}

/**
 * Returns nested JSON with ids above 2^53 and amounts with two decimals. Clients must keep both.
 */
function orders(random: Random, now: number): NewRecord[] {
  return times(300, 6, now).map((timestamp, n) => {
    const customer = `customer-${1 + random(40)}`;
    const lines = Array.from({ length: 1 + random(3) }, () => {
      const sku = pick(random, 'TEA-GREEN-100', 'TEA-BLACK-250', 'MUG-BLUE', 'FILTER-80', 'SCALE');
      return { sku, quantity: 1 + random(4), cents: 250 + 50 * random(120) };
    });
    const total = lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
    const items = lines.map(
      ({ sku, quantity, cents }) =>
        `{"sku":"${sku}","quantity":${quantity},"price":${money(cents)}}`,
    );
    const status = pick(random, 'placed', 'paid', 'packed', 'shipped', 'cancelled');
    const city = pick(random, 'Tromsø', 'München', 'Łódź', 'São Paulo', '東京', 'Nairobi');
    const value =
      `{"orderId":${(9_007_199_254_740_993n + 4096n * BigInt(n)).toString()},` +
      `"customer":{"id":"${customer}","city":"${city}"},"status":"${status}",` +
      `"items":[${items.join(',')}],"total":${money(total)},"currency":"EUR",` +
      `"note":${random(5) === 0 ? '"Please ring twice"' : 'null'},` +
      `"placedAt":"${new Date(timestamp).toISOString()}"}`;
    return { key: customer, value, timestamp };
  });
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

function iotReadings(random: Random, now: number): NewRecord[] {
  return times(1200, 3, now).map((timestamp, n) => {
    const device = `sensor-${String(1 + (n % 24)).padStart(2, '0')}`;
    const value =
      `{"device":"${device}","temperature":${(18 + random(80) / 10).toFixed(1)},` +
      `"humidity":${(35 + random(300) / 10).toFixed(1)},"battery":${100 - (n % 24) - random(3)},` +
      `"sequence":${Math.floor(n / 24)},"online":${random(50) !== 0}}`;
    return { key: device, value, timestamp };
  });
}

/** Returns plain lines of text without keys. */
function appLog(random: Random, now: number): NewRecord[] {
  return times(400, 2, now).map((timestamp, n) => {
    const level = pick(random, 'INFO ', 'INFO ', 'INFO ', 'DEBUG', 'WARN ', 'ERROR');
    const text = pick(
      random,
      `GET /orders/${1000 + n} 200 ${5 + random(90)} ms`,
      `Connection ${random(64)} from 10.0.${random(4)}.${random(255)} closed`,
      'Cache refreshed: 5 topics, 3 brokers',
      `Payment of customer-${1 + random(40)} declined: card expired`,
      'Retrying in 2 s\n\tat checkout.Payment.capture(Payment.java:81)\n\tat java.lang.Thread.run',
    );
    const value = `${new Date(timestamp).toISOString()} ${level} [checkout-${random(3)}] ${text}`;
    return { value, timestamp };
  });
}

/** Returns difficult messages: control characters, broken text, null values, a megabyte. */
function payloads(now: number): NewRecord[] {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
  const rows = Array.from(
    { length: 12_000 },
    (_, n) => `{"row":${n},"name":"part ${n}","payload":"${'x'.repeat(40)}"}`,
  );
  const values: [key: string | null, value: string | null][] = [
    ['avro-like', bytes.toString('latin1')],
    // The REST proxy turns bytes that are not UTF-8 into replacement characters.
    ['not-utf-8', bytes.toString('utf8')],
    ['base64', bytes.toString('base64')],
    ['tombstone', null],
    ['empty', ''],
    [null, 'no key'],
    ['', 'an empty key'],
    ['number', '18446744073709551615'],
    ['xml', '<?xml version="1.0"?>\n<invoice id="7">\n  <total>12.50</total>\n</invoice>'],
    ['line-ends', 'one\r\ntwo\nthree\ttabbed\u2028separated'],
    ['large-json', `[${rows.join(',')}]`],
    ['large-line', 'All work and no play makes a long line. '.repeat(26_000)],
  ];
  return values.map(([key, value], n) => {
    const timestamp = now - MINUTE * (values.length - n);
    return { key, value, timestamp };
  });
}
