import { anyOf, type Phrase, phrase, type PhraseArgument } from '../../../phrase';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { isDecimal } from './logical';
import type { AvroType, Logical } from './schema';

const SHOWN = 40;

/** Returns what a value is: `"abc"`, `12`, `an object`. */
export function found(json: ExactJson): PhraseArgument {
  if (typeof json === 'string') return quoted(json);
  if (json instanceof JsonNumber) return shortened(json.text);
  if (isElements(json)) return phrase('an array');
  return isMembers(json) ? phrase('an object') : String(json);
}

export function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Returns what may stand where one of these types is expected: `null or a number (long)`. */
export function expectedAny(types: readonly AvroType[]): Phrase {
  return anyOf(types.map(expected));
}

function expected(type: AvroType): Phrase {
  switch (type.kind) {
    case 'null':
      return phrase('null');
    case 'boolean':
      return phrase('true or false');
    case 'int':
    case 'long':
      return type.logical ? words(type.logical) : phrase('a whole number ({0})', type.kind);
    case 'float':
    case 'double':
      return phrase('a number ({0})', type.kind);
    case 'bytes':
    case 'fixed':
      return type.logical && isDecimal(type.logical)
        ? phrase('a number ({0})', 'decimal')
        : phrase('a text ({0})', type.kind);
    case 'string':
      return phrase('a text');
    case 'enum': {
      const symbols = type.symbols.slice(0, 10).map(quoted).join(', ');
      return phrase('one of {0}', symbols + (type.symbols.length > 10 ? ', …' : ''));
    }
    case 'array':
      return phrase('an array');
    case 'map':
      return phrase('an object ({0})', 'map');
    case 'record':
      return phrase('an object ({0})', type.name);
    case 'union':
      return expectedAny(type.branches);
  }
}

function words({ name }: Logical): Phrase {
  switch (name) {
    case 'timestamp':
      return phrase('a date and time');
    case 'local-timestamp':
      return phrase('a local date and time');
    case 'decimal':
    case 'big-decimal':
    case 'uuid':
    case 'duration':
    case 'date':
    case 'time':
      return phrase('a {0}', name);
  }
}
