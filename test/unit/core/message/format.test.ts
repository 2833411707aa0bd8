import assert from 'node:assert/strict';
import { formats } from '../../../../src/core/message/format';
import type { MessageFormat } from '../../../../src/core/message/format';
import type { KafkaRecord } from '../../../../src/core/kafka';

const record: KafkaRecord = {
  partition: 2,
  offset: 9223372036854775807n,
  timestamp: Date.UTC(2026, 10, 22, 12, 30, 5, 7),
  timestampType: 'CreateTime',
  key: 'k',
  value: 'v',
};

function document({ begin, separator, end, records }: MessageFormat, ...batches: KafkaRecord[][]) {
  return begin + batches.map(records).join(separator) + end;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

describe('format', () => {
  describe('json', () => {
    it('is an array with a record a member, however it was put together', () => {
      const text = [
        '[',
        '  {',
        '    "partition": 2,',
        '    "offset": 9223372036854775807,',
        '    "timestamp": "2026-11-22T12:30:05.007Z",',
        '    "key": "k",',
        '    "value": {',
        '      "id": 1.0,',
        '      "tags": [',
        '        "a"',
        '      ]',
        '    }',
        '  },',
        '  {',
        '    "partition": 2,',
        '    "offset": 9223372036854775807,',
        '    "timestamp": "2026-11-22T12:30:05.007Z",',
        '    "key": null,',
        '    "value": null',
        '  }',
        ']',
        '',
      ].join('\n');
      const first = { ...record, value: ' {"id":1.0,"tags":["a"]}\n' };
      const second = { ...record, key: null, value: null };
      assert.equal(document(formats.json, [first, second]), text);
      assert.equal(document(formats.json, [first], [second]), text);
    });

    it('is an empty array without records', () => {
      assert.deepEqual(parsed(formats.json.begin + formats.json.end), []);
    });

    const values: [what: string, value: KafkaRecord['value'], json: string][] = [
      ['an integer beyond 2^53', '12345678901234567890', '12345678901234567890'],
      ['a decimal with its zeros', '-0.10', '-0.10'],
      ['a number beyond what a double holds', '1e400', '1e400'],
      ['true', 'true', 'true'],
      ['an empty object', '{}', '{}'],
      ['null as text', 'null', '"null"'],
      ['a quoted string', '"a"', '"\\"a\\""'],
      ['an empty text', '', '""'],
      ['a number with a line break after it', '12\n', '"12\\n"'],
      ['a number with a leading zero', '007', '"007"'],
      ['what only begins like a number', '1.2.3', '"1.2.3"'],
      ['what only begins like an object', '{"a":', '"{\\"a\\":"'],
      ['text', 'a "b"\t\u0000\u001b', '"a \\"b\\"\\t\\u0000\\u001b"'],
      ['line separators', 'a\u2028b\u2029', '"a\\u2028b\\u2029"'],
      ['half a surrogate pair', 'a\ud800b', '"a\\ud800b"'],
      ['a whole surrogate pair', '😀', '"😀"'],
      ['bytes of UTF-8', Buffer.from('{"a":1}'), '{\n      "a": 1\n    }'],
      ['a byte order mark', Buffer.from('\ufeffa'), '"\\ufeffa"'],
      ['other bytes', Buffer.from([0xff, 0x00]), '{\n      "base64": "/wA="\n    }'],
      [
        'text that would be taken for bytes',
        ' {"base64" : "/wA="}',
        '" {\\"base64\\" : \\"/wA=\\"}"',
      ],
      ['what only looks like bytes', '{"base64":"?"}', '{\n      "base64": "?"\n    }'],
      [
        'members in their order',
        '{"2":0,"1":0,"2":1}',
        '{\n      "2": 0,\n      "1": 0,\n      "2": 1\n    }',
      ],
      [
        'separators in strings inside',
        '{"a":"\u2028\udc00"}',
        '{\n      "a": "\\u2028\\udc00"\n    }',
      ],
      [
        'what would hide or turn around as escapes, in names as well',
        '{"a\u202e":"\u009b\u{e0041}é"}',
        '{\n      "a\\u202e": "\\u009b\\udb40\\udc41é"\n    }',
      ],
    ];
    for (const [what, value, json] of values) {
      it(`writes ${what}`, () => {
        const text = formats.json.records([{ ...record, value }]);
        assert.equal(/"value": ([^]*)\n {2}}$/.exec(text)?.[1], json);
        parsed(`[${text}]`);
      });
    }

    it('writes a key as a string whatever it looks like', () => {
      for (const [key, json] of [
        ['12', '"12"'],
        ['{}', '"{}"'],
        ['', '""'],
        [null, 'null'],
        [Buffer.from([0xfe]), '{\\n      "base64": "/g=="\\n    }'],
      ] as const) {
        assert.match(formats.json.records([{ ...record, key }]), new RegExp(`"key": ${json},\n`));
      }
    });

    it('lays out strings of any length, with escapes anywhere', () => {
      for (let length = 0; length < 100; length += 1) {
        for (const tail of ['', '\\', '"', '\\"', '{,}[:] ']) {
          const value = JSON.stringify([
            `${'a'.repeat(length)}${tail}`,
            'é"\\'.repeat(length),
            length,
          ]);
          const text =
            formats.json.begin + formats.json.records([{ ...record, value }]) + formats.json.end;
          assert.equal(
            text,
            `${JSON.stringify(parsed(text), null, 2)}\n`.replace(
              /"offset": \d+/,
              '"offset": 9223372036854775807',
            ),
          );
          assert.ok(text.includes(JSON.stringify(tail)) || length > 0);
        }
      }
    });

    it('stays linear for values nested very deep', () => {
      const value = '['.repeat(100_000) + ']'.repeat(100_000);
      const text = formats.json.records([{ ...record, value }]);
      assert.ok(text.length < 500 * value.length);
      parsed(text);
    });
  });

  describe('timestamps', () => {
    const timeless: KafkaRecord = { partition: 0, offset: 0n, key: 'k', value: 'v' };
    const times: [what: string, record: KafkaRecord, json: string][] = [
      ['none', timeless, 'null'],
      ["Kafka's none", { ...record, timestamp: -1 }, 'null'],
      ['before 1970', { ...record, timestamp: -2 }, '"1969-12-31T23:59:59.998Z"'],
      [
        'the last that ISO 8601 can say',
        { ...record, timestamp: 8.64e15 },
        '"+275760-09-13T00:00:00.000Z"',
      ],
      ['beyond', { ...record, timestamp: 8640000000000001 }, '8640000000000001'],
      ['no number', { ...record, timestamp: NaN }, 'null'],
      ['infinite', { ...record, timestamp: Infinity }, 'null'],
    ];
    for (const [what, timed, json] of times) {
      it(`writes ${what}`, () => {
        assert.ok(formats.json.records([timed]).includes(`"timestamp": ${json},`));
        assert.ok(formats.jsonl.records([timed]).includes(`"timestamp":${json},`));
        assert.doesNotThrow(() => formats.text.records([timed]));
      });
    }
  });

  it('writes the times of records that follow each other, in any order', () => {
    const times = [0, 999, 1000, 999, -2, -1000, -1001, 1.5, 59_999, 60_000];
    const text = formats.jsonl.records(times.map((timestamp) => ({ ...record, timestamp })));
    assert.deepEqual(
      text.split('\n').map((line) => /"timestamp":"(.*?)"/.exec(line)?.[1]),
      times.map((time) => new Date(time).toISOString()),
    );
  });

  describe('jsonl', () => {
    it('is a record a line', () => {
      const value = '{ "a" : "x \\" y",\r\n\t"n": 1.50 }\n';
      assert.equal(
        document(formats.jsonl, [{ ...record, value }], [record]),
        '{"partition":2,"offset":9223372036854775807,"timestamp":"2026-11-22T12:30:05.007Z","key":"k","value":{"a":"x \\" y","n":1.50}}\n' +
          '{"partition":2,"offset":9223372036854775807,"timestamp":"2026-11-22T12:30:05.007Z","key":"k","value":"v"}\n',
      );
    });

    it('takes values of many megabytes', () => {
      const value = JSON.stringify({ text: 'a\\"b '.repeat(2_000_000) });
      assert.ok(formats.jsonl.records([{ ...record, value }]).endsWith(`"value":${value}}`));
    });
  });

  describe('text', () => {
    it('is place, time, key, a tab and the value', () => {
      assert.equal(
        document(formats.text, [
          { ...record, value: 'a\nb' },
          { ...record, key: null, value: null },
        ]),
        '2:9223372036854775807 2026-11-22T12:30:05.007Z k\ta\nb\n' +
          '2:9223372036854775807 2026-11-22T12:30:05.007Z (null)\t(null)\n',
      );
    });

    it('writes bytes that are not UTF-8 as base64', () => {
      assert.ok(
        formats.text.records([{ ...record, value: Buffer.from([0xff]) }]).endsWith('\tbase64:/w=='),
      );
    });

    it('makes visible what hides, and keeps the line breaks and tabs of the value alone', () => {
      const hidden = { ...record, key: 'a\tb\n', value: 'x\t1\r\n\u001b[31m\u202e\u200b\ud800y' };
      assert.match(
        formats.text.records([hidden]),
        / a␉b␊\tx\t1␍\n␛\[31m⟨U\+202E⟩⟨U\+200B⟩⟨U\+D800⟩y$/,
      );
    });

    it('writes headers behind the key, with what hides in them visible', () => {
      const headers = [
        { name: 'a\n', value: Buffer.from('x\u202e') },
        { name: 'b', value: null },
        { name: 'c', value: Buffer.from([0xff]) },
      ];
      assert.match(
        formats.text.records([{ ...record, headers }]),
        / k \[a␊=x⟨U\+202E⟩, b=\(null\), c=base64:\/w==\]\tv$/,
      );
      assert.match(formats.text.records([{ ...record, headers: [] }]), / k\tv$/);
    });

    it('writes no time as a dash', () => {
      assert.match(formats.text.records([{ ...record, timestamp: -1 }]), / - k\t/);
    });
  });
});
