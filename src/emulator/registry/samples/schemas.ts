import type { NewSchema } from '../compatibility/schema';
import type { SchemaStore } from '../schemaStore';

const CUSTOMER = {
  type: 'record',
  name: 'Customer',
  namespace: 'com.contoso',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'name', type: 'string' },
    { name: 'email', type: ['null', 'string'], default: null },
  ],
};

const PURCHASE_FIELDS = [
  { name: 'purchaseId', type: 'long', doc: 'Unique over all shops' },
  { name: 'customer', type: 'com.contoso.Customer' },
  { name: 'status', type: enumOf('Status', 'PLACED', 'PAID', 'SHIPPED', 'CANCELLED') },
  { name: 'amount', type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 } },
  { name: 'placedAt', type: { type: 'long', logicalType: 'timestamp-millis' } },
  { name: 'tags', type: { type: 'array', items: 'string' }, default: [] },
];

const NOTE = { name: 'note', type: ['null', 'string'], default: null };

const MONEY = `syntax = "proto3";

package contoso.common;

message Money {
  string currency = 1;
  int64 cents = 2;
}
`;

const PAYMENT = `syntax = "proto3";

package contoso.payments;

import "common/money.proto";
import "google/protobuf/timestamp.proto";

enum Method {
  METHOD_UNSPECIFIED = 0;
  METHOD_CARD = 1;
  METHOD_TRANSFER = 2;
}

message Refund {
  string reason = 1;
}

message Payment {
  string payment_id = 1;
  int64 purchase_id = 2;
  contoso.common.Money amount = 3;
  Method method = 4;
  google.protobuf.Timestamp paid_at = 5;
  map<string, string> labels = 6;
  oneof outcome {
    string receipt = 7;
    Refund refund = 8;
  }
}
`;

const VISIT = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Visit',
  type: 'object',
  properties: {
    user: { type: 'string', description: 'Who came' },
    page: { type: 'string', pattern: '^/' },
    seconds: { type: 'number', minimum: 0 },
    device: { type: 'string', enum: ['phone', 'tablet', 'desktop'], default: 'phone' },
  },
  required: ['user', 'page'],
  additionalProperties: false,
};

/** The ids of the sample schemas. */
export interface SampleIds {
  /** Of two versions of the schema for purchases; the second adds a note. */
  readonly purchases: readonly [number, number];
  readonly payment: number;
  readonly visit: number;
}

/** Registers the sample schemas, with the names that serializers give to their subjects. */
export function addSampleSchemas(store: SchemaStore): SampleIds {
  const customer = { name: 'com.contoso.Customer', subject: 'com.contoso.Customer', version: 1 };
  const money = { name: 'common/money.proto', subject: 'common/money.proto', version: 1 };
  const purchase = (fields: readonly object[]): NewSchema => ({
    type: 'AVRO',
    text: JSON.stringify({ type: 'record', name: 'Purchase', namespace: 'com.contoso', fields }),
    references: [customer],
  });
  const purchases = (subject: string): [number, number] => [
    store.register(subject, purchase(PURCHASE_FIELDS)).id,
    store.register(subject, purchase([...PURCHASE_FIELDS, NOTE])).id,
  ];
  store.register(customer.subject, avro(CUSTOMER));
  store.register(money.subject, { type: 'PROTOBUF', text: MONEY, references: [] });
  purchases('purchases-base64-value');
  return {
    purchases: purchases('purchases-avro-value'),
    payment: store.register('payments-protobuf-value', {
      type: 'PROTOBUF',
      text: PAYMENT,
      references: [money],
    }).id,
    visit: store.register('visits-json-value', {
      type: 'JSON',
      text: JSON.stringify(VISIT, undefined, 2),
      references: [],
    }).id,
  };
}

function avro(schema: object): NewSchema {
  return { type: 'AVRO', text: JSON.stringify(schema), references: [] };
}

function enumOf(name: string, ...symbols: readonly string[]): object {
  return { type: 'enum', name, symbols };
}
