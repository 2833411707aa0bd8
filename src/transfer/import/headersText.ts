import type { RecordHeader } from '../../core/kafka';

/**
 * Returns headers that a tool has written as `name: text, other: text` or `name=text,other=text`,
 * and none for `NO_HEADERS`. Returns `undefined` for anything else, and where a comma may belong
 * to a text.
 */
export function headersOfText(text: string): readonly RecordHeader[] | undefined {
  if (text === 'NO_HEADERS') return [];
  const parts = text.split(/, ?/);
  return all(parts, ':') ?? all(parts, '=');
}

/** Returns a header for each part; `undefined` if a part does not begin with a name. */
function all(parts: readonly string[], separator: string): readonly RecordHeader[] | undefined {
  const headers = parts.flatMap((part) => {
    const at = part.indexOf(separator);
    const name = part.slice(0, Math.max(at, 0));
    const value = part.slice(at + 1);
    return /^[\w.-]+$/.test(name) ? { name, value: Buffer.from(value.replace(/^ /, '')) } : [];
  });
  return headers.length === parts.length ? headers : undefined;
}
