import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { meet } from '../calls';
import { systemError } from './files';
import { type AnyFunction, replaceAll } from './replace';

/**
 * `throws`: Node refuses the request at once. `refused`: nobody listens. `lost`: the server has done
 * what it was asked for, and its response does not arrive. `cut`: half of the response arrives.
 */
const hows = ['throws', 'refused', 'lost', 'cut'] as const;

/** Lets requests over HTTP fail; returns what ends that. */
export function seamOfHttp(): () => void {
  const undo = [http, https].map((module) => replaceAll(module, { request: requesting }));
  const { ClientRequest: real } = http;
  // What must not go through an HTTP proxy makes its requests itself.
  http.ClientRequest = new Proxy(real, {
    construct: (target, given) => requesting(() => Reflect.construct(target, given))() as object,
  });
  return () => {
    http.ClientRequest = real;
    for (const each of undo) each();
  };
}

function requesting(real: AnyFunction): AnyFunction {
  return function (...given) {
    const how = meet('HTTP', 'request', hows);
    if (how === 'throws') throw new TypeError('Request path contains unescaped characters');
    const request = real.apply(this, given) as ClientRequest;
    if (how === 'refused') request.destroy(systemError('ECONNREFUSED', 'connect'));
    if (how === 'lost') {
      onResponse(request, (response, emit) => {
        response.resume();
        request.destroy();
        emit('error', systemError('ECONNRESET', 'read'));
      });
    }
    if (how === 'cut') {
      onResponse(request, (response, emit) => {
        cut(response);
        emit('response', response);
      });
    }
    return request;
  };
}

type Emit = (event: string, ...given: readonly unknown[]) => boolean;

/** Comes between a request and those who wait for its response. */
function onResponse(
  request: ClientRequest,
  act: (response: IncomingMessage, emit: Emit) => void,
): void {
  const emit = request.emit.bind(request) as Emit;
  request.emit = (event: string | symbol, ...given: readonly unknown[]): boolean => {
    const [response] = given;
    if (event !== 'response' || !(response instanceof http.IncomingMessage)) {
      return emit(String(event), ...given);
    }
    act(response, emit);
    return true;
  };
}

function cut(response: IncomingMessage): void {
  const push = response.push.bind(response);
  response.push = (chunk: unknown, encoding) => {
    if (chunk instanceof Uint8Array) push(chunk.subarray(0, chunk.length >> 1), encoding);
    response.destroy(systemError('ECONNRESET', 'read'));
    return false;
  };
}
