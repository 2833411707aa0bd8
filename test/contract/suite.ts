import assert from 'node:assert/strict';
import type { KafkaProxy } from '../../src/core/kafka';
import { type Check, runCheck } from './check';
import { failureChecks } from './checks/failures';
import { metadataChecks } from './checks/metadata';
import { produceChecks } from './checks/produce';
import { readChecks } from './checks/read';
import { topicChecks } from './checks/topics';
import type { ContractServer } from './server';

/** The checks that every dialect must pass, by subject. */
export const contract: Readonly<Record<string, readonly Check[]>> = {
  metadata: metadataChecks,
  topics: topicChecks,
  producing: produceChecks,
  reading: readChecks,
  failures: failureChecks,
};

/**
 * Declares the tests of the contract against a server. A check is skipped if the capabilities and
 * methods of the dialect say that it does not offer the feature, or if it cannot be asked of this
 * server: `exceptions` gives the reason, by the name of the check.
 */
export function describeContract(
  dialect: string,
  start: () => Promise<ContractServer>,
  exceptions: Readonly<Record<string, string>> = {},
): void {
  const names = new Set(
    Object.values(contract).flatMap((checks) => checks.map(({ name }) => name)),
  );
  for (const name of Object.keys(exceptions)) assert.ok(names.has(name), `no check: ${name}`);

  describe(`${dialect} keeps the contract`, () => {
    let server: ContractServer | undefined;
    let proxy: KafkaProxy | undefined;

    before(async () => {
      server = await start();
      proxy = server.open({ retries: 0 });
    });

    after(async () => {
      await proxy?.dispose();
      await server?.stop();
    });

    for (const [subject, checks] of Object.entries(contract)) {
      describe(subject, () => {
        for (const check of checks) {
          const reason = exceptions[check.name];
          if (reason !== undefined) {
            it(`${check.name}: not asked, because ${reason}`);
            continue;
          }
          it(check.name, async function () {
            assert.ok(server && proxy);
            if (check.applies && !check.applies(proxy)) this.skip();
            await runCheck(check, server, proxy);
          });
        }
      });
    }
  });
}
