import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  columnOf,
  type Field,
  fieldLabel,
  fieldOf,
  isField,
  readField,
} from '../../../src/viewer/fieldColumn';

describe('The column of a field', () => {
  it('is read as people write it', () => {
    const written: readonly (readonly [string, string | undefined])[] = [
      ['customer.id', 'value$.customer.id'],
      ['$.customer.id', 'value$.customer.id'],
      ['value.customer.id', 'value$.customer.id'],
      ['value$.customer.id', 'value$.customer.id'],
      [' .items[0].price ', 'value$.items[0].price'],
      ['$["a b"][2]', 'value$["a b"][2]'],
      ['["id"]', 'value$.id'],
      ['key.id', 'key$.id'],
      ['key:$.id', 'key$.id'],
      ['keys.id', 'value$.keys.id'],
      ['$[0]', 'value$[0]'],
      ['größe', 'value$.größe'],
      ['', undefined],
      ['$', undefined],
      ['$..id', undefined],
      ['items[*]', undefined],
      ['items[-1]', undefined],
      ['a.b c', undefined],
      ['a'.repeat(600), undefined],
    ];
    for (const [text, column] of written) assert.equal(readField(text), column, text);
  });

  it('has one spelling, which names the field', () => {
    const step = fc.oneof(fc.nat(1000), fc.string({ unit: 'grapheme', maxLength: 8 }));
    fc.assert(
      fc.property(
        fc.record<Field>(
          {
            part: fc.constantFrom('key', 'value'),
            steps: fc.array(step, { minLength: 1, maxLength: 5 }),
          },
          { noNullPrototype: true },
        ),
        (field) => {
          const column = columnOf(field);
          assert.deepEqual(fieldOf(column), field);
          assert.ok(isField(column), column);
        },
      ),
    );
    assert.ok(!isField('value'));
    assert.ok(!isField('value$.a b'));
  });

  it('is headed by its path', () => {
    assert.equal(fieldLabel('value$.customer.id'), '$.customer.id');
    assert.equal(fieldLabel('key$.id'), 'key $.id');
  });
});
