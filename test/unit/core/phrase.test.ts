import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { parseAvro } from '../../../src/core/message/decoders/avro/parse';
import { writeAvro } from '../../../src/core/message/decoders/avro/write';
import { Misfit } from '../../../src/core/message/decoders/schemas/problems';
import { parseExact } from '../../../src/core/json/exact';
import { anyOf, inEnglish, phrase } from '../../../src/core/phrase';
import { inWords } from '../../../src/l10n/inWords';
import chinese from '../../../l10n/bundle.l10n.zh-cn.json';

describe('A phrase', () => {
  it('is English in errors, also where it stands in another one', () => {
    const found = phrase('expected {0}, found {1}', phrase('an object ({0})', 'map'), '{0}');
    assert.equal(inEnglish(found), 'expected an object (map), found {0}');
    assert.equal(inEnglish(anyOf(['a', 'b', 'c'].map((one) => phrase(one)))), 'a, b or c');
    assert.equal(inEnglish(anyOf([phrase('a')])), 'a');
  });

  it('says in the language of the window what does not fit a schema', () => {
    const symbols = ['PLACED', 'PAID'];
    const fields = [{ name: 'status', type: { type: 'enum', name: 'Status', symbols } }];
    const text = JSON.stringify({ type: 'record', name: 'Order', fields });
    const order = parseAvro({ text, imports: [] });
    l10n.config({ contents: chinese });
    try {
      assert.throws(
        () => writeAvro(order, parseExact('{"status":"SOLD"}')),
        (error) =>
          error instanceof Misfit &&
          inWords(error.atPlace) === 'status：应为以下之一："PLACED", "PAID"，实际为 "SOLD"',
      );
    } finally {
      l10n.config({ contents: {} });
    }
  });
});
