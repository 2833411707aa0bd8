import assert from 'node:assert/strict';
import { formatText } from '../../../src/core/message/codec';
import type { DecodingWorker, Encode } from '../../../src/core/message/decoders/decoder';
import {
  type SchemaAddress,
  SchemaError,
  type SchemaLookup,
} from '../../../src/core/schemaRegistry/lookup';
import type { SchemaType } from '../../../src/core/schemaRegistry/schema';
import { type RunOptions, toRecords } from '../../../src/kafkaFile/run';
import { formatOfSubject } from '../../../src/kafkaFile/schemas';
import { readFormat } from '../../../src/kafkaFile/formats';
import { namedFormats } from '../../../src/kafkaFile/readRequest';
import { readConsumer, readProducer } from '../../../src/kafkaFile/settings';
import { phrase } from '../../../src/core/phrase';
import { CAPABLE, CLOCK, consumer, HDINSIGHT, producer } from '../../support/kafkaFiles';

/** Returns what encodes each text as `<format>text`, by what an encoder says of it. */
function decodingWith(encode?: Encode): NonNullable<RunOptions['decoding']> {
  const worker: DecodingWorker = {
    openDecode: () => () => [],
    openEncode: ({ kind, argument }) =>
      encode ?? ((texts) => texts.map((text) => ({ payload: `${kind}(${argument})${text}` }))),
    describe: () => Promise.resolve(undefined),
  };
  return { worker };
}

function lookupOf(type: SchemaType, asked: SchemaAddress[] = []): SchemaLookup {
  return {
    find(address) {
      asked.push(address);
      return Promise.resolve({ schema: { type, text: '', imports: [] } });
    },
  };
}

function options(decoding: RunOptions['decoding'], capabilities = CAPABLE): RunOptions {
  return { capabilities, seed: [1], env: () => undefined, ...(decoding && { decoding }) };
}

function block(head: string, value = 'v'): string {
  return `PRODUCER\ntopic: orders\n${head}\n${value}\n###`;
}

/** Returns the format of the value, and the problems of its block. */
function read(head: string) {
  const { settings, problems } = readProducer(producer(block(head)));
  return [formatText(settings.valueFormat), ...problems.map(({ kind }) => kind)].join(' ');
}

describe('The schema of a block', () => {
  it('stands in brackets or in a directive', () => {
    assert.equal(read('value-format: avro(orders-value@3)'), 'avro(orders-value@3)');
    assert.equal(read('value-format: avro\n-- @schema: orders-value@3'), 'avro(orders-value@3)');
    const wrapped = 'value-format: base64(gzip(avro))\n-- @schema: orders';
    assert.equal(read(wrapped), 'base64(gzip(avro(orders)))');
    const message = 'value-format: protobuf(#contoso.Order)\n-- @schema: order.proto';
    assert.equal(read(message), 'protobuf(order.proto#contoso.Order)');
  });

  it('is a file whose ending is the format', () => {
    assert.equal(read('-- @schema: order.avsc'), 'avro(order.avsc)');
    assert.equal(read('-- @schema: a/b.proto#c.D'), 'protobuf(a/b.proto#c.D)');
    assert.equal(read('-- @schema: order.schema.json'), 'json-schema(order.schema.json)');
  });

  it('is a subject, unless its name would be read as something else', () => {
    const named = (subject: string) => {
      const format = formatOfSubject(subject, 'JSON');
      return format && formatText(format);
    };
    assert.equal(named('orders-value'), 'json-schema(orders-value)');
    assert.equal(named('orders (new)'), 'json-schema(orders (new))');
    for (const name of ['order.proto', 'orders@3', 'orders@latest', 'a#b', ' a', '']) {
      assert.equal(named(name), undefined, name);
    }
  });

  it('does nothing where the format takes none, or names one', () => {
    assert.equal(read('value-format: long\n-- @schema: orders'), 'long schema-unused');
    const other = 'value-format: avro(a)\n-- @schema: b';
    assert.equal(read(other), 'avro(a) schema-unused');
    assert.equal(read('-- @schema: orders@0'), 'string schema-invalid');
    assert.equal(read('-- @schema:'), 'string schema-invalid');
  });

  it('gives its type to a block without a format', async () => {
    for (const [type, expected] of [
      ['AVRO', 'avro(o@2)v'],
      ['PROTOBUF', 'protobuf(o@2)v'],
      ['JSON', 'json-schema(o@2)v'],
    ] as const) {
      const asked: SchemaAddress[] = [];
      const decoding = { ...decodingWith(), schemas: lookupOf(type, asked) };
      const made = await toRecords(producer(block('-- @schema: o@2')), options(decoding));
      assert.deepEqual(made.records, [{ value: expected }]);
      assert.deepEqual(asked, [{ by: 'subject', subject: 'o', version: 2 }]);
    }
  });

  it('refuses the block if it cannot be found', async () => {
    const schemas = {
      find: () =>
        Promise.reject(new SchemaError('not-found', phrase('there is no subject {0}', '"o"'))),
    };
    const text = block('key: k\n-- @key-schema: o');
    for (const [decoding, detail] of [
      [{ ...decodingWith(), schemas }, 'there is no subject "o"'],
      [undefined, 'the cluster names no schema registry'],
    ] as const) {
      const { problems } = await toRecords(producer(text), options(decoding));
      const start = text.lastIndexOf('o\n');
      assert.deepEqual(problems, [{ kind: 'no-schema', start, end: start + 1, name: 'o', detail }]);
    }
  });
});

