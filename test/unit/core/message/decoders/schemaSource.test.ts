import assert from 'node:assert/strict';
import { here } from '../../../../../src/core/message/decoders/here';
import { decodeHere } from '../../../../support/decoding';
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

describe('A message that its schema does not read', () => {
  const place = { id: 7, subject: 'orders-value', version: 2 };
  const framed = (hex: string) => Buffer.from(`0000000007${hex}`, 'hex');

  it('names the schema that did not fit', async () => {
    const record = '{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}';
    const schemas = knownSchemas({ text: record, ...place });
    const shown = await decodeHere('avro', framed('ff'), { schemas });
    assert.equal(shown.problem?.kind, 'not-in-schema');
    const schema = { ...place, name: 'Order' };
    assert.deepEqual(shown.facts, { format: 'avro', isGuess: false, schema });
    const guess = await decodeHere('auto', framed('ff'), { schemas });
    assert.equal(guess.problem?.kind, 'not-in-schema');
    assert.deepEqual(guess.facts, { format: 'avro', isGuess: true, schema });
  });

  it('names the schema of what is not JSON', async () => {
    const schemas = knownSchemas({ text: '{"title":"Order"}', type: 'JSON', ...place });
    const shown = await decodeHere('json-schema', framed('ff'), { schemas });
    assert.equal(shown.problem?.kind, 'not-in-format');
    assert.deepEqual(shown.facts?.schema, { ...place, name: 'Order' });
  });

  it('names a schema that cannot be used', async () => {
    const other = knownSchemas({ text: '{"title":"Order"}', type: 'JSON', ...place });
    for (const format of ['avro', 'protobuf']) {
      const shown = await decodeHere(format, framed('00'), { schemas: other });
      assert.equal(shown.problem?.kind, 'no-schema');
      assert.deepEqual(shown.facts, { format, isGuess: false, schema: place });
    }
    const broken = knownSchemas({ text: '[]', type: 'JSON', ...place });
    const shown = await decodeHere('json-schema', framed('7b7d'), { schemas: broken });
    assert.deepEqual([shown.text, shown.facts?.schema], ['{}', place]);
  });
});
