import type { FormatArgument } from './decoder';

/**
 * Which schema a format names, in brackets: `orders-value`, `orders-value@3`, `schemas/order.avsc`,
 * and after a `#` which message of it, if there are several: `orders.proto#contoso.Order`.
 */
export interface SchemaArgument {
  /** A relative path begins at the folder of the document that has the format, else at the workspace. */
  readonly file?: string;
  readonly subject?: string;
  /** Missing: the latest one. */
  readonly version?: number;
  readonly message?: string;
}

const FILE = /\.(?:avsc|avdl|proto|protoset|desc|pb|json)$/i;
const MESSAGE = /^\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const MAX_VERSION = 2 ** 31 - 1;

/** Reads what stands in brackets; `undefined` if it cannot name a schema. */
export function readSchemaArgument(text: string): SchemaArgument | undefined {
  const found = text.lastIndexOf('#');
  // Folders can be named "C#", messages cannot.
  const hash = found < 0 || text.includes('/', found) ? -1 : found;
  const message = hash < 0 ? undefined : text.slice(hash + 1).trim();
  const place = (hash < 0 ? text : text.slice(0, hash)).trim();
  if (message !== undefined && !MESSAGE.test(message)) return undefined;
  const named = message === undefined ? {} : { message: message.replace(/^\./, '') };
  if (place === '') return message === undefined ? {} : { ...named };
  if (FILE.test(place)) return { file: place, ...named };
  const at = /^(.+)@(\d+|latest)$/.exec(place);
  const [, subject = place, version = 'latest'] = at ?? [];
  if (version === 'latest') return { subject, ...named };
  const number = Number(version);
  return number >= 1 && number <= MAX_VERSION ? { subject, version: number, ...named } : undefined;
}

/** Returns the only spelling of such an argument. */
export function writeSchemaArgument({ file, subject, version, message }: SchemaArgument): string {
  const place = file ?? `${subject ?? ''}${version === undefined ? '' : `@${version}`}`;
  return message === undefined ? place : `${place}#${message}`;
}

/** The argument of formats that have a schema. Without one, the message says which, or its topic. */
export const schemaArgument: FormatArgument = {
  choices: [],
  parse(text) {
    const read = readSchemaArgument(text);
    return read ? { argument: writeSchemaArgument(read) } : { problem: 'schema-invalid' };
  },
};
