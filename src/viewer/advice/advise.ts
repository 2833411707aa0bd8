import { nearest } from '../../core/text/nearest';
import type { TimeContext } from '../../core/time/parse';
import { betterTest } from './betterTest';
import type { FilterNode, Test } from '../filter/filterNode';
import { parseTerms, type Term } from '../filter/filterParser';
import type { FilterAdvice } from '../protocol';
import type { SeenFields, SeenPath } from './seenFields';
import { SeenPaths } from './seenPaths';
import { separated, withKnownOperator, withoutStars, withPlainQuotes } from './respell';
import { writeHeaderName, writeTest, writeWord } from './writeTest';

const FIELDS = ['key', 'value', 'header', 'partition', 'offset', 'time', 'timestamp', 'size'];
const ALIASES: ReadonlyMap<string, string> = new Map([
  ...['part', 'p'].map((name) => [name, 'partition'] as const),
  ...['payload', 'body', 'message', 'msg', 'val'].map((name) => [name, 'value'] as const),
  ...['ts', 'date', 'datetime'].map((name) => [name, 'timestamp'] as const),
]);
/** A name and an operator or a colon, in one word or several. */
const COMPARED =
  /^(?:"([^"]+)"|([\p{L}_.$][^\s"=<>!:~]*))(?:\s*(:|===?|!==?|=~|[<>]=|[=<>](?![=<>~]))\s*|\s+(contains|starts_?with|ends_?with|like|is)\s+)(\S.*)$/isu;
/** How many letters of a name may be wrong. */
const MAX_TYPOS = 2;

/**
 * Returns what to tell a person whose filter matches nothing.
 *
 * @param text a filter that is valid
 */
export function advise(text: string, seen: SeenFields, timeContext: TimeContext): FilterAdvice {
  const terms = termsOf(text, timeContext);
  const adviser = new Adviser(text, seen, (filter) => termsOf(filter, timeContext));
  const suggestion = adviser.rewrite(terms);
  const lacksHeaders =
    seen.headers.length === 0 && terms.some(({ node }) => node.kind === 'header');
  return { suggestion, lacksHeaders };
}

function termsOf(text: string, timeContext: TimeContext): readonly Term[] {
  try {
    return parseTerms(text, timeContext)?.terms ?? [];
  } catch {
    return [];
  }
}

class Adviser {
  readonly #paths: SeenPaths;

  constructor(
    private readonly text: string,
    private readonly seen: SeenFields,
    private readonly parse: (text: string) => readonly Term[],
  ) {
    this.#paths = new SeenPaths(seen);
  }

  /** Returns the filter with better terms; `null` if there are none. */
  rewrite(terms: readonly Term[]): string | null {
    let rewritten = '';
    let done = 0;
    for (let at = 0; at < terms.length; at += 1) {
      // Terms that only together mean something come first.
      for (const count of [3, 2, 1]) {
        const span = terms.slice(at, at + count);
        const better = span.length === count ? this.#better(span) : undefined;
        const [first, last] = [span[0], span.at(-1)];
        if (better === undefined || !first || !last) continue;
        rewritten += this.text.slice(done, first.at) + better;
        done = last.end;
        at += count - 1;
        break;
      }
    }
    rewritten += this.text.slice(done);
    return done > 0 && this.parse(rewritten).length > 0 ? rewritten : null;
  }

  #better(span: readonly Term[]): string | undefined {
    const [term, ...more] = span;
    if (!term) return undefined;
    const source = this.#source(span);
    if (source === undefined) return undefined;
    const candidates =
      more.length > 0
        ? [
            this.#asComparison(term, source),
            fieldBefore(term, source),
            this.#withKnownOperator(term, source),
            withPlainQuotes(source),
          ]
        : this.#candidates(term, source);
    return candidates.find((each) => each !== undefined && this.#isBetter(each, source));
  }

