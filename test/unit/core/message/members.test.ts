import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { isTaken, memberNames, members } from '../../../../src/core/message/members';

const bytes = Uint8Array.of(0xff);

describe('The members of a message', () => {
  const table: readonly [needs: string, record: NewRecord][] = [
    ['', { value: 'v' }],
    ['', { key: null, value: Buffer.from('é'), headers: [] }],
    ['timestamp', { value: 'v', timestamp: 0 }],
    ['headers', { value: 'v', headers: [{ name: 'a', value: null }] }],
    ['tombstone', { value: null }],
    ['binary', { value: bytes }],
    ['binary', { value: 'half a pair: \ud800' }],
    ['binary', { key: bytes, value: 'v' }],
    ['binary', { key: '\udc00', value: 'v' }],
    ['timestamp,headers', { value: '', timestamp: 5, headers: [{ name: '', value: bytes }] }],
  ];
  for (const [needs, record] of table) {
    it(`need ${needs || 'nothing'} of a proxy: ${Object.keys(record).join()}`, () => {
      const features = memberNames.flatMap((name) => members[name].needs(record) ?? []);
      assert.equal(features.join(), needs);
    });
  }

  it('are taken from a written message but for its offset, and its time on request', () => {
    const taken = (options: { timestamps?: boolean }) =>
      memberNames.filter((name) => isTaken(name, options)).join();
    assert.equal(taken({}), 'partition,key,headers,value');
    assert.equal(taken({ timestamps: true }), 'partition,timestamp,key,headers,value');
  });
});
