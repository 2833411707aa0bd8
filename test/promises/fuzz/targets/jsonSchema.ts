import { exampleOf } from '../../../../src/core/message/decoders/describe/example';
import { jsonChecker } from '../../../../src/core/message/decoders/jsonSchema/checker';
import { describeJsonSchema } from '../../../../src/core/message/decoders/jsonSchema/describe';
import { InvalidSchema } from '../../../../src/core/message/decoders/schemas/problems';
import { inEnglish } from '../../../../src/core/phrase';
import type { Target } from '../target';

/** Any JSON Schema is one or is refused; any JSON fits it or not, with a reason in one sentence. */
export const target: Target = {
  seeds: [
    '{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}\n{"a":"x"}',
    '{"$ref":"#/definitions/a","definitions":{"a":{"enum":[1,2]}}}\n3',
    '{"$id":"a.json","$defs":{"x":{"$anchor":"x","minLength":2}},"allOf":[{"$ref":"#x"}]}\n"a"',
    '{"$schema":"http://json-schema.org/draft-04/schema#","minimum":1,"exclusiveMinimum":true}\n1',
    '{"oneOf":[{"type":"null"},{"pattern":"^[a-c]{2}\\\\d$"}],"not":{"const":5}}\n"ab1"',
    '{"items":[{"format":"date"}],"additionalItems":false}\n["2026-01-01",2]',
    'true\n{}',
  ],
  words: ['$recursiveRef', '$dynamicRef', '__proto__', 'dependentSchemas', 'unevaluatedItems'],
  run: (input) => {
    const [text = '', json = 'null'] = input.toString().split('\n');
    const value = parsed(json);
    try {
      const checker = jsonChecker({ text, imports: [{ name: 'b.json', text: '{"type":"null"}' }] });
      const misfit = checker.check(value);
      const said = misfit ? inEnglish(misfit.atPlace) : 'fits';
      if (!/^[^\n]+$/.test(said)) throw new Error(said);
      exampleOf(describeJsonSchema(checker));
    } catch (error) {
      if (!(error instanceof InvalidSchema)) throw error;
    }
  },
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
