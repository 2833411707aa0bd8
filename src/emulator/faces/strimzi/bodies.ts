import { type Call, HttpError } from '../../http';
import { ValidationError } from './bridgeError';
import type { Schema } from './schema';
import type { BridgeVersion } from './versions';

/** The largest body that is read, in bytes; the bridge has no limit of its own. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Returns the JSON text of a request's body. Throws an `HttpError` unless the content type is
 * exactly one of `types` and the body fits the schema.
 */
export async function bodyOf(
  call: Call,
  types: readonly string[],
  schema: Schema,
  { charsetStatus }: BridgeVersion,
): Promise<string> {
  const text = await call.text(MAX_BYTES);
  const type = call.headers['content-type'] ?? '';
  if (text === '') {
    throw new ValidationError('The related request does not contain the required body.');
  }
  if (!types.includes(type)) {
    if (type.includes(';') && charsetStatus === 500) {
      throw new HttpError(500, 'Internal Server Error');
    }
    throw new ValidationError('The format of the request body is not supported');
  }
  try {
    JSON.parse(text);
  } catch {
    throw new ValidationError("The request body can't be decoded");
  }
  const errors = schema(text.trim());
  if (errors.length > 0) throw new ValidationError('Schema validation error', errors);
  return text;
}
