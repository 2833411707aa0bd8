import { nearest } from '../../core/text/nearest';
import { escapePattern } from '../filter/comparison';
import type { Literal, Test } from '../filter/filterNode';
import type { SeenKind } from '../protocol';

/** How many letters of a text may be wrong. */
const MAX_TYPOS = 2;

/**
 * Returns a test with literals of the kinds that were seen, or with texts that were seen in place of
 * similar ones. Returns `undefined` if nothing needs to change.
 *
 * @param values what was seen, as a filter writes it; `null` if that is too much
 */
export function betterTest(
  test: Test,
  kinds: ReadonlySet<SeenKind>,
  values: readonly string[] | null,
): Test | undefined {
  const better = (literal: Literal) => betterLiteral(literal, kinds, values);
  if (test.operator === 'in' || test.operator === 'not in') {
    const literals = test.literals.map((each) => better(each) ?? each);
    return literals.some((each, at) => each !== test.literals[at])
      ? { ...test, literals }
      : undefined;
  }
  if (test.operator === '=~') return undefined;
  const { literal: old } = test;
  if (old.kind === 'text' && test.operator === '==' && /[*%]/.test(old.text)) {
    // The wildcards of other tools.
    const source = old.text.split(/[*%]/).map(escapePattern).join('.*');
    return { operator: '=~', pattern: { source: `^${source}$`, flags: 'i' } };
  }
  const literal = better(old);
  return literal && { ...test, literal };
}

function betterLiteral(
  literal: Literal,
  kinds: ReadonlySet<SeenKind>,
  values: readonly string[] | null,
): Literal | undefined {
  if (literal.kind === 'number') {
    return kinds.has('text') && !kinds.has('number')
      ? { kind: 'text', text: literal.digits }
      : undefined;
  }
  if (literal.kind === 'constant') return undefined;
  const { text } = literal;
  const unquoted = /^[“”„«](.*)[“”»]$/s.exec(text)?.[1];
  if (unquoted !== undefined) return { kind: 'text', text: unquoted };
  if (!kinds.has('text')) {
    if (kinds.has('number') && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) {
      return { kind: 'number', digits: text };
    }
    if (kinds.has('boolean') && /^(?:true|false)$/i.test(text)) {
      return { kind: 'constant', value: /^true$/i.test(text) };
    }
    return undefined;
  }
  const texts = (values ?? []).flatMap((each) => (each.startsWith('"') ? textOf(each) : []));
  if (texts.includes(text)) return undefined;
  const limit = Math.min(MAX_TYPOS, Math.floor(text.length / 3));
  const [near] = nearest(text, texts, limit);
  return near === undefined ? undefined : { kind: 'text', text: near };
}

function textOf(json: string): string {
  const text: unknown = JSON.parse(json);
  return String(text);
}
