import assert from 'node:assert/strict';
import type { FormatDescription } from '../../../src/core/message/decoders/decoder';
import { parse } from '../../../src/kafkaFile/parser';
import type { Catalog } from '../../../src/language/catalog';
import { complete } from '../../../src/language/completion';
import { problemsOf } from '../../../src/language/diagnostics';
import { schemaHover } from '../../../src/language/blockSchemas';
import type { SchemaAnswer, SchemaQuery } from '../../../src/language/protocol';
import { quickFixes } from '../../../src/language/quickFixes';
import { applyEdits, caret, catalog } from '../../support/kafkaFiles';

const ORDER: FormatDescription['jsonSchema'] = {
  $ref: '#/$defs/contoso.Order',
  $defs: {
    'contoso.Order': {
      type: 'object',
      title: 'contoso.Order',
      properties: {
        id: {
          type: 'integer',
          minimum: -(2 ** 31),
          maximum: 2 ** 31 - 1,
          description: 'Its number.',
        },
        status: { $ref: '#/$defs/Status', default: 'NEW', description: 'How far it is.' },
        customer: { $ref: '#/$defs/Customer' },
        note: {
          anyOf: [
            { type: 'null' },
            wrapped('string', { type: 'string' }),
            wrapped('int', { type: 'integer' }),
          ],
        },
        tags: { type: 'array', items: { type: 'string' } },
        extra: { type: 'object', additionalProperties: { type: 'boolean' } },
      },
      required: ['id', 'customer'],
      additionalProperties: false,
    },
    Status: { enum: ['NEW', 'PAID'], title: 'Status' },
    Customer: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        parent: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/Customer' }] },
      },
      required: ['name'],
      additionalProperties: false,
    },
  },
};

function wrapped(name: string, schema: unknown) {
  return {
    type: 'object',
    properties: { [name]: schema },
    required: [name],
    additionalProperties: false,
  };
}

const KNOWN: SchemaAnswer = {
  description: {
    jsonSchema: ORDER,
    example: '{}',
    schema: { id: 7, subject: 'orders-value', version: 3, name: 'contoso.Order' },
  },
  compatibility: 'BACKWARD',
};

function knowing(answer: SchemaAnswer = KNOWN, asked: SchemaQuery[] = []): Catalog {
  return {
    ...catalog(),
    schema(query) {
      asked.push(query);
      return answer;
    },
    subjects: () => ['customers-value', 'orders-value', 'orders-key'],
    versions: () => [1, 2, 3],
    schemaFiles: () => ['order.avsc', 'schemas/customer.proto'],
  };
}

const HEAD = '-- @cluster: other\nPRODUCER\ntopic: orders\nvalue-format: avro\n';

