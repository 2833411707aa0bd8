import { startEmulator, type Emulator } from '../../../../../src/emulator/server';
import type { ConfluentOptions } from '../../../../../src/emulator/faces/confluent/confluentRest';
import { type Reply, type Request, send } from '../../support';

/** Starts the face without sign-in and TLS. */
export function startFace(confluent: ConfluentOptions = {}, samples = false): Promise<Emulator> {
  return startEmulator({ face: 'confluent', auth: 'none', tls: false, samples, confluent });
}

/** Sends JSON, if there is a body; texts go as they are. */
export function ask(
  { info }: Emulator,
  method: string,
  path: string,
  body?: unknown,
  contentType = 'application/json',
): Promise<Reply> {
  const request: Request = {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': contentType },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  };
  return send(info.endpoint + path, null, request);
}

/** Returns the JSON of a response. */
export function parsed({ text }: Reply): unknown {
  return JSON.parse(text);
}
