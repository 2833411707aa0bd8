import type { Certificate, Fault, WholeResponse } from './fault';

const half = ({ body }: WholeResponse): number => body.length >> 1;

/* Before the request: the network, names and certificates. */

export const noSuchHost: Fault = {
  name: 'DNS failure',
  address: (info) => ({ ...info, endpoint: 'https://kafka-rest-faults.invalid' }),
};

export const refused: Fault = {
  name: 'connection refused',
  // Port 1 is tcpmux, which no program serves.
  address: (info) => ({ ...info, endpoint: 'https://127.0.0.1:1' }),
};

export const resetAtConnect: Fault = {
  name: 'reset at connect',
  connect: ({ socket }) => {
    socket.resetAndDestroy();
  },
};

/** Accepts the connection and then does nothing: not even TLS completes. */
export const halfOpen: Fault = { name: 'half-open hang', connect: ({ socket }) => socket.resume() };

export function shows(certificate: Exclude<Certificate, 'trusted'>): Fault {
  const names = {
    'unknown-ca': 'TLS: unknown CA',
    'wrong-host': 'TLS: wrong host name',
    expired: 'TLS: expired certificate',
  };
  return {
    name: names[certificate],
    connect: (connection) => {
      connection.serve(certificate);
    },
  };
}

/* Time. */

/** Delays every response by `ms`, plus up to `jitterMs` at random. */
export function latency(ms: number, jitterMs = 0, random = Math.random): Fault {
  return {
    name: jitterMs > 0 ? `latency ${ms} ms, jitter ${jitterMs} ms` : `latency ${ms} ms`,
    act: async (exchange) => {
      await exchange.pause(ms + random() * jitterMs);
      await exchange.send(await exchange.forward());
    },
  };
}

/** Sends the response in pieces; with `pieces` infinite, one byte at a time without end. */
export function drip(name: string, pieces: number, everyMs: number): Fault {
  return {
    name,
    act: async (exchange) => {
      const { status, headers, body } = await exchange.forward();
      exchange.response.writeHead(status, { ...headers, 'content-length': body.length });
      const size = pieces === Infinity ? 1 : Math.max(1, Math.ceil(body.length / pieces));
      for (let at = 0; at < body.length && !exchange.gone.aborted; at += size) {
        // The response never ends: however short the body, its last byte is never sent.
        if (pieces === Infinity && at === body.length - 1) return;
        exchange.response.write(body.subarray(at, at + size));
        await exchange.pause(everyMs);
      }
      exchange.response.end();
    },
  };
}

export const hangBefore: Fault = {
  name: 'hang, not processed',
  act: async (exchange) => {
    await exchange.body();
  },
};

export const hangAfter: Fault = {
  name: 'hang, processed',
  act: async (exchange) => {
    await exchange.forward();
  },
};

export const hangInResponse: Fault = {
  name: 'hang in the response',
  act: async (exchange) => {
    const response = await exchange.forward();
    await exchange.send(response, half(response));
  },
};

/* Connections that break. */

export const resetBeforeBody: Fault = {
  name: 'reset before the body',
  act: (exchange) => {
    exchange.breakOff();
  },
};

export const resetInBody: Fault = {
  name: 'reset in the body',
  act: (exchange) => {
    // A request without a body ends at once.
    for (const event of ['data', 'end']) {
      exchange.request.once(event, () => {
        exchange.breakOff();
      });
    }
    exchange.request.resume();
  },
};

export const resetAfterBody: Fault = {
  name: 'reset after the body, not processed',
  act: async (exchange) => {
    await exchange.body();
    exchange.breakOff();
  },
};

export const responseLost: Fault = {
  name: 'reset after the body, processed',
  act: async (exchange) => {
    await exchange.forward();
    exchange.breakOff();
  },
};

export const resetInResponse: Fault = breaksInResponse('reset in the response', 'reset');
export const truncated: Fault = breaksInResponse('truncated response', 'close');

function breaksInResponse(name: string, how: 'reset' | 'close'): Fault {
  return {
    name,
    act: async (exchange) => {
      const response = await exchange.forward();
      await exchange.send(response, half(response));
      exchange.breakOff(how);
    },
  };
}
