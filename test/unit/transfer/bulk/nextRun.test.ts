import assert from 'node:assert/strict';
import { KafkaError } from '../../../../src/core/errors';
import type { BulkReport } from '../../../../src/transfer/bulk/bulkReport';
import { nextRun } from '../../../../src/transfer/bulk/nextRun';

const report: BulkReport<unknown> = {
  ...{ accepted: 5, refused: 0, unclear: 0, setAside: 0, unsent: 3, bytes: 0, ms: 0 },
  end: { kind: 'cancelled' },
  examples: { refused: [], unclear: [], setAside: [] },
  written: [],
  firstUnsent: undefined,
  unclearPartitions: [],
  unread: false,
  keepError: undefined,
};
const refused = { kind: 'item', reason: { kind: 'refused', detail: '' } } as const;
const unencoded = { kind: 'encoding', error: new Error('no schema') } as const;
const throttled = new KafkaError('throttled');
const forbidden = new KafkaError('forbidden');

describe('the run after a run', () => {
  const table: readonly (readonly [
    what: string,
    facts: Partial<BulkReport<unknown>>,
    onBad: 'stop' | 'setAside',
    canReadOn: boolean,
    expected: ReturnType<typeof nextRun>,
  ])[] = [
    ['sends the rest after it was cancelled', {}, 'stop', false, 'rest'],
    ['sends the rest after it could not be encoded', { end: unencoded }, 'stop', false, 'rest'],
    ['is not needed where nothing is left', { unsent: 0 }, 'stop', true, undefined],
    ['sends what was not read', { unsent: 0, unread: true }, 'stop', true, 'rest'],
    ['cannot send what it cannot read', { unsent: 0, unread: true }, 'stop', false, undefined],
    ['waits for a look at what is unclear', { unclear: 1 }, 'stop', true, undefined],
    ['sets aside what stopped it', { end: refused, refused: 1 }, 'stop', false, 'setAside'],
    [
      'would only be refused again where the refused message is all that is left',
      { end: refused, refused: 1, unsent: 0 },
      ...(['stop', false, undefined] as const),
    ],
    ['would be refused again after many refusals', { end: refused }, 'setAside', true, undefined],
    [
      'would be refused again where all but the refused messages was sent',
      { end: { kind: 'done' }, refused: 4, unsent: 0 },
      ...(['setAside', false, undefined] as const),
    ],
    [
      'can help once the proxy takes calls again',
      { end: { kind: 'proxy', error: throttled } },
      ...(['stop', false, 'rest'] as const),
    ],
    [
      'would not be allowed, as before',
      { end: { kind: 'proxy', error: forbidden } },
      ...(['stop', false, undefined] as const),
    ],
    [
      'can read on after the connection broke',
      { end: { kind: 'source', error: new KafkaError('connection') }, unread: true, unsent: 0 },
      ...(['stop', true, 'rest'] as const),
    ],
    [
      'cannot read a broken file either',
      { end: { kind: 'source', error: new Error('gone') }, unread: true },
      ...(['stop', true, undefined] as const),
    ],
    [
      'would lose what cannot be saved',
      { end: { kind: 'keep' }, keepError: new Error('full') },
      ...(['stop', true, undefined] as const),
    ],
  ];
  for (const [what, facts, onBad, canReadOn, expected] of table) {
    it(what, () => {
      assert.equal(nextRun({ ...report, ...facts }, onBad, canReadOn), expected);
    });
  }
});
