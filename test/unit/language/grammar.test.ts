import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import type { IGrammar } from 'vscode-textmate';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

const FILE = 'media/language/kafkarest.tmLanguage.json';

describe('the grammar', () => {
  let grammar: IGrammar;

  before(async () => {
    const wasm = createRequire(__filename).resolve('vscode-oniguruma/release/onig.wasm');
    await loadWASM(readFileSync(wasm));
    const registry = new Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (sources) => new OnigScanner(sources),
        createOnigString: (text) => new OnigString(text),
      }),
      loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(FILE, 'utf8'), FILE)),
    });
    const loaded = await registry.loadGrammar('source.kafkarest');
    assert.ok(loaded);
    grammar = loaded;
  });

  /** What of a text is not blank, as `scope text`: the last scope, next to each other once. */
  function tokens(text: string): string[] {
    const found: { scope: string; part: string }[] = [];
    let state = INITIAL;
    for (const line of text.split('\n')) {
      const { tokens: ofLine, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      for (const [index, { startIndex, endIndex, scopes }] of ofLine.entries()) {
        const part = line.slice(startIndex, endIndex);
        const scope = scopes.at(-1)?.replace(/\.(?:kafkarest|json)$/, '') ?? '';
        const last = found.at(-1);
        if (index > 0 && last?.scope === scope) last.part += part;
        else found.push({ scope, part });
      }
    }
    return found
      .map(({ scope, part }) => ({ scope, part: part.trim() }))
      .filter(({ part }) => part !== '')
      .map(({ scope, part }) => `${scope} ${part}`);
  }

  it('knows the parts of a PRODUCER', () => {
    const text =
      'outside\nPRODUCER my label\n-- comment\n-- @cluster: c\ntopic: orders-1\nkey: k {{lorem.word}}\n' +
      'value-format: string(base64)\nevery: 3s\nplain {{$randomInt 1 5}} {{ x }}\ntopic: no\n-- no\n### end\n';
    assert.deepEqual(tokens(text), [
      'source outside',
      'keyword.control.producer PRODUCER',
      'entity.name.label my label',
      'punctuation.definition.comment --',
      'comment.line.double-dash comment',
      'punctuation.definition.comment --',
      'storage.type.annotation @cluster',
      'punctuation.separator.key-value :',
      'string.unquoted c',
      'variable.other.property topic',
      'punctuation.separator.key-value :',
      'string.unquoted orders-1',
      'variable.other.property key',
      'punctuation.separator.key-value :',
      'string.unquoted k',
      'punctuation.definition.template-expression.begin {{',
      'entity.name.function lorem.word',
      'punctuation.definition.template-expression.end }}',
      'variable.other.property value-format',
      'punctuation.separator.key-value :',
      'constant.language string',
      'meta.block.producer (',
      'constant.language base64',
      'meta.block.producer )',
      'variable.other.property every',
      'punctuation.separator.key-value :',
      'constant.numeric 3s',
      'string.unquoted.value plain',
      'punctuation.definition.template-expression.begin {{',
      'entity.name.function $randomInt',
      'variable.parameter 1 5',
      'punctuation.definition.template-expression.end }}',
      'string.unquoted.value {{ x }}',
      'string.unquoted.value topic: no',
      'string.unquoted.value -- no',
      'punctuation.separator.block ### end',
    ]);
  });

  it('embeds JSON in values', () => {
    const text =
      'PRODUCER\n{"a":{"b":{{number.int({"max":5})}}},\n"c": ["{{helpers.arrayElement(["x","y"])}}", -1.5e3, null]}\n###\nCONSUMER\n';
    assert.deepEqual(tokens(text), [
      'keyword.control.producer PRODUCER',
      'punctuation {',
      'support.type.property-name "a"',
      'punctuation :{',
      'support.type.property-name "b"',
      'punctuation :',
      'punctuation.definition.template-expression.begin {{',
      'entity.name.function number.int',
      'variable.parameter ({"max":5})',
      'punctuation.definition.template-expression.end }}',
      'punctuation },',
      'support.type.property-name "c"',
      'punctuation :',
      'punctuation [',
      'string.quoted.double "',
      'punctuation.definition.template-expression.begin {{',
      'entity.name.function helpers.arrayElement',
      'variable.parameter (["x","y"])',
      'punctuation.definition.template-expression.end }}',
      'string.quoted.double "',
      'punctuation ,',
      'constant.numeric -1.5e3',
      'punctuation ,',
      'constant.language null',
      'punctuation ]}',
      'punctuation.separator.block ###',
      'keyword.control.consumer CONSUMER',
    ]);
  });

  it('knows the parts of a CONSUMER, which the next block ends', () => {
    const text =
      'CONSUMER my group\n  topic : a\nfrom: earliest\nto: 12\npartitions: 0-2\nkey-format: any(Name-x, 2)\nfoo: x\nPRODUCER\nv';
    assert.deepEqual(tokens(text), [
      'keyword.control.consumer CONSUMER',
      'entity.name.label my group',
      'variable.other.property topic',
      'punctuation.separator.key-value :',
      'string.unquoted a',
      'variable.other.property from',
      'punctuation.separator.key-value :',
      'constant.language earliest',
      'variable.other.property to',
      'punctuation.separator.key-value :',
      'constant.numeric 12',
      'variable.other.property partitions',
      'punctuation.separator.key-value :',
      'constant.numeric 0-2',
      'variable.other.property key-format',
      'punctuation.separator.key-value :',
      'constant.language any',
      'meta.block.consumer (',
      'constant.language Name-x',
      'meta.block.consumer ,',
      'constant.language 2',
      'meta.block.consumer )',
      'meta.block.consumer foo: x',
      'keyword.control.producer PRODUCER',
      'string.unquoted.value v',
    ]);
  });
});
