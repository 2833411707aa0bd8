import assert from 'node:assert/strict';
import { knownProperties, valueProblem } from '../../../../src/core/topicProperties/known';

describe('the properties of topics that Kafka documents', () => {
  it('are sorted, and have defaults that are valid', () => {
    const names = [...knownProperties.keys()];
    assert.ok(names.length > 30);
    assert.deepEqual(names, [...names].sort());
    for (const [name, { byDefault }] of knownProperties) {
      if (byDefault !== '') assert.equal(valueProblem(name, byDefault), undefined, name);
    }
  });

  it('tell what is wrong with a value', () => {
    assert.deepEqual(valueProblem('retention.ms', '7 days'), { kind: 'whole-number' });
    assert.deepEqual(valueProblem('retention.ms', 'x7'), { kind: 'whole-number' });
    assert.deepEqual(valueProblem('retention.ms', '-2'), { kind: 'min', min: -1 });
    assert.deepEqual(valueProblem('min.cleanable.dirty.ratio', '1,5'), { kind: 'number' });
    assert.deepEqual(valueProblem('preallocate', 'yes'), {
      kind: 'choice',
      choices: ['true', 'false'],
    });
    assert.equal(valueProblem('cleanup.policy', 'compact, delete')?.kind, undefined);
    assert.equal(valueProblem('cleanup.policy', 'compact,remove')?.kind, 'choice');
    for (const ratio of ['.5', '.25', '0.25', '0', '1.']) {
      assert.equal(valueProblem('min.cleanable.dirty.ratio', ratio), undefined);
    }
    assert.equal(valueProblem('min.cleanable.dirty.ratio', '.')?.kind, 'number');
  });

  it('tell nothing of others', () => {
    assert.equal(valueProblem('confluent.value.schema.validation', 'x'), undefined);
  });
});
