import { ScalarType } from '@bufbuild/protobuf';
import type { FieldPlan, MessagePlan, ValuePlan } from './plan';
import { UNKNOWN } from './readMessage';
import { wrapped } from './special';

type JsonSchema = Readonly<Record<string, unknown>>;

/** As many messages are described; what is in others may be anything. */
const MAX_MESSAGES = 500;
/** Of larger groups, it is not said which fields may not be together. */
const MAX_ONEOF = 20;

const integer32 = (min: number, max: number) => ({ type: 'integer', minimum: min, maximum: max });
const signed32 = integer32(-(2 ** 31), 2 ** 31 - 1);
const unsigned32 = integer32(0, 2 ** 32 - 1);
const signed64 = { type: ['integer', 'string'], pattern: '^-?[0-9]+$' };
const unsigned64 = { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 0 };
const float = { anyOf: [{ type: 'number' }, { enum: ['NaN', 'Infinity', '-Infinity'] }] };

const ofScalars: Readonly<Record<ScalarType, JsonSchema>> = {
  [ScalarType.DOUBLE]: float,
  [ScalarType.FLOAT]: float,
  [ScalarType.INT64]: signed64,
  [ScalarType.UINT64]: unsigned64,
  [ScalarType.INT32]: signed32,
  [ScalarType.FIXED64]: unsigned64,
  [ScalarType.FIXED32]: unsigned32,
  [ScalarType.BOOL]: { type: 'boolean' },
  [ScalarType.STRING]: { type: 'string' },
  [ScalarType.BYTES]: { type: 'string', contentEncoding: 'base64' },
  [ScalarType.UINT32]: unsigned32,
  [ScalarType.SFIXED32]: signed32,
  [ScalarType.SFIXED64]: signed64,
  [ScalarType.SINT32]: signed32,
  [ScalarType.SINT64]: signed64,
};

const ofSpecial: ReadonlyMap<string, JsonSchema> = new Map<string, JsonSchema>([
  ...Array.from(wrapped, ([name, scalar]) => [name, ofScalars[scalar]] as const),
  [
    'google.protobuf.Any',
    { type: 'object', properties: { '@type': { type: 'string' } }, required: ['@type'] },
  ],
  ['google.protobuf.Duration', { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]{1,9})?s$' }],
  ['google.protobuf.FieldMask', { type: 'string' }],
  ['google.protobuf.ListValue', { type: 'array' }],
  ['google.protobuf.Struct', { type: 'object' }],
  ['google.protobuf.Timestamp', { type: 'string', format: 'date-time' }],
  ['google.protobuf.Value', {}],
]);

/** Returns the JSON Schema (draft 2020-12) of what `writeMessage` takes. */
export function jsonSchemaOf(plan: MessagePlan): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const queue = [plan];
  const refer = (message: MessagePlan): JsonSchema => {
    const special = ofSpecial.get(message.name);
    if (special) return special;
    if (!definitions.has(message.name)) {
      if (definitions.size >= MAX_MESSAGES) return { type: 'object' };
      definitions.set(message.name, {});
      queue.push(message);
    }
    return { $ref: `#/$defs/${message.name}` };
  };
  const root = refer(plan);
  for (let message = queue.pop(); message; message = queue.pop()) {
    if (!ofSpecial.has(message.name)) definitions.set(message.name, ofMessage(message, refer));
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: plan.name,
    ...root,
    $defs: Object.fromEntries(definitions),
  };
}

type Refer = (message: MessagePlan) => JsonSchema;

function ofMessage(plan: MessagePlan, refer: Refer): JsonSchema {
  const properties: [string, JsonSchema][] = [];
  // The names in the schema are understood, but not offered.
  const patterns: [string, JsonSchema | true][] = [[`^(?:\\${UNKNOWN}|\\[.*\\])$`, true]];
  for (const field of plan.fields) {
    const schema = ofField(field, refer);
    properties.push([field.name, schema]);
    const own = plan.desc.fields.find(({ number }) => number === field.number)?.name;
    if (own !== undefined && own !== field.name) patterns.push([`^${own}$`, schema]);
  }
  const required = plan.fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const together = plan.desc.oneofs.flatMap(({ name }) => excluded(plan, name));
  return {
    type: 'object',
    title: plan.name,
    properties: Object.fromEntries(properties),
    patternProperties: Object.fromEntries(patterns),
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(together.length > 0 && { not: { anyOf: together } }),
  };
}

/** Returns the pairs of fields of which only one may be there. */
function excluded(plan: MessagePlan, oneof: string): readonly JsonSchema[] {
  const names = plan.fields.filter((field) => field.oneof === oneof).map(({ name }) => name);
  if (names.length > MAX_ONEOF) return [];
  return names.flatMap((name, index) =>
    names.slice(index + 1).map((other) => ({ required: [name, other] })),
  );
}

function ofField({ shape, value }: FieldPlan, refer: Refer): JsonSchema {
  const schema = ofValue(value, refer);
  if (shape === 'list') return { type: 'array', items: schema };
  return shape === 'map' ? { type: 'object', additionalProperties: schema } : schema;
}

function ofValue(value: ValuePlan, refer: Refer): JsonSchema {
  if (value.kind === 'message') return refer(value.message());
  if (value.kind === 'scalar') return ofScalars[value.scalar];
  if (value.enum.name === 'google.protobuf.NullValue') return { type: 'null' };
  return { anyOf: [{ enum: [...value.enum.numbers.keys()] }, { type: 'integer' }] };
}
