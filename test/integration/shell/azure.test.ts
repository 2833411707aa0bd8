import assert from 'node:assert/strict';
import type { FoundCluster } from '../../../src/azure/foundCluster';
import { KafkaError } from '../../../src/core/errors';
import { verdictOn } from '../../../src/ui/clusters/azure/verdict';
import { remediesOf } from '../../../src/ui/words/remedies';
import { explain } from '../../../src/ui/words/report';

describe('A cluster that was found in Azure', () => {
  const endpoint = 'https://contoso-kafkarest.azurehdinsight.net';
  const definition = { name: 'contoso', endpoint };
  const withoutProxy: FoundCluster = {
    name: 'contoso',
    resourceId: '/subscriptions/s',
    location: 'West Europe',
    state: 'Running',
  };
  const found = { ...withoutProxy, endpoint };

  const verdicts: readonly (readonly [FoundCluster | 'gone', RegExp, ...string[]])[] = [
    [found, /^contoso runs, says Azure/, 'Open Setup Guide', 'Check Again'],
    [{ ...found, state: 'ResizeQueued' }, /scaled or maintained.*ResizeQueued$/, 'Check Again'],
    [{ ...found, state: 'Deleting' }, /^contoso is being deleted/, 'Check Again'],
    [{ ...found, state: 'Error' }, /^contoso does not run.*Error$/, 'Check Again'],
    [withoutProxy, /^contoso has no REST proxy/, 'Open Setup Guide'],
    [{ ...found, endpoint: 'https://b.azurehdinsight.net' }, /has another address/, 'Edit Cluster'],
    ['gone', /^contoso is no longer in Azure$/, 'Add Cluster from Azure...', 'Remove Cluster...'],
  ];
  for (const [given, message, ...titles] of verdicts) {
    it(`has a verdict that leads on: ${message.source}`, () => {
      const verdict = verdictOn(definition, given);
      assert.match(verdict.message, message);
      assert.deepEqual(
        verdict.actions.map(({ title }) => title),
        titles,
      );
    });
  }

  it('can be looked up there if it does not respond', () => {
    const azure = { resourceId: '/subscriptions/s', group: 'kafka-clients' };
    const titles = (error: KafkaError) =>
      remediesOf(error, { cluster: 'contoso', again: () => undefined }).map(({ title }) => title);
    const silent = new KafkaError('host-not-found', { host: 'h', azure });
    assert.deepEqual(titles(silent), ['Check in Azure', 'Try Again', 'Edit Cluster']);
    assert.match(explain(silent).reason, /no such host: h/);
    assert.match(explain(silent).advice, /Check in Azure whether it runs/);
    const elsewhere = new KafkaError('host-not-found', { host: 'h' });
    assert.ok(!titles(elsewhere).includes('Check in Azure'));
  });
});
