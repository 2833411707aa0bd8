import { type Call, type CallResponse, HttpError } from '../../http';

const TYPE = 'application/vnd.kafka.json.v2+json';
const SERVER = 'Karapace/6.2.0';

/** A failure with a code of Karapace's own. */
export class KarapaceError extends HttpError {
  constructor(
    status: number,
    readonly code: number,
    message: string,
    readonly contentType = TYPE,
  ) {
    super(status, message);
  }
}

/** A failure of the web server below Karapace, which responds with plain text. */
export class PlainError extends HttpError {}

/** Returns a response with JSON text. */
export function jsonText(body: string, status = 200): CallResponse {
  return { status, headers: { 'content-type': TYPE, server: SERVER }, body, isBare: true };
}

/** Returns a response without a body. */
export function empty(): CallResponse {
  const headers = { 'content-type': 'application/json', server: SERVER };
  return { status: 204, headers, body: '', isBare: true };
}

/** Returns Karapace's response to a call that failed. */
export function errorResponse(error: HttpError): CallResponse {
  const { status, message, headers } = error;
  if (error instanceof KarapaceError) {
    const body = JSON.stringify({ error_code: error.code, message });
    const response = jsonText(body, status);
    return { ...response, headers: { ...response.headers, 'content-type': error.contentType } };
  }
  if (status === 401 || status === 403) {
    const reason = status === 401 ? 'Unauthorized' : 'Forbidden';
    const response = jsonText(JSON.stringify({ message: reason }), status);
    return { ...response, headers: { ...headers, ...response.headers } };
  }
  const isOwn = error instanceof PlainError;
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: isOwn ? message : `${status}: ${message}`,
    isBare: true,
  };
}

/** Reads the JSON text of a body. Throws a `PlainError` if it is missing or malformed. */
export async function bodyOf(call: Call): Promise<string> {
  const text = await call.text(MAX_BODY_BYTES).catch((error: unknown) => {
    if (!(error instanceof HttpError) || error.status !== 413) throw error;
    const message = 'HTTP Request Entity Too Large';
    throw new KarapaceError(413, 413, message, 'application/json');
  });
  if (text === '') throw new PlainError(400, 'Missing request JSON body');
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new PlainError(400, 'Invalid request JSON body');
  }
}

const MAX_BODY_BYTES = 1024 * 1024;

/** Never resolves: the client gives up first. */
export async function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
