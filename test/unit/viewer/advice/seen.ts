import { FieldCollector, type SeenFields } from '../../../../src/viewer/advice/seenFields';

/** What is seen in messages with these values, keys and headers. */
export function seenIn(
  values: readonly (string | null)[],
  keys: readonly (string | null)[] = [],
  headers: Readonly<Record<string, string>> = {},
): SeenFields {
  const collector = new FieldCollector();
  values.forEach((value, at) => {
    collector.add({
      partition: at % 2,
      key: keys[at] ?? null,
      value,
      headers: Object.entries(headers).map(([name, text]) => ({ name, value: Buffer.from(text) })),
    });
  });
  return collector.seen;
}
