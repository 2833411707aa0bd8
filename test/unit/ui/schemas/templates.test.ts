import assert from 'node:assert/strict';
import { templateOf } from '../../../../src/ui/schemas/templates';

describe('the schema that a new subject begins with', () => {
  it('is named after the subject', () => {
    assert.match(templateOf('AVRO', 'customer-orders-value'), /"name": "CustomerOrders"/);
    assert.match(templateOf('PROTOBUF', 'orders-key'), /^message Orders \{$/m);
    assert.match(templateOf('JSON', 'a.b'), /"title": "AB"/);
  });

  it('has a name even if the subject gives none that its type takes', () => {
    assert.match(templateOf('PROTOBUF', '2024-value'), /^message Record2024 \{$/m);
    assert.match(templateOf('AVRO', '订单'), /"name": "Record"/);
  });
});
