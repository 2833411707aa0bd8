import assert from 'node:assert/strict';
import { complete } from '../../../src/language/completion';
import { caret } from '../../support/kafkaFiles';
import { HEAD, knowing } from '../../support/sample/orderSchema';

describe('Completion by a schema', () => {
  function labels(marked: string, isAskedFor = false): string[] {
    const { file, offset } = caret(marked);
    return complete(file, offset, knowing(), isAskedFor).items.map(({ label }) => label);
  }

  const examples: readonly (readonly [string, readonly string[]])[] = [
    ['{|', ['id', 'status', 'customer', 'note', 'tags', 'extra']],
    ['{"id": 1, "|', ['status', 'customer', 'note', 'tags', 'extra']],
    ['{"id": 1, "st|"', ['status', 'customer', 'note', 'tags', 'extra']],
    ['{"customer": {"|"}}', ['name', 'parent']],
    ['{"status": |', ['"NEW"', '"PAID"']],
    ['{"status": "P|"}', ['"NEW"', '"PAID"']],
    ['{"note": |}', ['null', '{"string"}', '{"int"}']],
    ['{"note": {"|"}}', ['string', 'int']],
    ['{"extra": {"a": |}}', ['true', 'false']],
    ['{"id": 1|}', []],
    ['{"id"|: 1}', []],
    ['{"id": "a" |', []],
  ];
  for (const [value, expected] of examples) {
    it(value, () => {
      assert.deepEqual(labels(`${HEAD}${value}\n###`), expected);
    });
  }

  it('writes members with their values, and objects with what they need', () => {
    const { file, offset } = caret(`${HEAD}{"|"}\n###`);
    const { items } = complete(file, offset, knowing());
    const written = new Map(items.map(({ label, textEdit }) => [label, textEdit?.newText]));
    assert.equal(written.get('id'), '"id": ${1:0}');
    assert.equal(written.get('status'), '"status": ${1:"NEW"}');
    assert.equal(written.get('customer'), '"customer": {\n  "name": "$1"\n}');
    const required = items.filter(({ detail }) => detail?.includes('required'));
    assert.deepEqual(
      required.map(({ label }) => label),
      ['id', 'customer'],
    );
    const [first] = items;
    assert.deepEqual(first?.documentation, { kind: 'markdown', value: 'Its number.' });
    const range = first.textEdit && 'range' in first.textEdit ? first.textEdit.range : undefined;
    assert.deepEqual([range?.start.character, range?.end.character], [1, 3]);
  });

  it('offers templates behind what the schema allows', () => {
    const all = labels(`${HEAD}{"status": |}\n###`, true);
    assert.deepEqual(all.slice(0, 2), ['"NEW"', '"PAID"']);
    assert.ok(all.length > 10);
  });

  it('lists subjects, versions, files, and formats inside of formats', () => {
    const lines: readonly (readonly [string, readonly string[]])[] = [
      [
        '-- @schema: |',
        ['orders-value', 'orders-key', 'customers-value', 'order.avsc', 'schemas/customer.proto'],
      ],
      ['-- @schema: orders-v|', ['orders-value']],
      ['-- @schema: orders-value@|', ['3', '2', '1']],
      ['value-format: avro(orders-value@|', ['3', '2', '1']],
      ['value-format: base64(avro(order.|', ['order.avsc']],
    ];
    for (const [line, expected] of lines) {
      assert.deepEqual(labels(`PRODUCER\ntopic: orders\n${line}\n`), expected);
    }
    const inner = labels('PRODUCER\nvalue-format: base64(|\n');
    assert.ok(inner.includes('avro') && inner.includes('gzip') && !inner.includes('auto'));
  });
});
