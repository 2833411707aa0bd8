import { TextDocument } from 'vscode-languageserver-textdocument';
import { CatalogCache } from '../../src/language/catalogCache';
import { complete } from '../../src/language/completion';
import { diagnose } from '../../src/language/diagnostics';
import { parse } from '../../src/language/parser';
import { CAPABLE } from '../support/kafkaFiles';
import { median } from './median';

/** A figure: the median in milliseconds, and how many plain splits into lines take as long. */
export interface LanguageFigure {
  readonly milliseconds: number;
  readonly ratio: number;
}

export interface LanguageFigures {
  readonly lines: number;
  readonly blocks: number;
  /** From a keystroke to the diagnostics of the whole file. */
  readonly diagnostics: LanguageFigure;
  /** From a keystroke to the completions there. */
  readonly completion: LanguageFigure;
}

const ROUNDS = 21;
/** Milliseconds that may pass after a keystroke. */
const GOALS = { diagnostics: 50, completion: 20 } as const;
const BLOCKS = 1000;

/** @returns lines to print */
export async function benchLanguage(): Promise<string[]> {
  const { lines, blocks, ...figures } = await measureLanguage();
  return (['diagnostics', 'completion'] as const).map((name) => {
    const { milliseconds, ratio } = figures[name];
    return (
      `${name}: ${milliseconds.toFixed(1)} ms after a keystroke in ${lines} lines, ${blocks} blocks ` +
      `(goal: at most ${GOALS[name]} ms), ${ratio.toFixed(0)} times a split into lines`
    );
  });
}

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
 * the cluster known, without what the protocol adds.
 */
export async function measureLanguage(): Promise<LanguageFigures> {
  const text = generatedFile();
  const uri = 'file:///bench.kafka';
  const topics = Array.from({ length: 50 }, (_, n) => ({ name: `topic-${n}`, partitionCount: 8 }));
  const catalogs = new CatalogCache(
    {
      fileState: () =>
        Promise.resolve({
          clusters: [{ name: 'bench', capabilities: CAPABLE }],
          chosen: 'bench',
          trusted: true,
          codeLens: true,
          templates: { enabled: true, locale: 'en' },
          zone: 'utc',
          running: [],
        }),
      topics: () => Promise.resolve(topics),
      partitions: () => Promise.resolve([]),
    },
    () => undefined,
  );
  await catalogs.settled(uri, 1000, (catalog) => {
    catalog.topics('bench');
  });

  const document = TextDocument.create(uri, 'kafkarest', 0, text);
  const typed = text.indexOf('topic: topic-', text.length / 2) + 'topic: topic-'.length;
  /** Types a character and takes it away again, in turns. */
  const keystroke = (round: number): void => {
    const [from, to] = [document.positionAt(typed), document.positionAt(typed + (round % 2))];
    const change = { range: { start: from, end: to }, text: round % 2 ? '' : '1' };
    TextDocument.update(document, [change], document.version + 1);
  };

  const split = time((round) => {
    keystroke(round);
    document.getText().split('\n');
  });
  const diagnostics = time((round) => {
    keystroke(round);
    diagnose(parse(document.getText()), catalogs.of(uri));
  });
  const completion = time((round) => {
    keystroke(round);
    complete(parse(document.getText()), typed, catalogs.of(uri));
  });
  return {
    lines: text.split('\n').length - 1,
    blocks: BLOCKS,
    diagnostics: { milliseconds: diagnostics, ratio: diagnostics / split },
    completion: { milliseconds: completion, ratio: completion / split },
  };
}

/** The median time of an action in milliseconds, after as many rounds to warm up. */
function time(action: (round: number) => void): number {
  const times: number[] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const start = performance.now();
    action(round);
    times.push(performance.now() - start);
  }
  return median(times.slice(ROUNDS));
}