  /**
   * Returns the text of terms; `undefined` for several unless they are texts and paths side by side.
   */
  #source(span: readonly Term[]): string | undefined {
    const { text } = this;
    const [first, last] = [span[0], span.at(-1)];
    if (!first || !last) return undefined;
    const areJoined = span.every(
      ({ node, end }, at) =>
        (node.kind === 'text' || (node.kind === 'path' && !node.test)) &&
        text.slice(end, span[at + 1]?.at ?? end).trim() === '',
    );
    return span.length === 1 || areJoined ? text.slice(first.at, last.end) : undefined;
  }

  /** Whether a text is a term, and is not just a text to look for. */
  #isBetter(candidate: string, source: string): boolean {
    if (candidate === source) return false;
    // Only what stood for something else is removed from a text.
    if (candidate === withoutStars(source) || candidate === withPlainQuotes(source)) return true;
    const terms = this.parse(candidate);
    return (
      terms.length > 0 &&
      !(terms.length === 1 && terms[0]?.node.kind === 'text' && terms[0].node.where === 'any')
    );
  }

  #candidates(term: Term, source: string): readonly (string | undefined)[] {
    const { node } = term;
    switch (node.kind) {
      case 'text':
        return this.#forText(term, source);
      case 'path':
        return [this.#forPath(term, node), fieldFor(term, source)];
      case 'header':
        return [this.#forHeader(node)];
      case 'whole':
        return [this.#asMember(term, source), this.#forWhole(node)];
      case 'number':
      case 'time':
      case 'null':
        return [this.#asMember(term, source)];
      case 'regex':
      case 'and':
      case 'or':
      case 'not':
        return [];
    }
  }

  #forText(term: Term, source: string): readonly (string | undefined)[] {
    return [
      this.#asComparison(term, source),
      fieldFor(term, source),
      this.#asPath(term, source),
      separated(source),
      withoutStars(source),
      this.#withKnownOperator(term, source),
      withPlainQuotes(source),
    ];
  }

  /** A comparison in the words of another language, of something that was seen. */
  #withKnownOperator(term: Term, source: string): string | undefined {
    const { subject = '', text } = withKnownOperator(source) ?? {};
    const isKnown = FIELDS.includes(subject) || this.#seenPath(term, subject);
    return isKnown ? text : undefined;
  }

  /** A text such as `status:ok`, if it begins with a path that was seen. */
  #asComparison(term: Term, source: string): string | undefined {
    const [, quoted, plain = '', symbol, word, operand = ''] = COMPARED.exec(source) ?? [];
    const path = this.#seenPath(term, quoted ?? plain);
    if (!path) return undefined;
    const first = /^(?:[<>]=?|[!=]=|=~)/.exec(operand)?.[0] ?? '';
    const isPlain = symbol === ':' || word?.toLowerCase() === 'is';
    const operator = isPlain ? first || '==' : (symbol ?? word ?? '');
    return `${spelled(path, term)} ${operator} ${isPlain ? operand.slice(first.length) : operand}`;
  }

  /** A text that is a path, such as `user.id`. */
  #asPath(term: Term, source: string): string | undefined {
    const header = /^headers?\.(.+)$/is.exec(source)?.[1];
    if (header !== undefined && this.seen.headers.some(({ name }) => name === header)) {
      return `header:${header}`;
    }
    // A single name is more likely a text.
    const path = source.includes('.') ? this.#seenPath(term, source) : undefined;
    return path && spelled(path, term);
  }

  #seenPath(term: Term, source: string): SeenPath | undefined {
    const [, part = '', rest = source] = /^(?:(key|value)\.)?(.*)$/is.exec(source) ?? [];
    const where = part === '' ? partOf(term) : part.toLowerCase() === 'key' ? 'key' : 'value';
    const path = /^\$/.test(rest) ? rest : `$.${rest.replace(/^\./, '')}`;
    const found = this.#paths.at(where, path);
    return found ?? (rest.length > 2 ? this.#paths.like(where, path) : undefined);
  }

  #forPath(term: Term, node: Extract<FilterNode, { kind: 'path' }>): string | undefined {
    const found = this.#paths.at(node.where, node.path);
    if (!found) {
      const path = this.#paths.like(node.where, node.path);
      return path && joined(spelled(path, term), node.test);
    }
    const test = node.test && betterTest(node.test, found.kinds, found.values);
    return test ? joined(spelled({ ...found, path: node.path }, term), test) : undefined;
  }

  #forHeader({ name, test }: Extract<FilterNode, { kind: 'header' }>): string | undefined {
    const { headers } = this.seen;
    const found = headers.find((each) => each.name === name);
    if (found) {
      const better = test && betterTest(test, new Set(['text']), found.values);
      return better ? joined(`header:${writeHeaderName(name)}`, better) : undefined;
    }
    const [near] = nearest(
      name,
      headers.map((each) => each.name),
      MAX_TYPOS,
    );
    return near === undefined ? undefined : joined(`header:${writeHeaderName(near)}`, test);
  }

  #forWhole({ where, test }: Extract<FilterNode, { kind: 'whole' }>): string | undefined {
    if (test.operator !== '==') return undefined;
    const { literal } = test;
    const keys = where === 'key' ? this.seen.keys : null;
    const better = literal.kind === 'text' && betterTest(test, new Set(['text']), keys);
    if (better) return joined(where, better);
    const text =
      literal.kind === 'text' ? literal.text : literal.kind === 'number' ? literal.digits : '';
    return text === '' ? undefined : `${where}:${writeWord(text)}`;
  }

  /** A field whose name is that of a member, such as `size > 5` where values have a size. */
  #asMember(term: Term, source: string): string | undefined {
    // A unit belongs to the size of messages.
    if (/\d\s*[kmg]i?b$/i.test(source)) return undefined;
    const name = /^[a-z]+(?=\s*[=<>!]|\s+(?:not\s+)?(?:in|is)\s)/i.exec(source)?.[0];
    const found = name === undefined ? undefined : this.#paths.at(partOf(term), `$.${name}`);
    return found && `$.${source}`;
  }
}

/** Returns a comparison with the field that was meant by a name such as `partion`. */
function fieldFor(term: Term, source: string): string | undefined {
  const [, name = '', rest = ''] = /^([\p{L}_-]+)(\s*[:=<>!].*)$/su.exec(source) ?? [];
  if (term.where !== 'any' || name === '') return undefined;
  const lower = name.toLowerCase();
  const known = FIELDS.includes(lower) ? lower : ALIASES.get(lower);
  const field = known ?? nearest(name, FIELDS, MAX_TYPOS)[0];
  // "=>" and "=<" are easily confused with ">=" and "<=".
  return field && field + rest.replace(/^(\s*)=([<>])/, '$1$2=');
}

/** Returns `partition:0` for "partition 0". */
function fieldBefore(term: Term, source: string): string | undefined {
  const [, name, operand = ''] = /^(partition|offset|size)\s+(\d\S*)$/i.exec(source) ?? [];
  return name === undefined || term.where !== 'any' ? undefined : `${name}:${operand}`;
}

/** Returns the part that paths of a term lead into. */
function partOf({ where }: Term): 'key' | 'value' {
  return where === 'any' ? 'value' : where;
}

function spelled({ where, path }: Pick<SeenPath, 'where' | 'path'>, term: Term): string {
  return where === partOf(term) ? path : `${where}:${path}`;
}

function joined(subject: string, test: Test | null): string {
  return test ? `${subject} ${writeTest(test)}` : subject;
}
