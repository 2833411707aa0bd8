import assert from 'node:assert/strict';
import { respondsAt } from '../support/kafka/readiness';
import { useKafka } from '../support/kafka/useKafka';

describe('A Kafka for tests', () => {
  const kafka = useKafka();
  const port = () => Number(kafka().bootstrap.split(':')[1]);

  it('responds once it has started', async () => {
    assert.equal(await respondsAt(port()), true);
  });

  it('is gone after it was killed, and comes back at the same address', async () => {
    await kafka().kill();
    assert.equal(await respondsAt(port()), false);
    await kafka().restart();
    assert.equal(await respondsAt(port()), true);
  });

  it('starts again after it was shut down', async () => {
    await kafka().shutDown();
    assert.equal(await respondsAt(port()), false);
    await kafka().restart();
    assert.equal(await respondsAt(port()), true);
  });
});
