import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import type { KafkaRecord, Payload } from '../../../../src/core/kafka';
import { openDecode } from '../../../../src/core/message/codec';
import { here } from '../../../../src/core/message/decoders/here';
import { ConfluentRegistry } from '../../../../src/core/schemaRegistry/client';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { RecordIds } from '../../../../src/transfer/schemaIds/exchangeIds';
import { IdExchange } from '../../../../src/transfer/schemaIds/idExchange';
import type { AgreeToRegister } from '../../../../src/transfer/schemaIds/targetSchemas';
import { format } from '../../../support/formats';

/** Two registries, of which the second has given its first ids to schemas of its own. */
export interface TwoRegistries {
  readonly source: Emulator;
  readonly target: Emulator;
  readonly from: ConfluentRegistry;
  readonly to: ConfluentRegistry;
  /** How many calls both registries have got. */
  readonly calls: () => number;
  /** Opens an exchange for a copy of `orders` to `copies`. */
  readonly open: (agree?: AgreeToRegister) => {
    readonly ids: IdExchange;
    readonly records: RecordIds;
  };
  readonly stop: () => Promise<void>;
}

export async function startRegistries(): Promise<TwoRegistries> {
  const options = { tls: false, auth: 'none', samples: false } as const;
  const [source, target] = [await startEmulator(options), await startEmulator(options)];
  let calls = 0;
  const client = ({ info }: Emulator) => {
    const http = openHttp();
    const counting: HttpClient = {
      request: (request) => {
        calls += 1;
        return http.request(request);
      },
      dispose: () => {
        http.dispose();
      },
    };
    return new ConfluentRegistry({ endpoint: info.schemaRegistry?.endpoint ?? '', http: counting });
  };
  const [from, to] = [client(source), client(target)];
  for (const type of ['int', 'long', 'bytes', 'double', 'float']) {
    await to.register(`own-${type}`, { type: 'AVRO', text: JSON.stringify(type), references: [] });
  }
  return {
    ...{ source, target, from, to },
    calls: () => calls,
    open: (agree = () => Promise.resolve(undefined)) => {
      const topics = { fromTopic: 'orders', toTopic: 'copies' };
      const ids = new IdExchange({ source: from, target: to, ...topics, agree });
      const context = { topic: 'orders', schemas: ids.lookup, worker: here };
      const decode = (part: 'key' | 'value') => openDecode(format('auto'), { ...context, part });
      return { ids, records: new RecordIds(ids, { key: decode('key'), value: decode('value') }) };
    },
    stop: async () => {
      from.dispose();
      to.dispose();
      await source.stop();
      await target.stop();
    },
  };
}

/** Agrees to everything. `asked` lists the subjects that were to be registered, call by call. */
export function agreeing(
  to: ConfluentRegistry,
): AgreeToRegister & { readonly asked: readonly (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  const agree: AgreeToRegister = (missing) => {
    asked.push(missing.map(({ subject, from }) => `${subject}@${from?.version ?? '?'}`));
    return Promise.resolve(to);
  };
  return Object.assign(agree, { asked });
}

export function recordOf(value: Payload | null, more: Partial<KafkaRecord> = {}): KafkaRecord {
  return { partition: 0, offset: 0n, key: null, value, ...more };
}

/** Puts Confluent's framing before data. */
export function framed(id: number, data: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, Buffer.from(data.replaceAll(' ', ''), 'hex')]);
}
