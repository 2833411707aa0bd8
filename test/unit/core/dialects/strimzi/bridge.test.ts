import assert from 'node:assert/strict';
import { createError } from '../../../../../src/core/dialects/strimzi/bridge';

describe('a topic that Strimzi’s bridge does not create', () => {
  const error = (status: number, text: string) => {
    const { kind, detail } = createError(status, text, 'bridge:8080');
    return [kind, detail];
  };
  const json = (message: string) => JSON.stringify({ error_code: 500, message });

  it('is refused if the bridge says why', () => {
    assert.deepEqual(error(500, json("Topic 't1' already exists.")), [
      'rejected',
      "Topic 't1' already exists.",
    ]);
    assert.equal(error(500, json('Not authorized to access topics: [t1]'))[0], 'forbidden');
  });

  it('may exist nevertheless if a server in between failed, or Kafka took too long', () => {
    const page = '<html><body><h1>Internal Server Error</h1></body></html>';
    assert.equal(error(500, page)[0], 'unclear');
    assert.equal(error(500, '')[0], 'unclear');
    assert.equal(error(200, json('no such status'))[0], 'unclear');
    assert.equal(error(500, json('The request timed out.'))[0], 'unclear');
  });
});
