import type { ResolvedSchema } from './schema';
import { misfit } from './misfit';

interface Field {
  readonly type: string;
  readonly isRepeated: boolean;
  readonly name: string;
}

/** The fields of each message by their numbers, by the name of the message. */
type Messages = ReadonlyMap<string, ReadonlyMap<string, Field>>;

const TOKENS = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w.]+|[^\s\w]/g;

/** Types whose bytes can be read as those of the others beside them. */
const ALIKE: readonly (readonly string[])[] = [
  ['int32', 'uint32', 'int64', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
  ['string', 'bytes'],
];

export function protobufProblem({ text, imports }: ResolvedSchema): string | undefined {
  const tokens = tokensOf(text);
  let depth = 0;
  for (const token of tokens) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth < 0) return 'a bracket too many';
  }
  if (depth > 0) return 'a bracket is not closed';
  if (messagesOf(text).size === 0 && !tokens.includes('enum')) return 'no message in it';
  const unknown = importsOf(tokens).find(
    (name) => !name.startsWith('google/') && !imports.some((each) => each.name === name),
  );
  return unknown === undefined
    ? undefined
    : `${unknown} is imported, and no reference has its name`;
}

/**
 * Returns what keeps a reader from reading what a writer has written: a message that is gone, and a
 * field whose number stands for another kind of value. That a field is added or removed is fine.
 * Options, `oneof` and the values of enumerations are not compared.
 */
export function protobufMisfits(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  const known = messagesOf(reader.text);
  return [...messagesOf(writer.text)].flatMap(([message, fields]) => {
    const accepted = known.get(message);
    if (!accepted) return [misfit('MESSAGE_REMOVED', `The message '${message}' is gone`, message)];
    return [...fields].flatMap(([number, field]) => {
      const other = accepted.get(number);
      if (!other || (isAlike(other.type, field.type) && other.isRepeated === field.isRepeated)) {
        return [];
      }
      const what = `The kind of field ${number} of '${message}' changed`;
      return [misfit('FIELD_SCALAR_KIND_CHANGED', what, `${field.type} to ${other.type}`)];
    });
  });
}

function isAlike(a: string, b: string): boolean {
  return a === b || ALIKE.some((types) => types.includes(a) && types.includes(b));
}

function tokensOf(text: string): readonly string[] {
  return (text.match(TOKENS) ?? []).filter((token) => !/^\/[/*]/.test(token));
}

function importsOf(tokens: readonly string[]): readonly string[] {
  return tokens.flatMap((token, at) => {
    if (token !== 'import') return [];
    const path = tokens.slice(at + 1, at + 3).find((each) => /^["']/.test(each));
    return path === undefined ? [] : [path.slice(1, -1)];
  });
}

/** Finds the messages and their fields, without checking all else. */
function messagesOf(text: string): Messages {
  const tokens = tokensOf(text);
  const messages = new Map<string, Map<string, Field>>();
  const open: string[] = [];
  let statement: string[] = [];
  for (const token of tokens) {
    if (token === '{') {
      const [keyword = '', name = ''] = statement;
      open.push(keyword === 'message' ? name : `${keyword}:`);
      if (keyword === 'message') messages.set(pathOf(open), new Map());
      statement = [];
    } else if (token === '}' || token === ';') {
      const field = token === ';' ? fieldOf(statement) : undefined;
      if (field) messages.get(pathOf(open))?.set(field.number, field);
      if (token === '}') open.pop();
      statement = [];
    } else {
      statement.push(token);
    }
  }
  return messages;
}

/** The name of the innermost message. The fields of a `oneof` belong to the message around it. */
function pathOf(open: readonly string[]): string {
  return open.filter((name) => !name.endsWith(':') || name === 'enum:').join('.');
}

function fieldOf(statement: readonly string[]): (Field & { readonly number: string }) | undefined {
  const at = statement.indexOf('=');
  const [name = '', number = ''] = [statement[at - 1], statement[at + 1]];
  const before = statement.slice(0, at - 1);
  const label = ['repeated', 'optional', 'required'].find((each) => each === before[0]);
  const type = before.slice(label === undefined ? 0 : 1).join('');
  if (at < 2 || !/^\d+$/.test(number) || type === '' || type === 'option') return undefined;
  return { name, number, type, isRepeated: label === 'repeated' };
}
