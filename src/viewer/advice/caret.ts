import { FilterText } from '../filter/filterText';
import { type Subject, takeSubject } from '../filter/subject';

/** What may be typed at the caret of a filter. `from` is where the part begins that is typed. */
export type Place =
  /** A term, or what follows `key:` or `value:`; `isFirst`: no other term stands before it. */
  | {
      readonly kind: 'term';
      readonly where: 'any' | 'key' | 'value';
      readonly from: number;
      readonly isFirst: boolean;
    }
  /** The name of a header. */
  | { readonly kind: 'header'; readonly from: number }
  /** An operator after something that can be compared. */
  | { readonly kind: 'operator'; readonly subject: Subject; readonly from: number }
  /** What something is compared with. */
  | { readonly kind: 'value'; readonly subject: Subject; readonly from: number };

/** A word, with quoted texts and brackets in it as a whole, whether they are closed or not. */
const TOKEN =
  /[()]|(?:\[(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\]"'])*\]?|"(?:[^"\\]|\\.)*"?|[^\s()["])+/gs;
/** A text in quotes, or a regular expression, that is not closed. */
const OPEN = /^(?:"(?:[^"\\]|\\.)*|\/(?:[^/\\]|\\.)*)$/s;
/** What has been typed of a value, perhaps with an opening quote. */
const VALUE = /^(?:"(?:[^"\\]|\\.)*|'(?:[^'\\]|\\.)*|[^\s"'()[\],]*)$/s;
const SYMBOL = /^\s*(?:===?|!==?|[<>]=|<>|[=<>])(?![=<>~])\s*/;
const LIST = /^\s+(?:not\s+)?in\s*[[(]/i;
const ITEM = /"(?:[^"\\]|\\.)*"?|[^\s",\])]+|[,\])]/gs;
/** A list in parentheses that is not closed, from its subject on. */
const OPEN_LIST =
  /(?<![^\s()])[^\s()]+\s+(?:not\s+)?in\s*\((?:"(?:[^"\\]|\\.)*"|[^()"])*(?:"(?:[^"\\]|\\.)*)?$/is;
/** No comparison has more words before its value. */
const MAX_WORDS = 4;

/**
 * Returns what may be typed at the end of a text, which is a filter up to the caret.
 *
 * @param operators the operators that may follow a subject; none if it was not seen
 */
export function placeAt(
  text: string,
  operators: (subject: Subject) => readonly string[],
): Place | undefined {
  const list = OPEN_LIST.exec(text);
  const listed = list && comparisonAt(text, list.index + signs(list[0]), operators);
  if (listed) return listed;
  const tokens = Array.from(text.matchAll(TOKEN), ({ 0: token, index }) => ({ token, index }));
  for (const { token, index } of tokens.slice(-MAX_WORDS)) {
    if (isBetween(token)) continue;
    const place = comparisonAt(text, index + signs(token), operators);
    if (place) return place;
  }
  const last = tokens.at(-1);
  const isTyped = last !== undefined && last.index + last.token.length === text.length;
  if (!isTyped || /^[()]$/.test(last.token)) {
    return { kind: 'term', where: 'any', from: text.length, isFirst: isFirst(last?.token) };
  }
  return termAt(last.token, last.index, isFirst(tokens.at(-2)?.token));
}

/** Returns how many minuses and exclamation marks in front of a name negate. */
function signs(text: string): number {
  return /^[-!]+(?=[\p{L}_$.])/u.exec(text)?.[0].length ?? 0;
}

/** Whether no term stands before a place, given the word before it. */
function isFirst(before: string | undefined): boolean {
  return before === undefined || before === '(' || isBetween(before);
}

function isBetween(token: string): boolean {
  return /^(?:and|or|not|&&|\|\||!)$/i.test(token);
}

/** A comparison that begins at `begin`, whose operator or value is being typed. */
function comparisonAt(
  text: string,
  begin: number,
  operators: (subject: Subject) => readonly string[],
): Place | undefined {
  const found = subjectAt(text, begin);
  if (!found) return undefined;
  const { subject, end } = found;
  const rest = text.slice(end);
  const list = LIST.exec(rest)?.[0];
  if (list !== undefined) {
    // A word that was not seen may as well be a text before a group.
    if (list.endsWith('(') && operators(subject).length === 0) return undefined;
    const item = typedItem(rest.slice(list.length));
    return item === undefined ? undefined : { kind: 'value', subject, from: text.length - item };
  }
  const operator = /^:\s*/.exec(rest)?.[0] ?? SYMBOL.exec(rest)?.[0];
  if (operator !== undefined) {
    const typed = rest.slice(operator.length);
    return VALUE.test(typed)
      ? { kind: 'value', subject, from: text.length - typed.length }
      : undefined;
  }
  const typed = rest.trimStart();
  const mayFollow = operators(subject).some((each) =>
    each.toLowerCase().startsWith(typed.toLowerCase()),
  );
  if (typed === rest || !mayFollow) return undefined;
  return { kind: 'operator', subject, from: text.length - typed.length };
}

/**
 * Returns how many characters of an item of a list have been typed; `undefined` if the list or the
 * item has ended.
 */
function typedItem(list: string): number | undefined {
  const items = Array.from(list.matchAll(ITEM));
  const last = items.at(-1);
  if (items.some(([item]) => item === ']' || item === ')')) return undefined;
  if (!last || last[0] === ',') return 0;
  const isOpen = last.index + last[0].length === list.length && !/^".*"$/s.test(last[0]);
  return isOpen ? last[0].length : undefined;
}

function subjectAt(
  text: string,
  begin: number,
): { readonly subject: Subject; readonly end: number } | undefined {
  const input = new FilterText(text);
  input.at = begin;
  const field = /(?:key|value):(?=\$)/iy;
  const where = input.take(field)?.toLowerCase().startsWith('key') ? 'key' : 'value';
  if (input.next === '$') {
    const at = input.at;
    try {
      return { subject: { kind: 'path', where, path: input.path(), at }, end: input.at };
    } catch {
      // A bracket is not closed.
      return undefined;
    }
  }
  const header = input.take(/headers?:(?:"(?:[^"\\]|\\.)*"|[^\s()=!<>"]+)/iy);
  if (header !== undefined) {
    const name = header.slice(header.indexOf(':') + 1).replace(/^"(.*)"$/s, '$1');
    return { subject: { kind: 'header', name }, end: input.at };
  }
  const subject = takeSubject(input, 'value');
  // The colon of "key:" and "value:" begins a term.
  if (!subject || (subject.kind === 'whole' && input.next === ':')) return undefined;
  return subject.kind === 'path' && input.next === ':' ? undefined : { subject, end: input.at };
}

function termAt(token: string, index: number, isFirstTerm: boolean): Place | undefined {
  const sign = /^[-!]+(?=[^-!])/.exec(token)?.[0].length ?? 0;
  const [field = '', name] = /^(key|value|headers?):/i.exec(token.slice(sign)) ?? [];
  const from = index + sign + field.length;
  const typed = token.slice(sign + field.length);
  if (OPEN.test(typed)) return undefined;
  switch (name?.toLowerCase()) {
    case 'key':
      return { kind: 'term', where: 'key', from, isFirst: true };
    case 'value':
      return { kind: 'term', where: 'value', from, isFirst: true };
    case undefined:
      return { kind: 'term', where: 'any', from, isFirst: isFirstTerm };
    default:
      return { kind: 'header', from };
  }
}
