import { ScalarType } from '@bufbuild/protobuf';
import type { FieldPlan, MessagePlan, ValuePlan } from './plan';
import { wrapped } from './special';

/** Messages that stand more deeply in others are left out, unless they are required. */
const MAX_DEPTH = 4;
/** Those that require themselves cannot be written at all. */
const MAX_REQUIRED_DEPTH = 20;
/** How many messages an example has. */
const MAX_MESSAGES = 200;

const ofSpecial: ReadonlyMap<string, string> = new Map([
  ...Array.from(wrapped, ([name, scalar]) => [name, ofScalar(scalar)] as const),
  ['google.protobuf.Any', '{"@type":"type.googleapis.com/google.protobuf.Empty"}'],
  ['google.protobuf.Duration', '"1.5s"'],
  ['google.protobuf.FieldMask', '""'],
  ['google.protobuf.ListValue', '[]'],
  ['google.protobuf.Struct', '{}'],
  ['google.protobuf.Timestamp', '"2026-01-31T12:00:00Z"'],
  ['google.protobuf.Value', 'null'],
]);

/** Returns the JSON of a message with a value for each of its fields, of a oneof for the first. */
export function exampleOf(plan: MessagePlan): string {
  return new Example().ofMessage(plan, 0);
}

class Example {
  #left = MAX_MESSAGES;

  ofMessage(plan: MessagePlan, depth: number): string {
    const special = ofSpecial.get(plan.name);
    if (special !== undefined) return special;
    if (depth > MAX_REQUIRED_DEPTH) return '{}';
    this.#left -= 1;
    const seen = new Set<string>();
    const members = plan.fields.flatMap((field) => {
      const { label, oneof } = field;
      const json = oneof !== undefined && seen.has(oneof) ? undefined : this.#ofField(field, depth);
      if (json === undefined) return [];
      if (oneof !== undefined) seen.add(oneof);
      return [label + json];
    });
    return `{${members.join()}}`;
  }

  #ofField({ shape, value, mapKey, isRequired }: FieldPlan, depth: number): string | undefined {
    const isTooMuch = depth >= MAX_DEPTH || this.#left <= 0;
    const isLeftOut = isTooMuch && value.kind === 'message' && !isRequired;
    if (shape === 'one') return isLeftOut ? undefined : this.#ofValue(value, depth);
    if (shape === 'list') return isLeftOut ? '[]' : `[${this.#ofValue(value, depth)}]`;
    const key = mapKey === ScalarType.STRING ? 'key' : mapKey === ScalarType.BOOL ? 'true' : '1';
    return isLeftOut ? '{}' : `{"${key}":${this.#ofValue(value, depth)}}`;
  }

  #ofValue(value: ValuePlan, depth: number): string {
    if (value.kind === 'message') return this.ofMessage(value.message(), depth + 1);
    if (value.kind === 'scalar') return ofScalar(value.scalar);
    if (value.enum.name === 'google.protobuf.NullValue') return 'null';
    // The first one often says that nothing is known.
    const [first, second = first] = value.enum.numbers.keys();
    return second === undefined ? '0' : JSON.stringify(second);
  }
}

function ofScalar(scalar: ScalarType): string {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return '""';
    case ScalarType.BOOL:
      return 'false';
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.INT32:
    case ScalarType.FIXED64:
    case ScalarType.FIXED32:
    case ScalarType.UINT32:
    case ScalarType.SFIXED32:
    case ScalarType.SFIXED64:
    case ScalarType.SINT32:
    case ScalarType.SINT64:
      return '0';
  }
}
