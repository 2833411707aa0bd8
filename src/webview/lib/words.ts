import { record, string } from '../../core/schema';
import { type StringKey, strings } from '../../viewer/strings';

const given = localised();

function localised(): Readonly<Partial<Record<string, string>>> {
  const text = document.getElementById('strings')?.textContent ?? '';
  try {
    return record(string, string)(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}

/** Returns the text for a key in the language of the window, with `{0}` and so on filled in. */
export function words(key: StringKey, ...values: readonly (string | number | bigint)[]): string {
  const text = given[key] ?? strings[key];
  return text.replace(/\{(\d)\}/g, (hole, index: string) => {
    const value = values[Number(index)];
    return typeof value === 'string' ? value : value === undefined ? hole : number(value);
  });
}

/** Returns a text about a count: `one` is for exactly one; in `many`, `{0}` is the count. */
export function counted(one: StringKey, many: StringKey, count: number): string {
  return count === 1 ? words(one) : words(many, count);
}

/** Returns "a, b, c" as the language of the window has it. */
export function listed(texts: readonly string[]): string {
  return texts.length === 0 ? '' : texts.reduce((all, next) => words('list', all, next));
}

const format = new Intl.NumberFormat(document.documentElement.lang || undefined);

/** Formats a number with the separators of the window's language. */
export function number(value: number | bigint): string {
  return format.format(value);
}
