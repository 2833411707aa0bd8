import assert from 'node:assert/strict';
import { EncodingError } from '../../../../src/transfer/import/textEncoding';
import { found } from './importSupport';

describe('importing lines with keys', () => {
  const keyed = (separator: string, nulls = false) =>
    ({ format: 'lines', keyed: { separator, nulls } }) as const;

  it('splits each at its first separator', async () => {
    assert.deepEqual(await found('m-1\t{"id":1}\r\n\nm-2\ta\tb\n\t\n', keyed('\t')), [
      [1, { key: 'm-1', value: '{"id":1}' }],
      [3, { key: 'm-2', value: 'a\tb' }],
      [4, { key: '', value: '' }],
    ]);
    assert.deepEqual(await found('a::b:c', keyed('::')), [[1, { key: 'a', value: 'b:c' }]]);
  });

  it('refuses a line without one', async () => {
    assert.deepEqual(await found('a\nb:c', keyed(':')), [
      [1, 'separator-missing', 'a'],
      [2, { key: 'b', value: 'c' }],
    ]);
  });

  it('takes the word null for nothing only if that is asked for', async () => {
    assert.deepEqual(await found('null:a\nb:null', keyed(':', true)), [
      [1, { key: null, value: 'a' }],
      [2, { key: 'b', value: null }],
    ]);
    assert.deepEqual(await found('null:null', keyed(':')), [[1, { key: 'null', value: 'null' }]]);
  });
});

describe('importing lines of a console consumer', () => {
  it('leaves out what it says of its work, and counts it', async () => {
    const file =
      '% Auto-selecting Consumer mode (use -P or -C to override)\na\n% b\n' +
      '% Reached end of topic t [0] at offset 3\n^CProcessed a total of 2 messages\n';
    let count = 0;
    const statusLine = () => {
      count += 1;
    };
    assert.deepEqual(await found(file, { format: 'lines' }, { statusLine }), [
      [2, { value: 'a' }],
      [3, { value: '% b' }],
    ]);
    assert.equal(count, 3);
  });
});

describe('importing a file as one message', () => {
  it('takes all of it but the last line end', async () => {
    const file = '\ufeff<a>\r\n  é\r\n</a>\r\n';
    assert.deepEqual(await found(file, { format: 'whole' }), [
      [1, { value: '<a>\r\n  é\r\n</a>' }],
    ]);
    assert.deepEqual(await found('\n', { format: 'whole' }), []);
  });

  it('refuses what is too long or no text', async () => {
    assert.deepEqual(await found('xxxxxx', { format: 'whole' }, { maxBytes: 3 }), [
      [1, 'too-long', 'xxxxxx'],
    ]);
    assert.deepEqual(await found('a\0', { format: 'whole' }), [[1, 'binary', 'a\0']]);
    assert.deepEqual(await found(Buffer.of(0xff), { format: 'whole' }), [[1, 'not-utf8', '\xff']]);
  });
});

describe('importing text', () => {
  it('sends nothing that has control characters', async () => {
    const lines = 'a\tb\n\x01\nc\x1b[0m\nd\u0085\n';
    assert.deepEqual(await found(lines, { format: 'lines' }), [
      [1, { value: 'a\tb' }],
      [2, 'binary', '\x01'],
      [3, 'binary', 'c\x1b[0m'],
      [4, { value: 'd\u0085' }],
    ]);
  });

  const text = '{"value":"Grüße"}\n{"value":"ok"}';
  const encoded = [
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ] as const;
  for (const [encoding, file] of encoded) {
    it(`decodes ${encoding}, wherever the file is cut to pieces`, async () => {
      for (const size of [1, 2, 3, 1000]) {
        assert.deepEqual(await found(file, { format: 'jsonl', encoding }, { size }), [
          [1, { value: 'Grüße' }],
          [2, { value: 'ok' }],
        ]);
      }
    });
  }

  it('ends with an error at a byte that the encoding does not have', async () => {
    const odd = Buffer.from('\ufeffab', 'utf16le').subarray(0, -1);
    await assert.rejects(found(odd, { format: 'lines', encoding: 'utf-16le' }), EncodingError);
  });
});
