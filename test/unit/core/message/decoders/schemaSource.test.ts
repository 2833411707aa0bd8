import assert from 'node:assert/strict';
import { here } from '../../../../../src/core/message/decoders/here';
import { knownSchemas } from '../../../../support/schemas';

describe('The schema of a file, or the latest of a subject', () => {
  it('is asked for each time, and made ready only where it is another one', async () => {
    let schemas = knownSchemas({ text: '"string"', file: 'a.avsc' });
    const decode = here.openDecode(
      { kind: 'avro', argument: 'a.avsc' },
      {
        topic: 'orders',
        part: 'value',
        schemas: { find: async (...asked) => structuredClone(await schemas.find(...asked)) },
      },
    );
    const shown = async () => (await decode([Buffer.from('0241', 'hex')]))[0];
    const [first, second] = [await shown(), await shown()];
    assert.equal(first?.text, '"A"');
    assert.equal(first.facts, second?.facts);
    schemas = knownSchemas({ text: '{"type":"array","items":"int"}', file: 'a.avsc' });
    assert.equal((await shown())?.problem?.kind, 'not-in-schema');
  });
});