describe('Diagnostics by a schema', () => {
  /** Returns the kinds of problems of a value, each with what is underlined. */
  async function found(value: string): Promise<string[]> {
    const text = `${HEAD}${value}\n###`;
    const problems = await problemsOf(parse(text), knowing());
    return problems.map(({ kind, start, end, name, detail }) =>
      [kind, text.slice(start, end), name ?? detail].join(' '),
    );
  }

  const examples: readonly (readonly [string, readonly string[]])[] = [
    ['{"id": 1, "customer": {"name": "A"}}', []],
    [
      '{"id": {{$index}}, "customer": {"name": "{{person.fullName}}"}, "status": "{{x.y}}"}',
      ['template-unknown x.y x.y'],
    ],
    ['{"customer": {}}', ['member-missing { id', 'member-missing { name']],
    ['{"id": 1, "customer": {"name": 5}}', ['type-wrong 5 string']],
    ['{"id": 1.5, "customer": {"name": ""}}', ['type-wrong 1.5 integer']],
    ['{"id": 1e3, "customer": {"name": ""}}', []],
    [
      '{"id": 2147483648, "customer": {"name": ""}}',
      ['number-range 2147483648 -2147483648 … 2147483647'],
    ],
    [
      '{"id": 1, "custmer": {"name": ""}}',
      ['member-missing { customer', 'member-unknown "custmer" custmer'],
    ],
    [
      '{"id": 1, "customer": {"name": ""}, "status": "PAYED"}',
      ['symbol-unknown "PAYED" "NEW", "PAID"'],
    ],
    ['{"id": 1, "customer": {"name": ""}, "note": {"string": "x"}}', []],
    ['{"id": 1, "customer": {"name": ""}, "note": {"string": 1}}', ['type-wrong 1 string']],
    ['{"id": 1, "customer": {"name": ""}, "note": {"text": "x"}}', ['member-unknown "text" text']],
    ['{"id": 1, "customer": {"name": ""}, "note": "x"}', ['type-wrong "x" null, object']],
    ['{"id": 1, "customer": {"name": ""}, "tags": ["a", 1]}', ['type-wrong 1 string']],
    ['{"id": 1, "customer": {"name": ""}, "extra": {"a": true, "b": 1}}', ['type-wrong 1 boolean']],
    [
      '{"id": 1, "customer": {"name": "a", "parent": {"name": "b", "parent": {}}}}',
      ['member-missing { name'],
    ],
    ['[]', ['type-wrong [ object']],
    ['{"id": 1,', []],
  ];
  for (const [value, expected] of examples) {
    it(value, async () => {
      assert.deepEqual(await found(value), expected);
    });
  }

  it('of a schema that refers to itself endlessly end', async () => {
    const loop = {
      $ref: '#/$defs/a',
      $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }] } },
    };
    const wide = {
      $ref: '#/$defs/a',
      $defs: {
        a: {
          type: 'array',
          items: { anyOf: Array.from({ length: 50 }, () => ({ $ref: '#/$defs/a' })) },
        },
      },
    };
    const deep = `${'['.repeat(90)}${']'.repeat(90)}`;
    for (const jsonSchema of [
      loop,
      wide,
      { $ref: '#/__proto__/x' },
      { $ref: 'https://contoso.com/a' },
    ]) {
      const description = { jsonSchema, example: '', schema: {} };
      const problems = await problemsOf(parse(`${HEAD}${deep}\n###`), knowing({ description }));
      assert.deepEqual(problems, []);
    }
  });

  it('tell what is wrong with the schema itself, with its likely name', async () => {
    const text = `-- @cluster: other\nPRODUCER\n-- @schema: order-value@2\ntopic: orders\n{}\n###`;
    const missing: SchemaAnswer = { problem: 'not-found', detail: 'There is no subject.' };
    const asked: SchemaQuery[] = [];
    const [problem] = await problemsOf(parse(text), knowing(missing, asked));
    assert.equal(problem?.kind, 'schema-unknown');
    assert.deepEqual(problem.suggestions, ['orders-value@2']);
    assert.deepEqual(asked, [
      { cluster: 'other', topic: 'orders', part: 'value', named: { schema: 'order-value@2' } },
    ]);
    const invalid: SchemaAnswer = { problem: 'invalid', detail: 'It is no Avro schema.' };
    const [other] = await problemsOf(parse(text), knowing(invalid));
    assert.equal(other?.detail, 'It is no Avro schema.');
    const silent: SchemaAnswer = { problem: 'unreachable', detail: '' };
    assert.deepEqual(await problemsOf(parse(text), knowing(silent)), []);
  });

  it('have fixes', async () => {
    const text = `${HEAD}{"id": 1, "custmer": {"name": ""}}\n###`;
    const at = text.indexOf('custmer');
    const actions = await quickFixes('a', parse(text), { start: at, end: at }, knowing());
    const edits = actions[0]?.edit?.changes?.['a'] ?? [];
    assert.equal(applyEdits(text, edits), text.replace('custmer', 'customer'));
  });
});

