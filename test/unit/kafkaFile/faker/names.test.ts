import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseCall } from '../../../../src/kafkaFile/faker/call';
import { openFaker } from '../../../../src/kafkaFile/faker/library';
import {
  findMethod,
  FORMER_NAMES,
  isTemplateName,
  TEMPLATE_NAMES,
} from '../../../../src/kafkaFile/faker/names';
import { declaredMethods } from './signatures';

const faker = openFaker('en');
const NOW = Date.UTC(2025, 0, 31, 12);

/** Methods that need a function, or that change faker instead of making something. */
const NO_TEMPLATES = /^helpers\.(?:fake|maybe|multiple|unique)$|^mersenne\.seed/;

interface Former {
  readonly version: string;
  readonly name: string;
  /** What it gave without arguments: `string`, `number`, ..., or `throws`. */
  readonly kind: string;
}

/** The methods of faker 5 to 9. */
const former: readonly Former[] = readFileSync(`${__dirname}/formerNames.txt`, 'utf8')
  .split('\n\n')
  .slice(1)
  .flatMap((version) => {
    const [title = '', ...lines] = version.trimEnd().split('\n');
    return lines.flatMap((line) => {
      const [module = '', kind = '', ...names] = line.split(' ');
      return names.map((name) => ({ version: title, name: `${module}.${name}`, kind }));
    });
  })
  .filter(({ name }) => !name.startsWith('-.'));

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value instanceof Date ? 'date' : typeof value;
}

describe('the names of faker', () => {
  it('are those of the library with their parameters, but for what needs functions', () => {
    const expected = [...declaredMethods()].filter(([name]) => !NO_TEMPLATES.test(name));
    const known = TEMPLATE_NAMES.map((name) => [name, today(findMethod(name)?.parameters ?? '')]);
    assert.deepEqual(Object.fromEntries(known), Object.fromEntries(expected));
  });

  it('of versions 5 to 9 are all known', () => {
    assert.equal(new Set(former.map(({ version }) => version)).size, 5);
    const unknown = former.filter(({ name }) => !NO_TEMPLATES.test(name) && !isTemplateName(name));
    assert.deepEqual(unknown, []);
  });

  it('of versions 5 to 9 run without arguments where they did, and give the same kind', () => {
    faker.seed([1, 2, 3], NOW);
    const kinds = new Map<string, Set<string>>();
    for (const { name, kind } of former) {
      kinds.set(name, (kinds.get(name) ?? new Set()).add(kind));
    }
    for (const [name, possible] of kinds) {
      if (NO_TEMPLATES.test(name) || possible.has('throws')) continue;
      const { args, problem } = parseCall(`${name}()`);
      const isToday = findMethod(name)?.runsAs === name;
      // Today's methods take what they take today.
      if (isToday && problem?.kind === 'template-arguments') continue;
      assert.equal(problem, undefined, name);
      for (let times = 0; times < 5; times += 1) {
        const kind = kindOf(faker.call(name, args ?? []));
        assert.ok(possible.has(kind), `${name} gives ${kind}, not ${[...possible].join(' or ')}`);
      }
    }
  });

  it('of former versions have another name today, or none', () => {
    for (const [name, runsAs] of FORMER_NAMES) {
      assert.ok(!TEMPLATE_NAMES.includes(name), name);
      assert.ok(runsAs === name || TEMPLATE_NAMES.includes(runsAs), runsAs);
    }
  });

  it('may stand behind "faker."', () => {
    assert.equal(findMethod('faker.name.firstName')?.name, 'person.firstName');
    assert.equal(findMethod('faker.nothing.firstName'), undefined);
    assert.equal(findMethod('faker.faker.name.firstName'), undefined);
  });
});

/** Removes from parameters what only former versions took. */
function today(parameters: string): string {
  return parameters
    .replace(/,\w+=[^,}]*/g, '')
    .replace(/~\w+/g, '')
    .replaceAll('+', '');
}
