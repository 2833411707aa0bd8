import assert from 'node:assert/strict';
import { KafkaError } from '../../../../src/core/errors';
import type { NewRecord } from '../../../../src/core/kafka';
import { Bodies } from '../../../../src/core/produce/bodies';

describe('Bodies', () => {
  const records: readonly NewRecord[] = [{ value: 'a' }, { value: 'b' }];
  let made: number;
  let bodies: Bodies<string>;

  beforeEach(() => {
    made = 0;
    bodies = new Bodies((given) => {
      made += 1;
      if (given.length === 0) throw new KafkaError('rejected', { detail: 'nothing' });
      return given.map(({ value }) => String(value)).join();
    });
  });

  it('makes a body once, before its call', () => {
    bodies.prepare(records);
    assert.equal(made, 1);
    assert.equal(bodies.take(records), 'a,b');
    assert.equal(made, 1);
  });

  it('makes a body that was not prepared, or was taken before', () => {
    assert.equal(bodies.take(records), 'a,b');
    bodies.prepare(records);
    bodies.take(records);
    assert.equal(bodies.take(records), 'a,b');
    assert.equal(made, 3);
  });

  it('takes other records for others, even if they are equal', () => {
    bodies.prepare(records);
    bodies.take([...records]);
    assert.equal(made, 2);
  });

  it('says what is wrong when the call is made', () => {
    bodies.prepare([]);
    assert.throws(() => bodies.take([]), { kind: 'rejected', detail: 'nothing' });
  });
});
