import assert from 'node:assert/strict';
import { KafkaError } from '../../../../../src/core/errors';
import { fetchSubject, subjectOf, useOf } from '../../../../../src/ui/tree/memory/schemaFacts';

const { signal } = new AbortController();

describe('what the tree knows of subjects', () => {
  it('is the versions, newest first, and the level of compatibility', async () => {
    const registry = {
      versions: () => Promise.resolve([1, 2, 10]),
      compatibility: () => Promise.resolve({ level: 'FULL', isDefault: false }),
    };
    assert.deepEqual(await fetchSubject(registry, 'orders-value', signal), {
      versions: [10, 2, 1],
      compatibility: { level: 'FULL', isDefault: false },
    });
  });

  it('is the versions alone where the level is not told', async () => {
    const registry = {
      versions: () => Promise.resolve([1]),
      compatibility: () => Promise.reject(new KafkaError('forbidden')),
    };
    assert.deepEqual(await fetchSubject(registry, 'orders-value', signal), { versions: [1] });
  });

  it('is the topic that a subject is named after', () => {
    assert.deepEqual(useOf('my-orders-value'), { topic: 'my-orders', part: 'value' });
    assert.deepEqual(useOf('orders-key'), { topic: 'orders', part: 'key' });
    assert.equal(useOf('com.contoso.Order'), undefined);
    assert.equal(useOf('-value'), undefined);
    assert.equal(subjectOf({ topic: 'orders', part: 'key' }), 'orders-key');
  });
});