describe('A format around another one', () => {
  it('is refused in a PRODUCER block where what is inside is for reading only', () => {
    for (const [text, expected] of [
      ['base64(zstd)', []],
      ['gzip(auto)', ['gzip(avro)']],
      ['hex(base64(nested-json))', []],
      ['hex(base64(auto))', ['hex(base64(avro))']],
    ] as const) {
      const refused = readFormat(text, 'producer');
      assert.ok('problem' in refused, text);
      assert.equal(refused.problem, 'format-unknown');
      assert.deepEqual(refused.suggestions, expected);
    }
    for (const text of ['base64(gzip(avro))', 'gzip', 'base64(string(hex))']) {
      assert.ok(!('problem' in readFormat(text, 'producer')), text);
    }
    assert.ok(!('problem' in readFormat('base64(zstd)', 'consumer')));
  });
});

describe('The schema of a CONSUMER block', () => {
  /** Where the paths of a file in the folder "C#" lead. */
  function pathOf(path: string) {
    if (path === 'blank.avsc') return ` /${path}`;
    if (!path.startsWith('../')) return `C#/${path}`;
    throw new SchemaError('not-found', phrase('{0} is outside of the workspace', path));
  }

  /** Returns the formats that a block names, or its problems. */
  async function formats(head: string, schemas?: SchemaLookup) {
    const consuming = consumer(`CONSUMER\ntopic: orders\n${head}`);
    const { settings } = readConsumer(consuming, CLOCK);
    const decoding = { ...(schemas && { schemas }), pathOf };
    const named = await namedFormats(consuming, settings, decoding);
    if (named.problems) return named.problems.map(({ kind, name }) => `${kind} ${name ?? ''}`);
    return Object.entries(named.formats).map(([part, each]) => `${part}: ${formatText(each)}`);
  }

  it('gives its type where no format is named', async () => {
    const asked: SchemaAddress[] = [];
    const found = await formats('-- @schema: o@2', lookupOf('PROTOBUF', asked));
    assert.deepEqual(found, ['value: protobuf(o@2)']);
    assert.deepEqual(asked, [{ by: 'subject', subject: 'o', version: 2 }]);
    const key = await formats('-- @key-schema: k\nvalue-format: string', lookupOf('AVRO'));
    assert.deepEqual(key, ['key: avro(k)', 'value: string']);
    assert.deepEqual(await formats('-- @schema: order.avsc'), ['value: avro(C#/order.avsc)']);
    assert.deepEqual(await formats(''), []);
  });

  it('is a file that is found from the folder of the block', async () => {
    for (const [head, expected] of [
      ['value-format: base64(avro(order.avsc))', 'value: base64(avro(C#/order.avsc))'],
      ['key-format: protobuf(a.proto#b.C)', 'key: protobuf(C#/a.proto#b.C)'],
      ['value-format: avro(orders)', 'value: avro(orders)'],
      ['value-format: gzip', 'value: gzip'],
    ] as const) {
      assert.deepEqual(await formats(head), [expected]);
    }
  });

  it('refuses the block if it is a file that must not be read, or cannot be named', async () => {
    for (const [head, name] of [
      ['value-format: avro(../order.avsc)', 'avro(../order.avsc)'],
      ['-- @key-schema: ../order.avsc', '../order.avsc'],
      ['value-format: avro(blank.avsc)', 'avro(blank.avsc)'],
    ] as const) {
      assert.deepEqual(await formats(head), [`no-schema ${name}`]);
    }
  });

  it('refuses the block if it cannot be found', async () => {
    assert.deepEqual(await formats('-- @schema: o'), ['no-schema o']);
  });
});

describe('A value that does not fit its schema', () => {
  /** Returns the text that is underlined for a path in the value. */
  async function underlined(value: string, path: readonly (string | number)[]) {
    const misfit: Encode = (texts) =>
      texts.map(() => ({ problem: 'not-in-schema', detail: phrase('not a number'), path }));
    const text = block('value-format: avro', value);
    const { problems } = await toRecords(producer(text), options(decodingWith(misfit)));
    const [problem, ...more] = problems ?? [];
    assert.deepEqual(more, []);
    assert.equal(problem?.kind, 'not-in-schema');
    assert.equal(problem.detail, 'not a number');
    return text.slice(problem.start, problem.end);
  }

  it('is underlined exactly where it is wrong', async () => {
    const value = '{\n  "a": [1, {"b": "x"}]\n}';
    assert.equal(await underlined(value, ['a', 1, 'b']), '"x"');
    assert.equal(await underlined(value, ['a', 1]), '{');
    assert.equal(await underlined(value, []), '{');
    assert.equal(await underlined(value, ['c']), value);
  });

  it('is found between templates', async () => {
    const value = '{"n": {{$index}}, "at": "{{$date.iso}}", "x": "{{$uuid}}-1", "y": [true]}';
    assert.equal(await underlined(value, ['n']), '{{$index}}');
    assert.equal(await underlined(value, ['x']), '"{{$uuid}}-1"');
    assert.equal(await underlined(value, ['y', 0]), 'true');
  });

  it('is refused as a whole by a proxy that carries text only, with what to do', async () => {
    for (const value of ['{}', '{"a": {{$index}}}']) {
      const text = block('value-format: avro(o)', value);
      const { problems } = await toRecords(producer(text), options(decodingWith(), HDINSIGHT));
      const [{ kind, suggestions, start, end } = assert.fail()] = problems ?? [];
      assert.equal(kind, 'format-unsupported');
      assert.equal(text.slice(start, end), 'avro(o)');
      assert.deepEqual(suggestions, ['base64(avro(o))']);
    }
    const inside = block('value-format: base64(avro(o))');
    const { records } = await toRecords(producer(inside), options(decodingWith(), HDINSIGHT));
    assert.deepEqual(records, [{ value: 'base64(avro(o))v' }]);
  });
});
