import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render } from '../../../../src/kafkaFile/render';
import { findTemplates } from '../../../../src/kafkaFile/templates';
import { isTemplateName, TEMPLATE_NAMES } from '../../../../src/kafkaFile/faker/names';
import type { TemplateFaker } from '../../../../src/kafkaFile/faker/templateFaker';
import type { Target } from '../target';

/** Gives back what it is called with, and what has a getter that nobody may touch. */
const FAKER: TemplateFaker = {
  seed: () => undefined,
  call: (name, args) => {
    assert.ok(isTemplateName(name), 'a known name');
    assert.ok(args.every(isData), 'data, and nothing of the program');
    return Object.defineProperty({ args, text: name, list: [name, 1, null] }, 'trap', {
      get: () => {
        throw new Error('a getter ran');
      },
    });
  },
  oneOf: ([first]) => first,
};

/** Whether a value consists of nothing but what literals of JavaScript can make. */
function isData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  if (value instanceof RegExp || value instanceof Date) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === Array.prototype;
  return isPlain && Object.values(value).every(isData);
}

/**
 * Templates lie in order, fill in what is known, run nothing, and fail with a problem in the text.
 */
export const target: Target = {
  seeds: [
    '{"id":"{{$uuid}}","n":{{$index}},"t":"{{$date.iso}}","r":{{$randomInt 1 6}},"e":"{{$env.HOME}}"}',
    '{{person.firstName}} {{number.int({"min":1,"max":{{$index}}})}} {{airline.airport.text}}',
    "{{helpers.arrayElement(['a', {b: [.5, 0x1F, 5n, null]}, ])}} {{helpers.fromRegExp(/[a-z]{3}/)}}",
    "{{date.past({refDate: new Date('2025-01-31')})}} {{random.number({min:1,precision:.1})}}",
    "{{number.int(1,5)}} {{number.int({minimum:1})}} {{finance.amount(1,2,'$')}} {{ person.firstName }}",
    '{{helpers.arrayElement(["a","b"])}} {{helpers.arrayElement(a)}} {{string.alpha(5).args}}',
    '{{person.constructor}} {{person.firstName.constructor}} {{__proto__.x}} {{person.firstName().trap}}',
    '{{$env.}} {{$randomInt 9 1}} {{ person.x }} {{person.firstName',
    `{{git.branch("${')'.repeat(32)}}}`.repeat(85),
  ],
  words: [...TEMPLATE_NAMES.slice(0, 50), '{{', '}}', '.constructor', '.trap', '.list', '.args'],
  structured: fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '{{',
          '}}',
          '(',
          ')',
          '.',
          '"',
          '$',
          ' ',
          '{"a":{"b":1}}',
          '.list',
          '.trap',
        ),
        fc.constantFrom(...TEMPLATE_NAMES),
        fc.string({ maxLength: 3 }),
      ),
    )
    .map((parts) => parts.join('')),
  run: (input) => {
    const text = input.toString();
    let last = 0;
    for (const { start, end, expression } of findTemplates(text)) {
      assert.ok(last <= start && start < end && end <= text.length, 'templates in order');
      assert.equal(text.slice(expression.start, expression.end), expression.text);
      last = end;
    }
    const context = { index: 3, seed: [1], now: 1.7e12, env: () => '{{$index}}', faker: FAKER };
    const { problem, text: filled } = render(text, context);
    if (problem) {
      assert.ok(problem.start < problem.end && problem.end <= text.length, 'a problem in the text');
      assert.notEqual(problem.detail, 'a getter ran');
    } else assert.equal(typeof filled, 'string');
  },
};
