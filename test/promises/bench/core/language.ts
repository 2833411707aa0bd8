import { TextDocument } from 'vscode-languageserver-textdocument';
import { CatalogCache } from '../../../../src/language/catalogCache';
import { complete } from '../../../../src/language/completion';
import { diagnose } from '../../../../src/language/diagnostics';
import { parse } from '../../../../src/kafkaFile/parser';
import { CAPABLE, NO_SCHEMA_SOURCE } from '../../../support/kafkaFiles';
import type { Benchmark } from '../benchmark';
import { alternate, compare, type Row } from '../rows';
import { milliseconds } from '../support';

const BLOCKS = 1000;

/** A file of 10,000 lines: blocks of both kinds, with JSON, templates, formats and directives. */
export function generatedFile(): string {
  const block = (n: number) =>
    n % 4 === 3
      ? [
          `CONSUMER view-${n}`,
          '-- what came last',
          `topic: topic-${n % 50}`,
          'from: earliest',
          `to: ${n * 100}`,
          'partitions: 0-2,5',
          'count: 100',
          'key-format: string',
          'value-format: long',
          '###',
        ]
      : [
          `PRODUCER message ${n}`,
          '-- @partition: 1',
          `topic: topic-${n % 50}`,
          'key: {{string.uuid}}',
          '{',
          `  "id": {{number.int({"min": 1, "max": ${n + 1}})}}, "nested": {"a": {"b": [1, 2, 3]}},`,
          '  "name": "{{person.fullName}}", "at": "{{$date.iso}}", "n": {{$index}},',
          '  "tags": ["{{helpers.arrayElement(["x", "y"])}}"]',
          '}',
          '###',
        ];
  return Array.from({ length: BLOCKS }, (_, n) => block(n).join('\n')).join('\n') + '\n';
}

/**
 * Measures what the language server does after a keystroke in the middle of a large file, topics of
 * the cluster known, without what the protocol adds. The yardstick splits the file into its lines.
 */
export const benchLanguage: Benchmark = async ({ quick }) => {
  const text = generatedFile();
  const uri = 'file:///bench.kafka';
  const topics = Array.from({ length: 50 }, (_, n) => ({ name: `topic-${n}`, partitionCount: 8 }));
  const catalogs = new CatalogCache(
    {
      fileState: () =>
        Promise.resolve({
          clusters: [{ name: 'bench', capabilities: CAPABLE, protection: 'none' }],
          chosen: 'bench',
          trusted: true,
          codeLens: true,
          templates: { enabled: true, locale: 'en' },
          zone: 'utc',
          running: [],
        }),
      topics: () => Promise.resolve(topics),
      partitions: () => Promise.resolve([]),
      ...NO_SCHEMA_SOURCE,
    },
    () => undefined,
  );
  await catalogs.settled(uri, 1000, (catalog) => {
    catalog.topics('bench');
  });

  const document = TextDocument.create(uri, 'kafkarest', 0, text);
  const typed = text.indexOf('topic: topic-', text.length / 2) + 'topic: topic-'.length;
  /** Types a character and takes it away again, in turns. */
  const keystroke = (stroke: number): void => {
    const [from, to] = [document.positionAt(typed), document.positionAt(typed + (stroke % 2))];
    const change = { range: { start: from, end: to }, text: stroke % 2 ? '' : '1' };
    TextDocument.update(document, [change], document.version + 1);
  };

  let strokes = 0;
  const timed = (action: () => unknown) => () =>
    milliseconds(() => {
      keystroke(strokes++);
      return action();
    });
  const ways = {
    split: timed(() => document.getText().split('\n')),
    diagnostics: timed(() => diagnose(parse(document.getText()), catalogs.of(uri))),
    completion: timed(() => complete(parse(document.getText()), typed, catalogs.of(uri))),
  };
  const rounds = quick ? 11 : 21;
  const series = await alternate(ways, { rounds, warmUps: rounds });
  const lines = (text.split('\n').length - 1).toLocaleString('en');
  return (['diagnostics', 'completion'] as const).map((name): Row => {
    const { value, ...rest } = compare(series[name], series.split);
    const what = `${name} after a keystroke in ${lines} lines`;
    const yardstick = { what: 'split into lines', value };
    return { name: `language/${name}`, what, unit: 'ms', ...rest, yardstick };
  });
};
