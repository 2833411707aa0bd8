import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { type DecodedRecord, legible, withContent } from '../../../../src/core/message/decoded';
import { formats } from '../../../../src/core/message/format';

const raw: KafkaRecord = { partition: 0, offset: 7n, key: 'k', value: 'v' };
const both: DecodedRecord = { raw, shown: { key: { text: 'K' }, value: { text: 'V' } } };

describe('What is written of a message', () => {
  it('is what was read', () => {
    assert.equal(withContent(both, 'raw'), raw);
    const problem = { kind: 'lossy' } as const;
    for (const shown of [undefined, {}, { value: { problem } }]) {
      const decoded = { raw, ...(shown && { shown }) };
      for (const content of ['raw', 'decoded', 'both'] as const) {
        assert.equal(withContent(decoded, content), raw);
      }
    }
  });

  it('is what was decoded in its place', () => {
    assert.deepEqual(withContent(both, 'decoded'), { ...raw, key: 'K', value: 'V' });
    const [key, value] = [{ text: 'K' }, { text: '' }];
    assert.deepEqual(withContent({ raw, shown: { key } }, 'decoded'), { ...raw, key: 'K' });
    assert.deepEqual(withContent({ raw, shown: { value } }, 'decoded'), { ...raw, value: '' });
  });

  it('is both, where there are both', () => {
    const all = { ...raw, key: 'K', value: 'V', rawKey: 'k', rawValue: 'v' };
    assert.deepEqual(withContent(both, 'both'), all);
    const [key, value] = [{ text: 'K' }, { text: 'V' }];
    assert.deepEqual(withContent({ raw, shown: { key } }, 'both'), {
      ...raw,
      key: 'K',
      rawKey: 'k',
    });
    const valueAlone = { ...raw, value: 'V', rawValue: 'v' };
    assert.deepEqual(withContent({ raw, shown: { value } }, 'both'), valueAlone);
    const none = { ...raw, key: null, value: null };
    assert.deepEqual(withContent({ ...both, raw: none }, 'both'), { ...raw, key: 'K', value: 'V' });
  });

  it('has what was read behind what was decoded of it', () => {
    const json = formats.jsonl.records([withContent(both, 'both')]);
    assert.match(json, /"key":"K","value":"V","rawKey":"k","rawValue":"v"\}$/);
  });

  it('says of both parts why they are not decoded', () => {
    const problem = { kind: 'lossy' } as const;
    const shown = { key: { problem }, value: { problem } };
    assert.deepEqual(
      legible({ raw, shown }, ({ kind }) => kind),
      { ...raw, problem: 'key: lossy; value: lossy' },
    );
  });
});
