import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { isDecimal } from './logical';
import type { AvroType, Logical } from './schema';

const SHOWN = 40;

/** Returns what a value is, in English: `"abc"`, `12`, `an object`. */
export function found(json: ExactJson): string {
  if (typeof json === 'string') return quoted(json);
  if (json instanceof JsonNumber) return shortened(json.text);
  if (isElements(json)) return 'an array';
  return isMembers(json) ? 'an object' : String(json);
}

export function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Returns what may stand where one of these types is expected: `null or a number (long)`. */
export function expectedAny(types: readonly AvroType[]): string {
  const all = types.map(expected);
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}` : (all[0] ?? '');
}

function expected(type: AvroType): string {
  switch (type.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    case 'int':
    case 'long':
      return type.logical ? `a ${words(type.logical)}` : `a whole number (${type.kind})`;
    case 'float':
    case 'double':
      return `a number (${type.kind})`;
    case 'bytes':
    case 'fixed':
      return type.logical && isDecimal(type.logical)
        ? 'a number (decimal)'
        : `a text (${type.kind})`;
    case 'string':
      return 'a text';
    case 'enum': {
      const symbols = type.symbols.slice(0, 10).map(quoted).join(', ');
      return `one of ${symbols}${type.symbols.length > 10 ? ', …' : ''}`;
    }
    case 'array':
      return 'an array';
    case 'map':
      return 'an object (map)';
    case 'record':
      return `an object (${type.name})`;
    case 'union':
      return expectedAny(type.branches);
  }
}

function words({ name }: Logical): string {
  switch (name) {
    case 'timestamp':
      return 'date and time';
    case 'local-timestamp':
      return 'local date and time';
    case 'decimal':
    case 'big-decimal':
    case 'uuid':
    case 'duration':
    case 'date':
    case 'time':
      return name;
  }
}
