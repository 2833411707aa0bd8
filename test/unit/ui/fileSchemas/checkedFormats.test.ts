import assert from 'node:assert/strict';
import { checkedFormats } from '../../../../src/ui/fileSchemas/checkedFormats';
import type { FileSchema } from '../../../../src/ui/fileSchemas/schemaMemory';
import { format } from '../../../support/formats';

describe('the formats of a file that is checked', () => {
  const orders: FileSchema = {
    cluster: 'contoso',
    topic: 'orders',
    key: 'json-schema(orders-key)',
    value: 'avro(orders-value)',
  };

  it('are those of the check on the cluster whose schemas they are', () => {
    assert.deepEqual(checkedFormats(orders, 'contoso', true), {
      key: format('json-schema(orders-key)'),
      value: format('avro(orders-value)'),
    });
    assert.deepEqual(checkedFormats(orders, 'fabrikam', true), {});
  });

  it('are the same on every cluster for a schema file, and say nothing of keys', () => {
    const value = format('avro(schemas/order.avsc)');
    assert.deepEqual(checkedFormats({ value: 'avro(schemas/order.avsc)' }, 'contoso', true), {
      value,
    });
  });

  it('have Base64 around them where a proxy carries text only, once and only if it is needed', () => {
    const value = (text: string) => checkedFormats({ value: text }, 'contoso', false).value;
    assert.deepEqual(value('avro(order.avsc)'), format('base64(avro(order.avsc))'));
    assert.deepEqual(value('base64(avro(order.avsc))'), format('base64(avro(order.avsc))'));
    assert.deepEqual(value('json-schema(order.json)'), format('json-schema(order.json)'));
  });

  it('are missing if what is remembered cannot be written', () => {
    for (const value of ['auto', 'none', 'nonsense(', 'base64(nonsense)', '']) {
      assert.deepEqual(checkedFormats({ value }, 'contoso', true), {}, value);
    }
  });
});
