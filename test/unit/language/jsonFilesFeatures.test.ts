import assert from 'node:assert/strict';
import type { SchemaQuery } from '../../../src/language/protocol';
import { openJson as open, order, unlimited } from '../../support/sample/jsonFile';
import { applyEdits } from '../../support/kafkaFiles';

/** A message of those that have more than a value. */
const MESSAGE = '{"key": "a", "value": null}';

describe('In JSON files with a schema', () => {
  /** Opens a text with a caret, marked by `|`. */
  function openAt(name: string, marked: string, checks?: readonly SchemaQuery[]) {
    const offset = marked.indexOf('|');
    const opened = open(name, marked.slice(0, offset) + marked.slice(offset + 1), checks);
    return { ...opened, position: opened.document.positionAt(offset) };
  }

  async function labels(name: string, marked: string): Promise<string> {
    const { document, features, position } = openAt(name, marked);
    return (await features.complete(document, position)).map(({ label }) => label).join(' ');
  }

  const places: readonly (readonly [string, string, string])[] = [
    ['a.jsonl', '{|', 'id status customer note tags extra'],
    ['a.jsonl', `${order('1')}\n{"id": 1, |\n${order('2')}`, 'status customer note tags extra'],
    ['a.jsonl', `${order('1')}\n{"id": 1, "status": |}\n`, '"NEW" "PAID"'],
    ['a.jsonl', `${order('1')}\n|`, '{"id", …}'],
    ['a.json', '|', '{"id", …}'],
    ['a.json', `[\n  ${order('1')},\n  {"customer": {|}}\n]`, 'name parent'],
    ['a.json', `[\n  ${order('1')},\n  |\n]`, '{"id", …}'],
    ['a.json', '{\n  "id": 1,\n  "sta|\n', 'status customer note tags extra'],
    [
      'a.jsonl',
      `${MESSAGE}\n{"key": "a", "value": {"id": 1, |}}`,
      'status customer note tags extra',
    ],
    ['a.jsonl', `${MESSAGE}\n{"key": "a", "value": {"id": 1, "customer": {|`, 'name parent'],
    ['a.jsonl', '{"key": {|}, "value": {"id": 1}}', ''],
    ['a.jsonl', '{"key": "a", |"value": {"id": 1}}', ''],
  ];
  for (const [name, marked, expected] of places) {
    it(`${name} ${JSON.stringify(marked)} completion offers ${expected || 'nothing'}`, async () => {
      assert.equal(await labels(name, marked), expected);
    });
  }

  it('what is completed stays on its line in JSON Lines only', async () => {
    const whole = async (name: string) => {
      const { document, features, position } = openAt(name, '|');
      const [item] = await features.complete(document, position);
      return item?.textEdit?.newText ?? '';
    };
    assert.equal(await whole('a.jsonl'), '{"id": ${1:0}, "customer": {"name": "$2"}}');
    assert.match(await whole('a.json'), /^\{\n {2}"id": \$\{1:0\},\n/);
  });

  it('a hover says what the schema says', async () => {
    const hover = async (name: string, marked: string) => {
      const { document, features, position } = openAt(name, marked);
      return JSON.stringify((await features.hover(document, position))?.contents ?? null);
    };
    assert.match(await hover('a.jsonl', `${order('1')}\n{"i|d": 2}`), /Its number/);
    assert.match(
      await hover('a.jsonl', '{"key": "a", "value": {"stat|us": "NEW"}}'),
      /How far it is/,
    );
    assert.equal(await hover('a.jsonl', '{"k|ey": "a", "value": {"status": "NEW"}}'), 'null');
  });

  /** Returns a text after the action with a title. */
  async function after(name: string, marked: string, title: string): Promise<string> {
    const { document, features, position } = openAt(name, marked);
    await features.diagnose(document, unlimited);
    const range = { start: position, end: position };
    const actions = await features.codeActions(document, range);
    const action = actions.find((each) => each.title === title);
    assert.ok(action, actions.map((each) => each.title).join());
    return applyEdits(document.getText(), Object.values(action.edit?.changes ?? {}).flat());
  }

  it('defaults are filled in, on the line in JSON Lines', async () => {
    assert.equal(
      await after('a.jsonl', '{"id|": 1}\n{"id": 2}\n', 'Fill In Defaults'),
      '{"id": 1, "status": "NEW", "customer": {"name": ""}, "note": null, "tags": ["new"], "extra": {}}\n{"id": 2}\n',
    );
    assert.equal(
      await after(
        'a.json',
        '[\n  {\n    "id|": 1,\n    "customer": {"name": "A"},\n    "status": "NEW", "note": null, "tags": []\n  }\n]',
        'Fill In Defaults',
      ),
      '[\n  {\n    "id": 1,\n    "customer": {"name": "A", "parent": null},\n    "status": "NEW", "note": null, "tags": [],\n    "extra": {}\n  }\n]',
    );
  });

  it('a slip is corrected, and what must be there is added', async () => {
    assert.equal(
      await after(
        'a.jsonl',
        '{"id": 1, "customer": {"na|m": "A"}}',
        'Change to "\\"name\\""'.replaceAll('\\', ''),
      ),
      '{"id": 1, "customer": {"name": "A"}}',
    );
    assert.equal(
      await after('a.jsonl', '{"key": "a", "value": |{"id": 1}}', 'Add the missing members'),
      '{"key": "a", "value": {"id": 1, "customer": {"name": ""}}}',
    );
  });

  const appended: readonly (readonly [string, string, string])[] = [
    ['a.jsonl', '', '{"id":1}\n'],
    ['a.jsonl', '{"id": 0}\n', '{"id": 0}\n{"id":1}\n'],
    ['a.jsonl', '{"id": 0}', '{"id": 0}\n{"id":1}'],
    [
      'a.jsonl',
      '{"key": "a", "value": 5}\n',
      '{"key": "a", "value": 5}\n{"key":7,"value":{"id":1}}\n',
    ],
    ['a.json', '', '{\n  "id": 1\n}\n'],
    ['a.json', '[]', '[\n  {\n    "id": 1\n  }\n]'],
    ['a.json', '[{"id": 0}]', '[{"id": 0}, {"id":1}]'],
    [
      'a.json',
      '[\n  {\n    "id": 0\n  }\n]',
      '[\n  {\n    "id": 0\n  },\n  {\n    "id": 1\n  }\n]',
    ],
    ['a.json', '{\n  "id": 0\n}\n', '{\n  "id": 0\n}\n{\n  "id": 1\n}\n'],
  ];
  for (const [name, text, expected] of appended) {
    it(`${name} ${JSON.stringify(text)} gets a message`, async () => {
      const { document, features } = open(name, text);
      const added = await features.newMessage(document, { key: '7', value: '{ "id": 1 }' });
      assert.ok(added);
      const position = document.positionAt(added.at);
      const edit = { range: { start: position, end: position }, newText: added.text };
      assert.equal(applyEdits(text, [edit]), expected);
      assert.match(added.text.slice(added.begin), /^\{/);
    });
  }
});
