import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { JsonFeatures } from '../../../src/language/jsonFiles/jsonFeatures';
import { KEY, openJson as open, order, unlimited, VALUE } from '../../support/sample/jsonFile';
import { catalog } from '../../support/kafkaFiles';

/** Returns the problems of a file: the kind, what is underlined and on which line. */
async function found(...given: Parameters<typeof open>): Promise<string[]> {
  const { document, features } = open(...given);
  const diagnostics = await features.diagnose(document, unlimited);
  return diagnostics.map(({ code, range }) =>
    [code, document.getText(range), range.start.line].join(' '),
  );
}

describe('JSON files that are checked by a schema', () => {
  it('are checked line by line', async () => {
    const lines = [order('1'), order('"2"'), '', order('3').replace('name', 'nam'), order('4')];
    assert.deepEqual(await found('orders.jsonl', lines.join('\r\n')), [
      'type-wrong "2" 1',
      'member-unknown "nam" 3',
      'member-missing { 3',
    ]);
  });

  it('are checked value by value in a list, also on one line', async () => {
    const text = `[${order('1')}, ${order('true')}, ${order('true')}]`;
    const { document, features } = open('orders.json', text);
    const [first, second] = await features.diagnose(document, unlimited);
    assert.deepEqual(
      [first, second].map((each) => each?.range.start.character),
      [text.indexOf('true'), text.lastIndexOf('true')],
    );
    assert.deepEqual(await found('orders.json', `[\n  ${order('1')},\n  ${order('null')}\n]`), [
      'type-wrong null 2',
    ]);
  });

  it('may be one value over several lines, or several of them', async () => {
    const text =
      '{\n  "id": 1,\n  "customer": {}\n}\n{\n  "id": 1.5,\n  "customer": {"name": ""}\n}';
    assert.deepEqual(await found('order.json', text), ['member-missing { 2', 'type-wrong 1.5 5']);
  });

  it('are checked in their values where they hold messages', async () => {
    const message = (value: string) => `{"key": "a", "headers": {"a": "b"}, "value": ${value}}`;
    const lines = [message(order('1')), message(order('"x"')), message('null')];
    assert.deepEqual(await found('orders.jsonl', lines.join('\n')), ['type-wrong "x" 1']);
    assert.deepEqual(await found('orders.json', `{"records": [${lines.join()}]}`), [
      'type-wrong "x" 0',
    ]);
  });

  it('are checked in their keys if these have a schema', async () => {
    const lines = [1, '"a"', '"2"', '"2.5"'].map(
      (key) => `{"key": ${key}, "value": ${order('1')}}`,
    );
    assert.deepEqual(await found('orders.jsonl', lines.join('\n'), [VALUE, KEY]), [
      'text-not-json "a" 1',
      'type-wrong "2.5" 3',
    ]);
  });

  it('may hold what was read of a topic, whose bytes are sent again and not encoded', async () => {
    const exported = (value: string) =>
      `{"partition": 0, "offset": 1, "timestamp": 5, "key": null, ${value}}`;
    const lines = [
      exported(`"value": ${order('"x"')}`),
      exported(`"value": ${order('"x"')}, "rawValue": {"base64": "AAE="}`),
      exported('"value": {"base64": "AAE="}'),
      exported(`"value": ${JSON.stringify(order('"x"'))}`),
    ];
    const problems = await found('orders.jsonl', lines.join('\n'));
    assert.deepEqual(problems, [
      'type-wrong "x" 0',
      `type-wrong ${JSON.stringify(order('"x"'))} 3`,
    ]);
  });

  it('may hold texts of other alphabets before what does not fit', async () => {
    const text = `[{"id": 1, "customer": {"name": "Zoë 東京 😀"}}, ${order('"x"')}]`;
    assert.deepEqual(await found('orders.json', text), ['type-wrong "x" 0']);
  });

  it('tell what is no JSON where the editor does not', async () => {
    const lines = `${order('1')}\n${order('')}\n${order('2')}\n`;
    assert.deepEqual(await found('orders.jsonl', lines), ['json-broken , 1']);
    assert.deepEqual(await found('orders.json', `[${order('1')}, ${order('')}]`), []);
  });

  it('tell what is no message among messages', async () => {
    const message = `{"key": "a", "value": ${order('1')}}`;
    const lines = [message, message, message, '{"key": "a", "vlaue": 1}', '{"key": "b"}'];
    assert.deepEqual(await found('orders.jsonl', lines.join('\n')), [
      'message-broken "vlaue" 3',
      'message-broken { 4',
    ]);
  });

  it('keep every digit', async () => {
    const lines = [order('2147483647'), order('2147483648'), order('9007199254740993.5')];
    assert.deepEqual(await found('orders.jsonl', lines.join('\n')), [
      'number-range 2147483648 1',
      'type-wrong 9007199254740993.5 2',
    ]);
  });

  it('show the first 100 problems, and that there are more', async () => {
    const { document, features, told } = open('a.jsonl', `${order('"x"')}\n`.repeat(150));
    const diagnostics = await features.diagnose(document, unlimited);
    assert.equal(diagnostics.length, 101);
    const [last] = diagnostics.slice(-1);
    assert.match(
      JSON.stringify(last?.message),
      /^"Only the first 100 problems .* There are more\."$/,
    );
    assert.deepEqual(told, [{ uri: document.uri, messages: 150, problems: 100, isCut: true }]);
  });

  it('are not checked if they are too long, or no messages', async () => {
    const long = open('a.jsonl', ' '.repeat(5_000_001));
    assert.deepEqual(await long.features.diagnose(long.document, unlimited), []);
    assert.equal(long.told[0]?.obstacle, 'too-long');
    const binary = open('a.jsonl', '\0\u0001\u0002');
    assert.deepEqual(await binary.features.diagnose(binary.document, unlimited), []);
    assert.equal(binary.told[0]?.obstacle, 'not-messages');
  });

  it('are left alone while their schema is not known', async () => {
    const document = TextDocument.create('file:///a.jsonl', 'jsonl', 1, '{}');
    const known = catalog({ checks: [VALUE] });
    const unexpected = () => assert.fail('tells of a check');
    const features = new JsonFeatures(
      { of: () => known, settled: () => Promise.resolve(known) },
      unexpected,
    );
    assert.deepEqual(await features.diagnose(document, unlimited), []);
    assert.deepEqual(await features.complete(document, { line: 0, character: 1 }), []);
  });

  it('are checked again in what has changed', async () => {
    const { document, features } = open('a.jsonl', `${order('1')}\n${order('"x"')}\n`);
    assert.equal((await features.diagnose(document, unlimited)).length, 1);
    const added = { range: { start: at(0, 0), end: at(0, 0) }, text: `${order('"y"')}\n` };
    TextDocument.update(document, [added], 2);
    const lines = (await features.diagnose(document, unlimited)).map(
      (each) => each.range.start.line,
    );
    assert.deepEqual(lines, [0, 2]);
  });
});

function at(line: number, character: number) {
  return { line, character };
}
