import assert from 'node:assert/strict';
import { textFor } from '../../../../../../src/core/message/decoders/describe/text';

describe('A text for a schema', () => {
  const table: readonly [schema: Readonly<Record<string, unknown>>, text: string][] = [
    [{}, 'text'],
    [{ format: 'ipv4' }, '192.0.2.1'],
    [{ format: 'other' }, 'text'],
    [{ minLength: 4, maxLength: 4 }, 'text'],
    [{ minLength: 5 }, 'textx'],
    [{ maxLength: 3 }, 'tex'],
    [{ maxLength: 0 }, ''],
    [{ minLength: -1, maxLength: '2' }, 'text'],
    [{ minLength: 1001 }, 'text'.padEnd(1000, 'x')],
    [{ pattern: 'e' }, 'text'],
    [{ pattern: '^[A-Z]{2}$' }, 'AA'],
    [{ pattern: '(?=x)' }, 'text'],
    [{ pattern: '^[A-Z]{2}$', minLength: 3 }, 'AA'],
    [{ format: 'date', pattern: '^\\d' }, '2026-01-31'],
    [{ format: 'date', pattern: '^[a-z]{3}$' }, 'aaa'],
    [{ format: 'date', maxLength: 10, minLength: 10 }, '2026-01-31'],
    [{ format: 'date', maxLength: 9 }, 'text'],
    [{ format: 'date', minLength: 11 }, 'textxxxxxxx'],
  ];
  for (const [schema, text] of table) {
    it(`is "${text.slice(0, 20)}" for ${JSON.stringify(schema)}`, () => {
      assert.equal(textFor(schema), text);
    });
  }
});
