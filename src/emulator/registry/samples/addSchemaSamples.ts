import type { NewRecord } from '../../../core/kafka';
import type { Cluster } from '../../memory/cluster';
import type { SchemaStore } from '../schemaStore';
import {
  base64PurchaseMessages,
  purchaseMessages,
  paymentMessages,
  visitMessages,
} from './messages';
import { addSampleSchemas } from './schemas';

/**
 * Registers the sample schemas, and creates topics in Avro, Protobuf and JSON with a schema; for a
 * REST proxy that carries only text, one of Avro in Base64. The newest message is one minute old at
 * `now` (epoch milliseconds).
 */
export function addSchemaSamples(
  cluster: Cluster,
  store: SchemaStore,
  { now, isText }: { readonly now: number; readonly isText: boolean },
): void {
  const ids = addSampleSchemas(store);
  const add = (name: string, partitions: number, records: readonly NewRecord[]): void => {
    const topic = cluster.create({ name, partitions });
    for (const record of records) cluster.append(topic, [record]);
  };
  if (isText) {
    add('purchases-base64', 2, base64PurchaseMessages(200, now, ids));
    return;
  }
  add('purchases-avro', 3, purchaseMessages(300, now, ids));
  add('payments-protobuf', 2, paymentMessages(200, now, ids));
  add('visits-json', 2, visitMessages(200, now, ids));
}
