import assert from 'node:assert/strict';
import type { DecodedFacts } from '../../../../src/core/message/decoders/decoder';
import { MAX_FACTS } from '../../../../src/viewer/store/chunkLayout';
import { phrase } from '../../../../src/core/phrase';
import { FactTable } from '../../../../src/viewer/store/factTable';

describe('The facts of decoding', () => {
  const avro = (id: number): DecodedFacts => ({ format: 'avro', isGuess: true, schema: { id } });

  it('are kept once, however many messages have them', () => {
    const table = new FactTable();
    const numbers = [avro(1), avro(1), avro(2)].map((facts) =>
      table.numberOf({ value: { text: '{}', facts } }),
    );
    assert.deepEqual(numbers, [1, 1, 2]);
    assert.deepEqual(table.at(2), { value: avro(2) });
    assert.equal(table.numberOf({ value: { text: '{}' } }), 0);
    assert.deepEqual(table.at(0), {});
    assert.deepEqual(table.formats('value'), ['avro']);
    assert.deepEqual(table.formats('key'), []);
  });

  it('leave out the misfits of single messages rather than their schemas', () => {
    const table = new FactTable();
    let last = 0;
    for (let n = 0; n < 2 * MAX_FACTS; n += 1) {
      const facts = { ...avro(7), misfit: phrase('{0} is missing', n) };
      last = table.numberOf({ value: { text: '{}', facts } });
    }
    assert.deepEqual(table.at(last), { value: avro(7) });
    const other = table.numberOf({ value: { text: '{}', facts: avro(8) } });
    assert.deepEqual(table.at(other), { value: avro(8) });
  });
});
