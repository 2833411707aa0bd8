import assert from 'node:assert/strict';
import { parse } from '../../../src/kafkaFile/parser';
import { diagnose, problemsOf } from '../../../src/language/diagnostics';
import { schemaHover } from '../../../src/language/blockSchemas';
import type { SchemaAnswer, SchemaQuery } from '../../../src/language/protocol';
import { quickFixes } from '../../../src/language/quickFixes';
import { applyEdits, caret } from '../../support/kafkaFiles';
import { HEAD, knowing } from '../../support/sample/orderSchema';

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

  it('say what is wrong, and what the schema expects', async () => {
    const text = `${HEAD}{"id": 1.5, "status": "PAYED"}\n###`;
    const told = (await diagnose(parse(text), knowing())).map(({ message }) => message);
    assert.deepEqual(told, [
      'Missing, but required by the schema: customer.',
      'Wrong type. The schema expects: integer.',
      'The schema does not have this value. It expects one of: "NEW", "PAID".',
    ]);
  });

  it('have fixes', async () => {
    const text = `${HEAD}{"id": 1, "custmer": {"name": ""}}\n###`;
    const at = text.indexOf('custmer');
    const actions = await quickFixes('a', parse(text), { start: at, end: at }, knowing());
    const edits = actions[0]?.edit?.changes?.['a'] ?? [];
    assert.equal(applyEdits(text, edits), text.replace('custmer', 'customer'));
  });
});

describe('Filling in by a schema', () => {
  async function filled(marked: string, title: string): Promise<string> {
    const { file, offset, text } = caret(`${HEAD}${marked}\n###`);
    const actions = await quickFixes('a', file, { start: offset, end: offset }, knowing());
    const edits = actions.find((each) => each.title === title)?.edit?.changes?.['a'] ?? [];
    return applyEdits(text, edits).slice(HEAD.length, -4);
  }

  it('adds what is missing, at the object that lacks it', async () => {
    const add = 'Add the missing members';
    assert.equal(await filled('|{"customer": {}}', add), '{"customer": {}, "id": 0}');
    const nested = await filled('{"id": 1, "customer": |{}}', add);
    assert.equal(nested, '{"id": 1, "customer": {\n  "name": ""\n}}');
  });

  it('adds everything that the schema names, with the defaults', async () => {
    const text = await filled('{\n  "id": {{$index}}|\n}', 'Fill In Defaults');
    const expected = [
      '{',
      '  "id": {{$index}},',
      '  "status": "NEW",',
      '  "customer": {"name": ""},',
      '  "note": null,',
      '  "tags": ["new"],',
      '  "extra": {}',
      '}',
    ];
    assert.equal(text, expected.join('\n'));
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
    assert.match(shown('{"no|te": null}') ?? '', /Default: `null`/);
    assert.equal(shown('{"other|": 1}'), undefined);
  });
});
