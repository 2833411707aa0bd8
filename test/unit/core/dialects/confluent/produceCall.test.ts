import assert from 'node:assert/strict';
import {
  fateOf,
  streamBody,
  streamResults,
} from '../../../../../src/core/dialects/confluent/produceCall';
import { KafkaError } from '../../../../../src/core/errors';

describe('produce calls of API v3', () => {
  it('write one JSON object for each record, with bytes, headers and a time', () => {
    const headers = [
      { name: 'h', value: Buffer.from([0, 1]) },
      { name: 'none', value: null },
    ];
    const lines = streamBody([
      { key: 'k', value: 'é', partition: 2, headers, timestamp: 1_700_000_000_123 },
      { value: null },
      { key: '', value: Buffer.from([0xff]) },
    ])
      .toString()
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    assert.deepEqual(lines, [
      {
        partition_id: 2,
        headers: [
          { name: 'h', value: 'AAE=' },
          { name: 'none', value: null },
        ],
        key: { type: 'BINARY', data: 'aw==' },
        value: { type: 'BINARY', data: 'w6k=' },
        timestamp: '2023-11-14T22:13:20.123Z',
      },
      {},
      { key: { type: 'BINARY', data: '' }, value: { type: 'BINARY', data: '/w==' } },
    ]);
  });

  it('refuse a time that no date has', () => {
    const record = { value: 'v', timestamp: 1e17 };
    assert.throws(() => streamBody([record]), { kind: 'rejected' });
  });

  it('take a result from each line, and keep offsets exact', () => {
    const text =
      '{"error_code":200,"partition_id":1,"offset":9007199254740993}\r\n' +
      '{"error_code":40403,"message":"This server does not host this topic-partition."}\r\n';
    assert.deepEqual(streamResults(text, 2), [
      { status: 'accepted', partition: 1, offset: 9_007_199_254_740_993n },
      { status: 'refused', detail: 'This server does not host this topic-partition.' },
    ]);
  });

  it('take results that are laid out over several lines, with brackets in their text', () => {
    const text = '{\n  "error_code" : 400,\n  "message" : "}{"\n}\n{ "error_code": 500 }';
    assert.deepEqual(streamResults(text, 2), [
      { status: 'refused', detail: '}{' },
      { status: 'unclear', detail: '' },
    ]);
  });

  it('call records unclear that the response does not reach', () => {
    const text = '{"error_code":200,"partition_id":0,"offset":0}\r\n';
    const statuses = streamResults(text, 3).map(({ status }) => status);
    assert.deepEqual(statuses, ['accepted', 'unclear', 'unclear']);
    assert.throws(() => streamResults('<html></html>', 1), KafkaError);
  });

  for (const [code, message, fate] of [
    [42_206, 'Payload error.', 'refused'],
    [429, 'Rate limit exceeded', 'refused'],
    [408, 'Streaming connection open for longer than allowed', 'refused'],
    [40_301, 'Not authorized to access topics: [t]', 'refused'],
    [50_003, 'Topic t not present in metadata after 60000 ms.', 'refused'],
    [50_002, 'The message is 2000 bytes when serialized which is larger than 1000', 'too-large'],
    [50_003, 'Expiring 1 record(s) for t-0: 120000 ms has passed', 'unclear'],
    [50_002, 'Kafka error', 'unclear'],
    [40_002, 'The server experienced an unexpected error when processing the request.', 'unclear'],
  ] as const) {
    it(`know what ${code} proves: ${message}`, () => {
      assert.equal(fateOf({ code, message }), fate);
    });
  }
});
