import type { NewRecord, RecordHeader } from '../../core/kafka';
import type { Cluster } from './cluster';

const SECOND = 1_000;

/**
 * Creates sample topics for REST proxies that carry bytes: one with headers, and one whose keys and
 * values are no text. Their content is the same at every start; the newest record is one second old
 * at `now` (epoch milliseconds).
 */
export function addByteSamples(cluster: Cluster, now: number): void {
  const clicks = cluster.create({ name: 'clicks', partitions: 2 });
  cluster.append(
    clicks,
    Array.from({ length: 200 }, (_, n) => click(n, now - (200 - n) * SECOND)),
  );
  const frames = cluster.create({ name: 'sensor-frames', partitions: 1 });
  cluster.append(
    frames,
    Array.from({ length: 60 }, (_, n) => frame(n, now - (60 - n) * SECOND)),
  );
}

/** Returns JSON with headers as tracing libraries add them, one of them twice and one of bytes. */
function click(n: number, timestamp: number): NewRecord {
  const user = `user-${1 + (n % 17)}`;
  const page = ['/', '/tea', '/mugs', '/basket', '/checkout'][n % 5] ?? '/';
  const trace = Buffer.alloc(16, n + 1);
  return {
    key: user,
    value: JSON.stringify({ user, page, at: new Date(timestamp).toISOString() }),
    timestamp,
    headers: [
      text('content-type', 'application/json'),
      text('traceparent', `00-${trace.toString('hex')}-${trace.toString('hex').slice(0, 16)}-01`),
      text('via', 'gateway'),
      text('via', `web-${n % 3}`),
      { name: 'checksum', value: trace.subarray(0, 4) },
    ],
  };
}

/** Returns a frame of a fixed layout: an id as key; a number, a temperature and flags as value. */
function frame(n: number, timestamp: number): NewRecord {
  const key = Buffer.alloc(4);
  key.writeUInt32BE(0xca_fe_00_00 + (n % 4));
  const value = Buffer.alloc(13);
  value.writeBigUInt64BE(BigInt(n));
  value.writeFloatBE(18 + (n % 80) / 10, 8);
  value.writeUInt8(n % 2 === 0 ? 0xff : 0x80, 12);
  return { key, value, timestamp };
}

function text(name: string, value: string): RecordHeader {
  return { name, value: Buffer.from(value) };
}
