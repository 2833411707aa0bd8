import { type Call, type CallResponse, HttpError } from './http';

/** A call that an API offers. */
export interface Route {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** The whole path, with a group for each variable part. */
  readonly path: RegExp;
  /** Gets the variable parts of the path, decoded. */
  readonly handle: (parts: readonly string[], call: Call) => CallResponse | Promise<CallResponse>;
}

/**
 * Passes a call to its route. Throws an `HttpError` with 404 for an unknown path, with 405 for
 * another method, and with 400 for a path that is not encoded correctly.
 */
export function dispatch(
  routes: readonly Route[],
  call: Call,
): CallResponse | Promise<CallResponse> {
  const fitting = routes.filter(({ path }) => path.test(call.path));
  const route = fitting.find(({ method }) => method === call.method);
  if (!route) {
    if (fitting.length === 0) throw new HttpError(404, 'Not Found');
    const allowed = fitting.map(({ method }) => method).join(', ');
    throw new HttpError(405, 'Method Not Allowed', { Allow: allowed });
  }
  return route.handle((route.path.exec(call.path) ?? []).slice(1).map(decode), call);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, 'The path is not valid.');
  }
}

/** Returns a response of 200, or another status, with a document as JSON; a bigint as its digits. */
export function json(document: unknown, status = 200): CallResponse {
  return { status, body: toJson(document) };
}

/** Returns the JSON of a document; a bigint as its digits. Members that are undefined are left out. */
export function toJson(document: unknown): string {
  if (typeof document === 'bigint') return document.toString();
  if (Array.isArray(document)) return `[${document.map(toJson).join(',')}]`;
  if (typeof document !== 'object' || document === null) return JSON.stringify(document ?? null);
  const members = Object.entries(document)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${toJson(value)}`);
  return `{${members.join(',')}}`;
}
