import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import type { PayloadProblemKind } from '../../../../src/core/message/payloadProblem';
import { formats } from '../../../../src/core/message/format';
import { guessPayload, parsePayload, parseRecord } from '../../../../src/core/message/parse';
import { plainHeaders } from '../../../support/headers';

describe('payload', () => {
  describe('one', () => {
    for (const text of ['hello', '', ' {"a": 1.0}\r\n', '[{"value":1}]', 'null', '\ud800']) {
      it(`takes ${JSON.stringify(text)} as it is`, () => {
        assert.deepEqual(parsePayload(text, 'one'), { records: [{ value: text }] });
      });
    }
  });

  describe('many', () => {
    const table: [what: string, text: string, records: NewRecord[]][] = [
      ['an array', '[{"value":"a"},{"value":"b"}]', [{ value: 'a' }, { value: 'b' }]],
      [
        'an array with blanks',
        ' [\n{ "value" : "a" }\n,\r\n{"value":"b"} ]\n',
        [{ value: 'a' }, { value: 'b' }],
      ],
      ['lines', '{"value":"a"}\n{"value":"b"}', [{ value: 'a' }, { value: 'b' }]],
      [
        'lines of Windows, with blank ones',
        '\r\n{"value":"a"}\r\n\r\n \t\r\n{"value":"b"}\r\n',
        [{ value: 'a' }, { value: 'b' }],
      ],
      [
        'a key and a partition',
        '{"key":"k","value":"v","partition":2}',
        [{ key: 'k', value: 'v', partition: 2 }],
      ],
      [
        'members in any order',
        '{"partition":0,"value":"v","key":"k"}',
        [{ key: 'k', value: 'v', partition: 0 }],
      ],
      ['null as key and value', '{"key":null,"value":null}', [{ key: null, value: null }]],
      [
        'a number as key, exactly',
        '{"key":9007199254740993,"value":""}',
        [{ key: '9007199254740993', value: '' }],
      ],
      [
        'an object, an array and a boolean as key, exactly',
        '[{"key":{"id": 7},"value":1},{"key":[1.0],"value":2},{"key":true,"value":3}]',
        [
          { key: '{"id": 7}', value: '1' },
          { key: '[1.0]', value: '2' },
          { key: 'true', value: '3' },
        ],
      ],
      [
        'a key that is not quite bytes',
        '{"key":{"base64":1},"value":1}',
        [{ key: '{"base64":1}', value: '1' }],
      ],
      ['the text of a string', '{"value":"a\\"\\u00e9\\n\\u2028"}', [{ value: 'a"é\n\u2028' }]],
      ['a member name with escapes', '{"v\\u0061lue":"x"}', [{ value: 'x' }]],
      [
        'an object exactly',
        '{"value": {"b": 1.0, "a": 12345678901234567890,  "b": 1e400}}',
        [{ value: '{"b": 1.0, "a": 12345678901234567890,  "b": 1e400}' }],
      ],
      [
        'an array of integer-like members in order',
        '{"value":[{"2":"b","1":"a"}]}',
        [{ value: '[{"2":"b","1":"a"}]' }],
      ],
      [
        'empty objects and arrays',
        '[{"value":{}},{"value":[ ]}]',
        [{ value: '{}' }, { value: '[ ]' }],
      ],
      [
        'numbers and booleans',
        '[{"value":-0.10},{"value":true},{"value":false},{"value":0}]',
        ['-0.10', 'true', 'false', '0'].map((value) => ({ value })),
      ],
      ['a value that spans lines', '[{"value":{\n  "a": 1\n}}]', [{ value: '{\n  "a": 1\n}' }]],
      [
        'bytes',
        '{"key":{"base64":"/wA="},"value":{ "base64" : "" }}',
        [{ key: Buffer.from([0xff, 0]), value: Buffer.alloc(0) }],
      ],
      [
        'an object that is not quite bytes',
        '[{"value":{"base64":"?"}},{"value":{"base64":"","x":1}},{"value":{"Base64":""}}]',
        ['{"base64":"?"}', '{"base64":"","x":1}', '{"Base64":""}'].map((value) => ({ value })),
      ],
      ['a string that looks like JSON as text', '{"value":"{\\"a\\":1}"}', [{ value: '{"a":1}' }]],
    ];
    for (const [what, text, records] of table) {
      it(`takes ${what}`, () => {
        assert.deepEqual(parsePayload(text, 'many'), { records });
      });
    }

    it('takes values nested deeper than any stack', () => {
      const value = '['.repeat(200_000) + ']'.repeat(200_000);
      assert.deepEqual(parsePayload(`{"value":${value}}`, 'many'), { records: [{ value }] });
    });

    it('takes an object alone', () => {
      const record = { key: 'k', value: '[1.0]' };
      assert.deepEqual(parseRecord(' {"key":"k","value":[1.0]}\r'), { record });
      const problem = { kind: 'not-json', line: 2, column: 12 };
      assert.deepEqual(parseRecord('\n{"value":1}{"value":2}'), { problem });
    });

    it('takes headers as a list or as an object, and none as none', () => {
      const headers = [{ name: 'a', value: Buffer.from('x') }];
      for (const json of ['[{"name":"a","value":"x"}]', '{"a":"x"}']) {
        assert.deepEqual(parseRecord(`{"headers":${json},"key":"k","value":1}`), {
          record: { key: 'k', value: '1', headers },
        });
      }
      for (const json of ['[]', '{}', 'null']) {
        assert.deepEqual(parseRecord(`{"headers":${json},"value":1}`), { record: { value: '1' } });
      }
    });

    it('takes a timestamp only if it is asked for', () => {
      for (const [json, timestamp] of [
        ['"2026-11-22T12:30:05.007Z"', 1795350605007],
        ['1795350605007', 1795350605007],
        ['null', undefined],
        ['-1', undefined],
      ] as const) {
        const text = `{"timestamp":${json},"value":1}`;
        assert.deepEqual(parseRecord(text), { record: { value: '1' } });
        assert.deepEqual(parsePayload(text, 'many', { timestamps: true }).records, [
          { value: '1', ...(timestamp !== undefined && { timestamp }) },
        ]);
      }
      for (const json of ['"yesterday"', '{}', '1.5', '-5']) {
        const text = `{"timestamp":${json},"value":1}`;
        assert.deepEqual(parseRecord(text), { record: { value: '1' } });
        const problem = { kind: 'timestamp-wrong', line: 1, column: 14 };
        assert.deepEqual(parseRecord(text, { timestamps: true }), { problem });
      }
    });

    it('takes bytes of any size', () => {
      const value = Buffer.alloc(20_000_000, 0xfe);
      const text = `{"value":{"base64":"${value.toString('base64')}"}}`;
      const bytes = parseRecord(text).record?.value;
      assert.ok(bytes && value.equals(Buffer.from(bytes)));
    });

    const problems: [
      text: string,
      kind: PayloadProblemKind,
      line: number,
      column: number,
      member?: string,
    ][] = [
      ['', 'no-record', 1, 1],
      ['\n \r\n', 'no-record', 1, 1],
      [' [ ] ', 'no-record', 1, 1],
      ['hello', 'not-a-record', 1, 1],
      ['[1,2]', 'not-a-record', 1, 2],
      ['[{"value":1},\n null]', 'not-a-record', 2, 2],
      ['{"value":1}\n\n  "x"', 'not-a-record', 3, 3],
      ['{"value":1}\r\n{"key":"k"}', 'value-missing', 2, 1],
      ['[{}]', 'value-missing', 1, 2],
      ['{"value":1,"offsets":3}', 'member-unknown', 1, 12, 'offsets'],
      ['{"value":1}\n{"value":1,"value":2}', 'member-twice', 2, 12, 'value'],
      ['{"value":1,"partition":-1}', 'partition-not-a-number', 1, 24],
      ['{"value":1,"partition":1.0}', 'partition-not-a-number', 1, 24],
      ['{"value":1,"partition":"1"}', 'partition-not-a-number', 1, 24],
      ['{"value":1,"partition":null}', 'partition-not-a-number', 1, 24],
      ['{"value":1,"partition":2147483648}', 'partition-not-a-number', 1, 24],
      ['{"value":1,"headers":"a=b"}', 'headers-wrong', 1, 22],
      ['{"value":1}\n{"headers":[{"name":"a"}],"value":1}', 'headers-wrong', 2, 12],
      ['{"value":1,"headers":{},"headers":{}}', 'member-twice', 1, 25, 'headers'],
      ['{"value":1}\n{"value":', 'not-json', 2, 10],
      ['{"value":1', 'not-json', 1, 11],
      ['{"value":1} x', 'not-json', 1, 13],
      ['{"value":1}{"value":2}', 'not-json', 1, 12],
      ['{"value":01}', 'not-json', 1, 11],
      ['{"value":.5}', 'not-json', 1, 10],
      ['{"value":NaN}', 'not-json', 1, 10],
      ["{'value':1}", 'not-json', 1, 2],
      ['{"value":"a\tb"}', 'not-json', 1, 12],
      ['{"value":"\\x"}', 'not-json', 1, 11],
      ['{"value":"\\u12"}', 'not-json', 1, 11],
      ['{"value":"a', 'not-json', 1, 12],
      ['{"value" 1}', 'not-json', 1, 10],
      ['{"value":{"a" 1}}', 'not-json', 1, 15],
      ['{"value":[1 2]}', 'not-json', 1, 13],
      ['{"value":[1,]}', 'not-json', 1, 13],
      ['[{"value":1},]', 'not-a-record', 1, 14],
      ['[{"value":1}', 'not-json', 1, 13],
      ['[{"value":1}] x', 'not-json', 1, 15],
      ['[\r\n  {"value":1}\r\n  {"value":2}]', 'not-json', 3, 3],
      ['{"value":1,\n"other":2}\n', 'member-unknown', 2, 1, 'other'],
      ['{"value":1} % Reached end', 'not-json', 1, 13],
      ['{"records":[{"value":1},{"valu":2}]}', 'member-unknown', 1, 26, 'valu'],
      ['{"records":[{"value":1}],"value_schema_id":3}', 'member-unknown', 1, 26, 'value_schema_id'],
      ['{"records":[]}', 'no-record', 1, 1],
    ];
    for (const [text, kind, line, column, member] of problems) {
      it(`finds ${kind} in ${JSON.stringify(text)}`, () => {
        const problem = { kind, line, column, ...(member && { member }) };
        assert.deepEqual(parsePayload(text, 'many'), { problem });
      });
    }
  });

  describe('guess', () => {
    for (const text of [
      '',
      'hello',
      '[INFO] started',
      '[]',
      '{"id":1}',
      '"value"',
      'null',
      '{"value":',
      '{"payload":1}',
      '{"partition":1,"offset":2}',
      '{"records":[]}',
      '{"records":[{"id":1}]}',
      '{"records":[{"value":1}],"value_schema_id":3}',
      '% hello',
    ]) {
      it(`sees one in ${JSON.stringify(text)}`, () => {
        assert.deepEqual(guessPayload(text), { shape: 'one' });
      });
    }

    it('sees an array of records', () => {
      assert.deepEqual(guessPayload('[{"value":1}]'), {
        shape: 'array',
        many: { records: [{ value: '1' }] },
      });
    });

    it('sees lines of records', () => {
      assert.deepEqual(guessPayload('\n{"value":1}\n{"value":2}\n'), {
        shape: 'lines',
        many: { records: [{ value: '1' }, { value: '2' }] },
      });
    });

    it('sees what other tools write', () => {
      for (const text of [
        '{"topic":"t","partition":0,"offset":7,"tstype":"create","ts":5,"key":null,"payload":"v"}',
        '% Auto-selecting Consumer mode\n{"partition":0,"offset":7,"broker":1,"payload":"v"}\n',
        '{\n\t"Value": "v",\n\t"Offset": 7,\n\t"Partition": 0\n}',
      ]) {
        const { shape, many } = guessPayload(text);
        assert.ok(shape === 'lines');
        assert.deepEqual(
          many.records?.map(({ value }) => value),
          ['v'],
        );
      }
      assert.deepEqual(guessPayload('{"records":[{"value":1}]}'), {
        shape: 'array',
        many: { records: [{ value: '1' }] },
      });
    });

    it('says why an array of other things is not several records', () => {
      assert.deepEqual(guessPayload('[1,2]'), {
        shape: 'array',
        many: { problem: { kind: 'not-a-record', line: 1, column: 2 } },
      });
    });

    it('says what is wrong further down', () => {
      assert.deepEqual(guessPayload('{"value":1}\n{"valeu":2}'), {
        shape: 'lines',
        many: { problem: { kind: 'member-unknown', member: 'valeu', line: 2, column: 2 } },
      });
    });
  });

  it('takes messages as they are consumed', () => {
    const consumed = [
      { partition: 0, offset: 7n, timestamp: 0, key: 'k', value: '{"a":1.50}' },
      {
        partition: 1,
        offset: 2n ** 60n,
        timestamp: 1,
        key: null,
        value: 'text',
        headers: [{ name: '', value: Uint8Array.of(0xff) }],
      },
    ];
    const expected = consumed.map(({ partition, key, value, headers }) => ({
      partition,
      key,
      value,
      headers: plainHeaders(headers),
    }));
    for (const format of [formats.json, formats.jsonl]) {
      const { records } = parsePayload(
        format.begin + format.records(consumed) + format.end,
        'many',
      );
      assert.deepEqual(
        records?.map(({ partition, key, value, headers }) => ({
          partition,
          key,
          value: value?.toString().replace(/\s/g, ''),
          headers: plainHeaders(headers),
        })),
        expected,
      );
    }
  });
});
