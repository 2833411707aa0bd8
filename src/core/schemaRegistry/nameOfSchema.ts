import type { WholeSchema } from './schema';

const PACKAGE = /^[ \t]*package[ \t]+([\w.]+)[ \t]*;/m;
const MESSAGE = /^[ \t]*message[ \t]+(\w+)/m;

/**
 * Returns the full name of the record or message that a schema is for, as serializers name subjects
 * by it; `undefined` if it does not tell. Of a Protobuf schema, it is the first message.
 */
export function nameOfSchema({
  type,
  text,
}: Pick<WholeSchema, 'type' | 'text'>): string | undefined {
  if (type === 'PROTOBUF') {
    const [, message] = MESSAGE.exec(text) ?? [];
    const [, within] = PACKAGE.exec(text) ?? [];
    return message === undefined || within === undefined ? message : `${within}.${message}`;
  }
  const members = membersOf(text);
  if (type === 'JSON') return textOf(members.get('title'));
  const name = textOf(members.get('name'));
  const namespace = textOf(members.get('namespace'));
  if (name === undefined || name.includes('.') || !namespace) return name;
  return `${namespace}.${name}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function membersOf(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
