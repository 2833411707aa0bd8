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

/**
 * Returns the JSON of a message with a value for each of its fields, of a oneof for the first. A
 * message within itself is left out. What its JSON Schema allows would not do: that does not say
 * which keys a map takes.
 */
export function exampleOf(plan: MessagePlan): string {
  return new Example().ofMessage(plan);
}

class Example {
  #left = MAX_MESSAGES;

  /** The names of the messages in which the next one stands. */
  readonly #open: string[] = [];

  ofMessage(plan: MessagePlan): string {
    const special = ofSpecial.get(plan.name);
    if (special !== undefined) return special;
    if (this.#open.length > MAX_REQUIRED_DEPTH) return '{}';
    this.#left -= 1;
    this.#open.push(plan.name);
    const seen = new Set<string>();
    const members = plan.fields.flatMap((field) => {
      const { label, oneof } = field;
      const json = oneof !== undefined && seen.has(oneof) ? undefined : this.#ofField(field);
      if (json === undefined) return [];
      if (oneof !== undefined) seen.add(oneof);
      return [label + json];
    });
    this.#open.pop();
    return `{${members.join()}}`;
  }

  #ofField({ shape, value, mapKey, isRequired }: FieldPlan): string | undefined {
    const isLeftOut = value.kind === 'message' && !isRequired && this.#isTooMuch(value.message());
    if (shape === 'one') return isLeftOut ? undefined : this.#ofValue(value);
    if (shape === 'list') return isLeftOut ? '[]' : `[${this.#ofValue(value)}]`;
    const key = mapKey === ScalarType.STRING ? 'key' : mapKey === ScalarType.BOOL ? 'true' : '1';
    return isLeftOut ? '{}' : `{"${key}":${this.#ofValue(value)}}`;
  }

  #isTooMuch({ name }: MessagePlan): boolean {
    return this.#left <= 0 || this.#open.length > MAX_DEPTH || this.#open.includes(name);
  }

  #ofValue(value: ValuePlan): string {
    if (value.kind === 'message') return this.ofMessage(value.message());
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
      return '"text"';
    case ScalarType.BYTES:
      return '"AQ=="';
    case ScalarType.BOOL:
      return 'true';
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
      return '1';
  }
}
