import { meaningOf } from './csvNames';
import { type Field, isSame } from '../csvRows';

/** Why a guess says that the first row holds names, or does not. */
export type HeaderReason =
  /** It holds names that are known. */
  | 'names'
  /** It differs in kind from the rows below it. */
  | 'differs'
  /** It is like the rows below it, so there is no header row. */
  | 'alike'
  /** Nothing tells. */
  | 'unclear';

export interface HeaderGuess {
  readonly hasHeader: boolean;
  readonly because: HeaderReason;
  /** Whether a person should be asked, because the guess may well be wrong. */
  readonly doubtful: boolean;
}

/**
 * Guesses whether the first row holds the names of the columns. Known names tell, and so does a
 * column in which all fields below are of one kind: the first one is of that kind too, or a name.
 */
export function guessHeader([first = [], ...all]: readonly (readonly Field[])[]): HeaderGuess {
  // A file that was put together from several has its header row again.
  const rows = all.filter((row) => row.length === first.length && !isSame(row, first));
  const signs = first.map((field, index) =>
    signOf(
      field ?? '',
      rows.flatMap((row) => row[index] ?? []),
    ),
  );
  const count = (sign: Sign) => signs.filter((each) => each === sign).length;
  const [names, same, alike] = [count('name'), count('same'), count('alike')];
  const filled = first.flatMap((field) => field ?? []);
  const known = filled.filter(isKnown).length;
  const guess = (hasHeader: boolean, because: HeaderReason, doubtful: boolean) => ({
    hasHeader,
    because,
    doubtful,
  });

  if (filled.filter(meaningOf).length > 1) return guess(true, 'names', false);
  if (same > 0 && names === 0) return guess(false, 'alike', known > 0);
  if (same > 0) return names >= same ? guess(true, 'differs', true) : guess(false, 'alike', true);
  if (known > 0 && known === filled.length) return guess(true, 'names', alike > 0);
  if (names > 0) return guess(true, 'differs', alike > 0);
  if (alike > 0) return guess(false, 'alike', true);
  return guess(true, known > 0 ? 'names' : 'unclear', filled.length > 0);
}

/**
 * What the first field of a column says. `name`: it is a name, and the fields below are something
 * else. `same`: it is one of the fields. `alike`: it is probably one of them.
 */
type Sign = 'name' | 'same' | 'alike' | 'none';

/** The share of the fields of a column that must be of one kind. */
const MOST = 0.9;

function signOf(first: string, below: readonly string[]): Sign {
  if (first === '') return 'none';
  // A year may well be the name of a column that holds numbers.
  if (/^(?:19|20)\d\d$/.test(first)) return 'none';
  const kind = kindOf(first);
  const kindBelow = commonest(below.map(kindOf));
  // A single text with digits below does not make a kind.
  const isSure = below.length > 1 || kinds.has(kindBelow ?? '');
  const canBeName = isSure && kind === 'text' && isLikeName(first);
  if (kindBelow !== undefined && kindBelow !== 'text') {
    if (kind === kindBelow) return 'same';
    if (canBeName) return 'name';
  } else if (kinds.has(kind)) return 'same';
  if (below.includes(first)) return 'same';
  const shape = commonest(below.map(shapeOf));
  if (shape === undefined || !shape.includes('0')) return 'none';
  if (shapeOf(first) === shape) return 'alike';
  return canBeName ? 'name' : 'none';
}

/** Returns what most of the texts are; `undefined` if there is no such thing. */
function commonest(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best && best[1] >= MOST * texts.length ? best[0] : undefined;
}

/** The kinds of fields that are no names of columns. */
const kindTests: readonly (readonly [kind: string, test: RegExp])[] = [
  ['number', /^[-+]?[.,]?\d[\d.,'’ \u00a0\u202f]*(?:e[-+]?\d+)?%?$/i],
  ['boolean', /^(?:true|false|null)$/i],
  ['hex', /^(?=\D*\d)(?:[\da-f]{8,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i],
  ['address', /^[^\s@]+@[^\s.@]+\.[^\s@]+$|^[a-z][a-z+.-]*:\/\//i],
  ['time', /^\d{4}-\d\d?-\d\d?|^\d\d?[./]\d\d?[./]\d{2,4}|^\d\d?:\d\d/],
];
const kinds: ReadonlySet<string> = new Set(['json', ...kindTests.map(([kind]) => kind)]);

/**
 * Returns the kind of a field. Texts with digits are of one kind if all but the digits is the same,
 * as in `m-1` and `m-12`.
 */
function kindOf(field: string): string {
  const text = field.trim();
  if (isLikeJson(text)) return 'json';
  const kind = kindTests.find(([, test]) => test.test(text))?.[0];
  return kind ?? (/\d/.test(text) ? `text ${text.replace(/\d+/g, '0')}` : 'text');
}

/** Whether a field seems to be a JSON object or array. */
export function isLikeJson(field: string): boolean {
  const text = field.trim();
  return (
    (text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'))
  );
}

/** Returns a text with `a` for some letters and `0` for some digits: "AB-12" gives "a-0". */
function shapeOf(field: string): string {
  return field.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
}

function isLikeName(field: string): boolean {
  return /^[\p{L}_$][^\n{}<>]{0,63}$/u.test(field);
}

/** The last words of names that columns of any table have. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'address age amount category city code color colour comment count country created currency ' +
    'date description email gender id key lat latitude level lon longitude mail month name note ' +
    'number phone price qty quantity region state status street sum time timestamp title total ' +
    'type unit updated url uuid value year zip'
  ).split(' '),
);

/** Whether a field is a name that columns often have, such as `order_id` or `firstName`. */
function isKnown(field: string): boolean {
  const last = field.match(/\p{Lu}?\p{Ll}+|\p{Lu}+/gu)?.at(-1);
  if (last !== undefined && WORDS.has(last.toLowerCase()) && isLikeName(field)) return true;
  return meaningOf(field) !== undefined;
}
