import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KafkaError } from '../../../../src/core/errors';
import { decodeJson, field, integer, text } from '../../../../src/core/json/decode';
import { indentJson, isJson } from '../../../../src/core/json/layout';
import { JsonScanner, JsonSyntaxError, unquote } from '../../../../src/core/json/scanner';
import { compileSteps, findField } from '../../../../src/viewer/fields/findField';
import { JsonTree } from '../../../../src/webview/detail/jsonTree';
import { same, type Target } from '../target';

const FIELDS = [['a'], ['a', 0], ['a', 'a'], [0], ['__proto__', 'b'], ['']] as const;

/**
 * Whatever here reads JSON takes for JSON what `JSON.parse` does, and gives the same value; it
 * throws but its own errors.
 */
export const target: Target = {
  seeds: [
    '{"a":[1,-2.50,1e+3,true,false,null],"b":"\\u00e9\\n\\"","c":{}}',
    ' [ ] ',
    '"\\ud83d\\ude00"',
    '9007199254740993',
    '{"a":1,"a":2,"__proto__":{"b":12.50}}',
    '{"constructor":{"prototype":{"x":9223372036854775807}}}',
    '[[[[[[[[]]]]]]]]',
  ],
  structured: fc.json({ noUnicodeString: false, maxDepth: 6 }),
  run: (input) => {
    const json = input.toString();
    const value = parsed(json);
    const valid = value !== undefined;
    assert.equal(isJson(json), valid);
    assert.equal(scanned(json), valid, 'the scanner');
    assert.equal(JsonTree.of(json) !== undefined, valid, 'the tree');
    assert.equal(fieldIn(json, []) !== undefined, valid, 'the bytes');
    for (const steps of FIELDS) {
      const field = fieldIn(json, steps);
      same(field === undefined ? '' : JSON.stringify(parsed(field)), lookUp(value, steps), 'field');
    }
    decode(`{"a":${json}}`, (all) => field(all, 'a', text));
    decode(`{"a":${json}}`, (all) => field(all, 'a', integer));
    if (!valid) return;
    const laidOut = indentJson(json);
    same(JSON.stringify(parsed(laidOut)), JSON.stringify(value), 'value, indented');
    same(indentJson(laidOut), laidOut, 'text, indented twice');
    if (typeof value === 'string' && /^"/.test(json) && json.endsWith('"')) {
      same(unquote(json), value, 'string, unquoted');
    }
    const exact = decode(`{"a":${json}}`, (all) => field(all, 'a', text));
    if (typeof value === 'string') same(exact ?? '', value, 'string, decoded');
    else same(JSON.stringify(parsed(exact ?? '')), JSON.stringify(value), 'value, decoded');
  },
};

function fieldIn(json: string, steps: readonly (string | number)[]): string | undefined {
  const bytes = Buffer.from(json);
  const place = findField(bytes, 0, bytes.length, compileSteps(steps));
  return place && bytes.toString('utf8', place.start, place.end);
}

/** Returns what steps lead to in a value, as JSON; nothing if there is no such thing. */
function lookUp(value: unknown, steps: readonly (string | number)[]): string {
  let found = value;
  for (const step of steps) {
    const isThere =
      typeof found === 'object' &&
      found !== null &&
      Array.isArray(found) === (typeof step === 'number') &&
      Object.hasOwn(found, step);
    if (!isThere) return '';
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return JSON.stringify(found);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function scanned(json: string): boolean {
  try {
    const scanner = new JsonScanner(json);
    scanner.value();
    scanner.expectEnd();
    return true;
  } catch (error) {
    if (error instanceof JsonSyntaxError && error.at >= 0 && error.at <= json.length) return false;
    throw error;
  }
}

function decode<T>(json: string, decoder: (value: unknown) => T): T | undefined {
  try {
    return decodeJson(json, decoder);
  } catch (error) {
    if (error instanceof KafkaError && error.kind === 'protocol') return undefined;
    throw error;
  }
}