describe('Completion by a schema', () => {
  function labels(marked: string, isAskedFor = false): string[] {
    const { file, offset } = caret(marked);
    return complete(file, offset, knowing(), isAskedFor).items.map(({ label }) => label);
  }

  const examples: readonly (readonly [string, readonly string[]])[] = [
    ['{|', ['id', 'status', 'customer', 'note', 'tags', 'extra']],
    ['{"id": 1, "|', ['status', 'customer', 'note', 'tags', 'extra']],
    ['{"id": 1, "st|"', ['status', 'customer', 'note', 'tags', 'extra']],
    ['{"customer": {"|"}}', ['name', 'parent']],
    ['{"status": |', ['"NEW"', '"PAID"']],
    ['{"status": "P|"}', ['"NEW"', '"PAID"']],
    ['{"note": |}', ['null', '{"string"}', '{"int"}']],
    ['{"note": {"|"}}', ['string', 'int']],
    ['{"extra": {"a": |}}', ['true', 'false']],
    ['{"id": 1|}', []],
    ['{"id"|: 1}', []],
    ['{"id": "a" |', []],
  ];
  for (const [value, expected] of examples) {
    it(value, () => {
      assert.deepEqual(labels(`${HEAD}${value}\n###`), expected);
    });
  }

  it('writes members with their values, and objects with what they need', () => {
    const { file, offset } = caret(`${HEAD}{"|"}\n###`);
    const { items } = complete(file, offset, knowing());
    const written = new Map(items.map(({ label, textEdit }) => [label, textEdit?.newText]));
    assert.equal(written.get('id'), '"id": ${1:0}');
    assert.equal(written.get('status'), '"status": ${1:"NEW"}');
    assert.equal(written.get('customer'), '"customer": {\n  "name": "$1"\n}');
    const required = items.filter(({ detail }) => detail?.includes('required'));
    assert.deepEqual(
      required.map(({ label }) => label),
      ['id', 'customer'],
    );
    const [first] = items;
    assert.deepEqual(first?.documentation, { kind: 'markdown', value: 'Its number.' });
    const range = first.textEdit && 'range' in first.textEdit ? first.textEdit.range : undefined;
    assert.deepEqual([range?.start.character, range?.end.character], [1, 3]);
  });

  it('offers templates behind what the schema allows', () => {
    const all = labels(`${HEAD}{"status": |}\n###`, true);
    assert.deepEqual(all.slice(0, 2), ['"NEW"', '"PAID"']);
    assert.ok(all.length > 10);
  });

  it('lists subjects, versions, files, and formats inside of formats', () => {
    const lines: readonly (readonly [string, readonly string[]])[] = [
      [
        '-- @schema: |',
        ['orders-value', 'orders-key', 'customers-value', 'order.avsc', 'schemas/customer.proto'],
      ],
      ['-- @schema: orders-v|', ['orders-value']],
      ['-- @schema: orders-value@|', ['3', '2', '1']],
      ['value-format: avro(orders-value@|', ['3', '2', '1']],
      ['value-format: base64(avro(order.|', ['order.avsc']],
    ];
    for (const [line, expected] of lines) {
      assert.deepEqual(labels(`PRODUCER\ntopic: orders\n${line}\n`), expected);
    }
    const inner = labels('PRODUCER\nvalue-format: base64(|\n');
    assert.ok(inner.includes('avro') && inner.includes('gzip') && !inner.includes('auto'));
  });
});

describe('Hovers by a schema', () => {
  function hover(marked: string): string | undefined {
    const { file, offset } = caret(marked);
    const contents = schemaHover(file, offset, knowing())?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : undefined;
  }

  it('explain the schema where it is named', () => {
    const text = 'PRODUCER\n-- @schema: orders-|value\ntopic: orders\n{}\n###';
    const shown = hover(text) ?? '';
    for (const part of [
      '**contoso.Order**',
      '`orders-value@3` · id 7 · BACKWARD',
      '- `id`: integer\n',
    ]) {
      assert.ok(shown.includes(part), shown);
    }
    assert.match(shown, /`status`: Status \(optional\)/);
    assert.equal(hover(text.replace('orders-|value', '').replace('ord', '|ord')), undefined);
  });

  it('explain the members of a value', () => {
    const shown = (value: string) => hover(`${HEAD}${value}\n###`);
    assert.equal(shown('{"i|d": 1}'), '`id`: integer\n\nIts number.');
    assert.match(
      shown('{"status": "P|AID"}') ?? '',
      /How far it is[^]*Values: `"NEW"`, `"PAID"`[^]*Default: `"NEW"`/,
    );
    assert.match(shown('{"note": {"str|ing": ""}}') ?? '', /^`string`: string/);
    assert.equal(shown('{"other|": 1}'), undefined);
  });
});
