import type { Served } from '../../../src/emulator/serve';
import { connectWith } from '../../../src/ui/clusters/connect';
import { clusterOf } from '../../support/clusterOf';
import type { Fault, Target } from '../../support/faults/fault';
import { startFaultProxy } from '../../support/faults/faultProxy';
import * as faults from '../../support/faults/faults';
import { rules } from '../../support/faults/plans';
import type { ContractServer, ServerFault } from '../server';

const FAULTS: Readonly<Record<Exclude<ServerFault, 'refused'>, Fault>> = {
  cutOff: faults.responseLost,
  hang: faults.hangAfter,
  unauthorized: faults.unauthorized,
  forbidden: faults.forbidden,
  throttled: faults.throttled,
  unavailable: faults.unavailable,
  nonsense: faults.signInPage,
};

/** The name of every connection among what clients keep. */
const CONNECTION = 'connection';

/** The methods that bypass the API of the proxy, and the one that ends it. */
export type BehindTheApi = Pick<
  ContractServer,
  'makeTopic' | 'append' | 'stored' | 'compact' | 'trim' | 'commit' | 'stop'
>;

/**
 * Puts a fault proxy before a REST proxy that speaks HTTPS, with Entra ID or without sign-in.
 *
 * @param fields what the dialect alone has in the definition of a cluster
 */
export async function contractServer(
  served: Served,
  behindTheApi: BehindTheApi,
  fields: Readonly<Record<string, string>> = {},
): Promise<ContractServer> {
  const between = await startFaultProxy(served);
  const definition = clusterOf('contract', between.info, fields);
  const requests = () =>
    between.seen
      .filter(({ target }) => isRequest(target))
      .map(({ target }) => ({ name: `${target.method} ${target.path}`, writes: writes(target) }));
  const connections = () => Array.from({ length: between.connections }, () => CONNECTION);
  let refusing = false;

  return {
    ...behindTheApi,
    open: ({ retries }) =>
      connectWith(() => ({ retries, backoffMs: 5 }))(definition, () =>
        Promise.resolve(between.info.clientSecret ?? undefined),
      ),
    break: async (fault, { on = 'all', times } = {}) => {
      if (fault === 'refused') {
        refusing = true;
        await between.refuse();
        return;
      }
      between.plan = rules({
        fault: FAULTS[fault],
        on: (target) => isRequest(target) && (on === 'all' || writes(target)),
        ...(times !== undefined && { times }),
      });
    },
    mend: async () => {
      between.plan = () => undefined;
      if (refusing) await between.listen();
      refusing = false;
    },
    get requests() {
      return requests();
    },
    arrived: (count) => between.until(() => requests().length >= count),
    get kept() {
      return [...connections(), ...served.instances()];
    },
    keepsOnly: (names) => {
      const most = names.filter((name) => name === CONNECTION).length;
      return between.until(
        () =>
          between.connections <= most && served.instances().every((name) => names.includes(name)),
      );
    },
    stop: async () => {
      await between.close();
      await behindTheApi.stop();
    },
  };
}

function isRequest({ server, kind }: Target): boolean {
  return server === 'proxy' && kind !== 'connection';
}

/** Consumer instances are made and moved to read. They are no part of the cluster. */
function writes({ method, path }: Target): boolean {
  return method !== 'GET' && !path.includes('/consumers/');
}
