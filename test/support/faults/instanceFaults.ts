import type { Fault } from './fault';
import { responds } from './responseFaults';

const lost = JSON.stringify({ error_code: 40403, message: 'Consumer instance not found.' });

/** Responds as a proxy that has lost a consumer instance, or never had it. */
export const lostInstance = responds('404, instance lost', 404, lost);

/**
 * Acts as a load balancer that takes two nodes in turns, of which the first never has the instance:
 * each call about one has to be repeated.
 */
export function otherNode(): Fault {
  const calls = new Map<string, number>();
  return {
    name: 'each first call reaches another node',
    act: async (exchange) => {
      const { method, path } = exchange.target;
      const call = `${method} ${path.replace(/\?.*/, '')}`;
      const count = calls.get(call) ?? 0;
      calls.set(call, count + 1);
      if (count % 2 === 0 && 'act' in lostInstance) await lostInstance.act(exchange);
      else await exchange.send(await exchange.forward());
    },
  };
}
