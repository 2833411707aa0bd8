import assert from 'node:assert/strict';
import type { Fault } from '../../support/faults/fault';
import { type FaultProxy, startFaultProxy } from '../../support/faults/faultProxy';
import {
  halfOpen,
  noSuchHost,
  refused,
  resetAtConnect,
  resetInResponse,
  shows,
} from '../../support/faults/faults';
import { rules } from '../../support/faults/plans';
import { asSetting, children, run, set, startOwnEmulator, type Started } from '../support';

interface Case {
  readonly fault: Fault;
  /** The reason in the words of the extension. */
  readonly reason: RegExp;
  readonly advice: string;
  /** How many connections one request makes to the REST proxy, where the fault proxy sees them. */
  readonly connections?: number;
  /** The setting `kafkaRest.request.timeout`, in seconds; default 30. */
  readonly timeout?: number;
}

const network = 'Check the address, the network and the proxy settings of VS Code';
const caFile =
  'If your company inspects HTTPS or has its own CA, set the CA certificate as the CA file';

const cases: readonly Case[] = [
  {
    fault: shows('unknown-ca'),
    reason: /the certificate is not trusted: 127\.0\.0\.1:\d+ \(UNABLE_TO_VERIFY_LEAF_SIGNATURE: /,
    advice: caFile,
    connections: 1,
  },
  {
    fault: shows('wrong-host'),
    reason:
      /the certificate is for another name than 127\.0\.0\.1:\d+ \(ERR_TLS_CERT_ALTNAME_INVALID: /,
    advice: 'Check the address; it must be the name for which the certificate was issued',
    connections: 1,
  },
  {
    fault: shows('expired'),
    reason: /the certificate is not trusted: 127\.0\.0\.1:\d+ \(CERT_HAS_EXPIRED: /,
    advice: caFile,
    connections: 1,
  },
  {
    fault: noSuchHost,
    reason: /no such host: kafka-rest-faults\.invalid/,
    advice: 'Check the address, and whether you must join a VPN first',
  },
  {
    fault: refused,
    reason: /no connection to 127\.0\.0\.1:1 \(.*ECONNREFUSED/,
    advice: network,
  },
  {
    fault: resetAtConnect,
    reason: /no connection to 127\.0\.0\.1:\d+ \(.*ECONNRESET/,
    advice: network,
    // The first one and three more tries.
    connections: 4,
  },
  {
    fault: resetInResponse,
    reason: /no connection to 127\.0\.0\.1:\d+ \(/,
    advice: network,
    connections: 4,
  },
  {
    fault: halfOpen,
    reason: /no response in time from 127\.0\.0\.1:\d+/,
    advice: 'Try again, or raise kafkaRest.request.timeout in the settings',
    timeout: 2,
  },
];

/** The same faults as those of `npm run test:faults`, for the bundle that ships, in VS Code. */
describe('What is wrong with a connection', () => {
  let emulator: Started;
  let proxy: FaultProxy;

  before(async () => {
    emulator = await startOwnEmulator();
    proxy = await startFaultProxy(emulator);
    await set('request.connectTimeout', 1);
  });

  afterEach(async () => {
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
  });

  after(async () => {
    await set('request.timeout', undefined);
    await set('request.connectTimeout', undefined);
    await proxy.close();
    await emulator.stop();
  });

  for (const { fault, reason, advice, connections, timeout = 30 } of cases) {
    it(`is told: ${fault.name}`, async () => {
      await set('request.timeout', timeout);
      proxy.plan = rules({ fault });
      const info = 'address' in fault ? fault.address(proxy.info) : proxy.info;
      await set('clusters', [asSetting('contoso', { info })]);
      const showInputBox = emulator.info.clientSecret;
      await run('replaceSecret', { cluster: 'contoso' }, { showInputBox });

      const before = proxy.seen.length;
      // Both at once, because most of the time passes before a request is repeated.
      const [said, [problem]] = await Promise.all([
        run('testCluster', { cluster: 'contoso' }).then((sentences) => sentences.join('\n')),
        children('contoso', 'Topics'),
      ]);
      assert.match(said, reason);
      assert.ok(said.includes(advice), said);
      const made = proxy.seen
        .slice(before)
        .filter(({ target: { server, kind } }) => server === 'proxy' && kind === 'connection');
      if (connections !== undefined) assert.equal(made.length, 2 * connections);

      const spoken = problem?.accessibilityInformation?.label ?? '';
      assert.match(spoken, reason);
      assert.ok(spoken.endsWith(`. ${advice}.`), spoken);
    });
  }
});
