import type { NewRecord } from '../../../core/kafka';
import {
  avroBlocks,
  avroDecimal,
  avroString,
  bytesField,
  framed,
  numberField,
  zigZag,
} from './bytes';
import type { SampleIds } from './schemas';

/** The sample messages that have a schema. Their content is the same at every start. */

const MINUTE = 60_000;
const NAMES = ['Ada', 'Grace', 'Łukasz', '美咲', 'José', 'Amina', 'Søren'];

/** Purchases in Avro. The later half is written with the second version of the schema. */
export function purchaseMessages(count: number, now: number, ids: SampleIds): readonly NewRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const timestamp = now - MINUTE * (count - n);
    const isLater = n >= count / 2;
    const customer = 1000 + ((n * 7) % 40);
    const name = NAMES[n % NAMES.length] ?? '';
    const email =
      n % 3 === 0
        ? zigZag(0)
        : Buffer.concat([zigZag(1), avroString(`customer${customer}@example.com`)]);
    const note = n % 4 === 0 ? [zigZag(1), avroString('Please ring twice')] : [zigZag(0)];
    const value = Buffer.concat([
      zigZag(9_007_199_254_740_993n + 4096n * BigInt(n)),
      ...[zigZag(customer), avroString(name), email],
      zigZag((n * 5) % 4),
      avroDecimal(n % 11 === 0 ? -250 - n : 1999 + 37 * n),
      zigZag(timestamp),
      avroBlocks((n % 2 === 0 ? ['gift', 'express'] : []).map(avroString)),
      ...(isLater ? note : []),
    ]);
    const [first, second] = ids.purchases;
    return {
      key: `customer-${customer}`,
      value: framed(isLater ? second : first, value),
      timestamp,
    };
  });
}

/** The same as text, for REST proxies that carry nothing else. */
export function base64PurchaseMessages(
  count: number,
  now: number,
  ids: SampleIds,
): readonly NewRecord[] {
  return purchaseMessages(count, now, ids).map(({ value, ...record }) => ({
    ...record,
    value: Buffer.from(value ?? '').toString('base64'),
  }));
}

/** Which message of the file a payment is: the second one, after one number that says how many. */
const PAYMENT_INDEXES = Buffer.concat([zigZag(1), zigZag(1)]);

/** Payments in Protobuf. */
export function paymentMessages(count: number, now: number, ids: SampleIds): readonly NewRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const timestamp = now - MINUTE * (count - n);
    const label = Buffer.concat([bytesField(1, 'shop'), bytesField(2, `shop-${n % 5}`)]);
    const payment = Buffer.concat([
      bytesField(1, `pay-${String(n).padStart(5, '0')}`),
      numberField(2, 9_007_199_254_740_993n + 4096n * BigInt(n)),
      bytesField(3, Buffer.concat([bytesField(1, 'EUR'), numberField(2, 1999 + 37 * n)])),
      ...(n % 3 === 0 ? [] : [numberField(4, n % 3)]),
      bytesField(
        5,
        Buffer.concat([
          numberField(1, Math.floor(timestamp / 1000)),
          ...(timestamp % 1000 === 0 ? [] : [numberField(2, (timestamp % 1000) * 1_000_000)]),
        ]),
      ),
      bytesField(6, label),
      n % 10 === 9
        ? bytesField(8, bytesField(1, 'returned'))
        : bytesField(7, `receipt ${1000 + n}`),
    ]);
    const value = framed(ids.payment, Buffer.concat([PAYMENT_INDEXES, payment]));
    return { key: `pay-${n % 40}`, value, timestamp };
  });
}

/** Visits in JSON with a schema. */
export function visitMessages(count: number, now: number, ids: SampleIds): readonly NewRecord[] {
  const pages = ['/', '/tea', '/mugs', '/basket'];
  return Array.from({ length: count }, (_, n) => {
    const visit = {
      user: `user-${1 + (n % 17)}`,
      page: pages[n % pages.length],
      seconds: (n % 60) + 0.5,
      device: n % 2 === 0 ? 'phone' : 'desktop',
    };
    const timestamp = now - MINUTE * (count - n);
    return { key: visit.user, value: framed(ids.visit, json(visit)), timestamp };
  });
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
