import { matches, matching } from './pattern';

/** A text of each format of JSON Schema that can be told from its name. */
const formats: ReadonlyMap<unknown, string> = new Map([
  ['date', '2026-01-31'],
  ['time', '10:15:30Z'],
  ['date-time', '2026-01-31T10:15:30Z'],
  ['duration', 'P1DT2H'],
  ['email', 'ada@example.com'],
  ['idn-email', 'ada@example.com'],
  ['hostname', 'example.com'],
  ['idn-hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.com/'],
  ['url', 'https://example.com/'],
  ['iri', 'https://example.com/'],
  ['uri-reference', '/path'],
  ['iri-reference', '/path'],
  ['uri-template', '/path/{id}'],
  ['uuid', '3f2b8c1e-9a47-4d6e-8b15-0c7d9e2f4a61'],
  ['json-pointer', '/path'],
  ['relative-json-pointer', '0/path'],
  ['regex', '.*'],
]);
const MAX_LENGTH = 1000;

/** Returns a text that fits `format`, `pattern` and the lengths of a schema, as well as is easy. */
export function textFor(schema: Readonly<Record<string, unknown>>): string {
  const { pattern, format } = schema;
  const fewest = Math.min(lengthOf(schema['minLength']) ?? 0, MAX_LENGTH);
  const most = lengthOf(schema['maxLength']) ?? Infinity;
  const ofFormat = formats.get(format);
  const any = 'text'.padEnd(fewest, 'x').slice(0, most);
  const ofPattern = typeof pattern === 'string' ? matching(pattern) : undefined;
  const candidates = [ofFormat ?? any, ofPattern, any];
  const fits = (text: string | undefined) =>
    text !== undefined &&
    text.length >= fewest &&
    text.length <= most &&
    (typeof pattern !== 'string' || ofPattern === undefined || matches(text, pattern));
  return candidates.find(fits) ?? ofPattern ?? any;
}

function lengthOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
