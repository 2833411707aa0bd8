import assert from 'node:assert/strict';
import { decodeHere } from '../../../../../support/decoding';
import { type KnownSchema, knownSchemas } from '../../../../../support/schemas';

const ORDER = JSON.stringify({
  type: 'record',
  name: 'com.contoso.Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'lines', type: { type: 'array', items: 'string' } },
  ],
});
/** The order 7 with the lines "a" and "b". */
const DATA = '0e0402610262' + '00';

describe('Decoding of Avro', () => {
  const decode = (format: string, hex: string, ...schemas: readonly KnownSchema[]) =>
    decodeHere(format, Buffer.from(hex, 'hex'), { schemas: knownSchemas(...schemas) });
  const problem = async (schema: unknown, hex: string) => {
    const text = JSON.stringify(schema);
    return (await decode('avro(it.avsc)', hex, { file: 'it.avsc', text })).problem;
  };
  const misfit = async (schema: unknown, hex: string) => {
    const found = await problem(schema, hex);
    assert.equal(found?.kind, 'not-in-schema', JSON.stringify(found));
    return found.detail;
  };

  it('takes the schema that the message names, and tells which', async () => {
    const shown = await decode('avro', `0000000009${DATA}`, {
      ...{ text: ORDER, id: 9, subject: 'orders-value', version: 3 },
    });
    assert.deepEqual(shown, {
      text: '{"id":7,"lines":["a","b"]}',
      facts: {
        format: 'avro',
        isGuess: false,
        schema: { id: 9, subject: 'orders-value', version: 3, name: 'com.contoso.Order' },
      },
    });
  });

  it('takes the schema of the format for messages that name none', async () => {
    const named = { text: ORDER, subject: 'orders-value', id: 9 };
    const writers = { text: '"string"', id: 8 };
    const texts = await Promise.all(
      [DATA, `0000000009${DATA}`, '00000000080478' + '79'].map(
        async (hex) => (await decode('avro(orders-value)', hex, named, writers)).text,
      ),
    );
    assert.deepEqual(texts, ['{"id":7,"lines":["a","b"]}', '{"id":7,"lines":["a","b"]}', '"xy"']);
  });

  it('takes the schema of the format where the message only looks like naming one', async () => {
    const five = { text: '{"type":"fixed","name":"F","size":6}', subject: 's' };
    const shown = await decode('avro(s)', '000000000541', five);
    assert.equal(shown.text, '"\\u0000\\u0000\\u0000\\u0000\\u0005A"');
  });

  it('skips a framing before data that a file describes, without asking a registry', async () => {
    const schemas = knownSchemas({ text: ORDER, file: 'order.avsc' });
    for (const hex of [DATA, `0000000009${DATA}`, `0300${'ab'.repeat(16)}${DATA}`]) {
      const shown = await decodeHere('avro(order.avsc)', Buffer.from(hex, 'hex'), { schemas });
      assert.equal(shown.text, '{"id":7,"lines":["a","b"]}', hex);
    }
    assert.ok(schemas.asked.every(({ by }) => by === 'file'));
  });

  it('asks for each schema once', async () => {
    const schemas = knownSchemas({ text: ORDER, id: 9 });
    const { here } = await import('../../../../../../src/core/message/decoders/here');
    const open = here.openDecode(
      { kind: 'avro', argument: '' },
      { topic: 't', part: 'key', schemas },
    );
    const message = Buffer.from(`0000000009${DATA}`, 'hex');
    await open([message, message]);
    await open([message]);
    assert.deepEqual(schemas.asked, [{ by: 'id', id: 9 }]);
  });

  it('follows a file that is edited', async () => {
    let text = '"int"';
    const find = () =>
      Promise.resolve({ schema: { type: 'AVRO', text, imports: [] }, file: 'a.avsc' } as const);
    const { here } = await import('../../../../../../src/core/message/decoders/here');
    const open = here.openDecode(
      { kind: 'avro', argument: 'a.avsc' },
      { topic: 't', part: 'key', schemas: { find } },
    );
    const read = async () => (await open([Buffer.from([2])]))[0]?.text;
    assert.equal(await read(), '1');
    text = '"boolean"';
    assert.equal(await read(), undefined);
    text = '"long"';
    assert.equal(await read(), '1');
  });

  it('says what is missing', async () => {
    const kinds = await Promise.all([
      decode('avro', '4142'),
      decode('avro', '000000000741'),
      decode('avro', `0300${'ab'.repeat(16)}41`),
      decode('avro', '000000000741', { text: '{}', type: 'JSON', id: 7 }),
      decode('avro', '000000000741', { text: '{"type":"record"}', id: 7, subject: 's' }),
      decodeHere('avro', Buffer.from('000000000741', 'hex')),
    ]);
    assert.deepEqual(
      kinds.map((shown) => shown.problem),
      [
        { kind: 'not-in-format', detail: 'no id of a schema comes before the data' },
        { kind: 'no-schema', detail: 'there is no schema with the id 7' },
        {
          kind: 'no-schema',
          detail:
            'only its own registry knows the version abababab-abab-abab-abab-abababababab of AWS Glue',
        },
        { kind: 'no-schema', detail: 'the schema 7 is a JSON Schema, not an Avro schema' },
        { kind: 'no-schema', detail: 's@1 cannot be used: a "name" is missing' },
        { kind: 'no-schema', detail: 'the cluster names no schema registry' },
      ],
    );
  });

  it('says what does not fit, and where', async () => {
    const lines = { type: 'array', items: { type: 'map', values: 'boolean' } };
    const record = { type: 'record', name: 'R', fields: [{ name: 'lines', type: lines }] };
    assert.equal(await misfit(record, ''), 'lines: the data end too early');
    assert.equal(
      await misfit(record, '0202026105'),
      'lines[0].a: a boolean is neither 0 nor 1, but 5',
    );
    assert.equal(await misfit('long', '0000'), '1 byte follows it');
    assert.equal(await misfit('int', '8080808010'), 'an int has more than 32 bits');
    assert.equal(await misfit('long', `${'ff'.repeat(9)}02`), 'a long has more than 64 bits');
    assert.equal(await misfit('bytes', '01'), 'a length is negative');
    assert.equal(await misfit('string', 'feffffffffffffffff01'), 'the data end too early');
    assert.equal(await misfit(['null'], '02'), 'the union has no branch number 1');
    const suit = { type: 'enum', name: 'E', symbols: ['A'] };
    assert.equal(await misfit(suit, '02'), 'the enum has no symbol number 1');
  });

  it('reads blocks that tell their size, and several of them', async () => {
    const text = '{"type":"array","items":"int"}';
    const shown = await decode('avro(it.avsc)', '0304020402' + '0600', { file: 'it.avsc', text });
    assert.equal(shown.text, '[1,2,3]');
  });

  it('marks a text that is not UTF-8', async () => {
    const shown = await decode('avro(it.avsc)', '04ff41', { file: 'it.avsc', text: '"string"' });
    assert.deepEqual([shown.text, shown.facts?.misfit], ['"\ufffdA"', 'a text in it is not UTF-8']);
    const honest = await decode('avro(it.avsc)', '06efbfbd', { file: 'it.avsc', text: '"string"' });
    assert.deepEqual([honest.text, honest.facts?.misfit], ['"\ufffd"', undefined]);
  });

  it('ends what would become too large', async () => {
    const many = 'feffffffffffffffff01';
    const nothing = { type: 'record', name: 'R', fields: [] };
    const itself = { type: 'record', name: 'R', fields: [{ name: 'r', type: 'R' }] };
    const chain = { type: 'record', name: 'R', fields: [{ name: 'r', type: ['null', 'R'] }] };
    for (const [schema, hex] of [
      [{ type: 'array', items: 'null' }, many],
      [{ type: 'array', items: nothing }, many],
      [{ type: 'array', items: { type: 'fixed', name: 'F', size: 0 } }, many],
      [itself, ''],
      [chain, '02'.repeat(100_000)],
    ] as const) {
      assert.deepEqual(await problem(schema, hex), { kind: 'too-large' }, JSON.stringify(schema));
    }
  });

  it('does not grow with the schema: each record doubles the next', async () => {
    const doubled = Array.from({ length: 60 }, (_, index) => ({
      type: 'record',
      name: `R${index}`,
      fields: ['a', 'b'].map((name) => ({ name, type: index === 59 ? 'null' : `R${index + 1}` })),
    }));
    const text = JSON.stringify([...doubled]);
    const shown = await decode('avro(it.avsc)', '00', { file: 'it.avsc', text });
    assert.deepEqual(shown.problem, { kind: 'too-large' });
  });
});
