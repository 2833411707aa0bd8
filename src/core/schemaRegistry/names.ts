import type { SchemaType } from './schema';
import { avroNames, protobufImports } from './textReferences';

/** What nests deeper than this in a JSON Schema is not looked at. */
const MAX_DEPTH = 200;

/**
 * Returns the names of what a schema uses and does not define, each once: full names of Avro, files
 * that Protobuf imports, and addresses in JSON Schema. Those that every registry knows are left out.
 * A text that is not JSON although it should be gives none.
 */
export function namesElsewhere(type: SchemaType, text: string): readonly string[] {
  switch (type) {
    case 'AVRO':
      return avroNames(text).missing;
    case 'PROTOBUF': {
      const files = protobufImports(text).filter((file) => !/^(google|confluent)\//.test(file));
      return [...new Set(files)];
    }
    case 'JSON':
      return addressesOf(text);
  }
}

/** Returns the names under which others can use a schema, as far as they follow from its text. */
export function namesIn(type: SchemaType, text: string): readonly string[] {
  return type === 'AVRO' ? avroNames(text).defined : [];
}

function addressesOf(text: string): readonly string[] {
  const found = new Set<string>();
  const own = new Set<string>();
  const collect = (value: unknown, depth: number) => {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value) as [string, unknown][]) {
      if (typeof member !== 'string') collect(member, depth + 1);
      else if (name === '$id') own.add(withoutFragment(member));
      else if (name === '$ref' && !member.startsWith('#')) found.add(withoutFragment(member));
    }
  };
  try {
    collect(JSON.parse(text), 0);
  } catch {
    return [];
  }
  return [...found].filter((address) => !own.has(address) && !isMetaSchema(address));
}

function withoutFragment(address: string): string {
  return address.split('#', 1)[0] ?? '';
}

function isMetaSchema(address: string): boolean {
  return /^https?:\/\/json-schema\.org\//.test(address);
}
