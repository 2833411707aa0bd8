import { CatalogCache } from '../../../src/language/catalogCache';
import { codeLenses } from '../../../src/language/codeLens';
import { complete } from '../../../src/language/completion';
import { diagnose } from '../../../src/language/diagnostics';
import type { ProducerBlock } from '../../../src/kafkaFile/file';
import { parse } from '../../../src/kafkaFile/parser';
import { loadFaker, needsFaker, toRecords } from '../../../src/kafkaFile/run';
import { semanticTokens } from '../../../src/language/semanticTokens';
import { symbols } from '../../../src/language/symbols';
import { must } from '../must';
import { between, pick } from '../../support/faults/random';
import { CANARY } from './topics';
import { produceChecked } from './producing';
import { type Cluster, type Turn } from './world';
import { NO_SCHEMA_SOURCE } from '../../support/kafkaFiles';

const URI = 'file:///soak.kafka';
/** A file that grows beyond it loses its beginning. */
const MAX_LENGTH = 40_000;

/** A .kafka file that is open all day, and what the language server knows. */
export class OpenFile {
  text = '';
  readonly catalogs: CatalogCache;

  constructor(cluster: Cluster) {
    this.catalogs = new CatalogCache(
      {
        fileState: () =>
          Promise.resolve({
            clusters: [
              {
                name: 'soak',
                capabilities: cluster.proxy.capabilities,
                protection: 'none',
              },
            ],
            chosen: 'soak',
            trusted: true,
            codeLens: true,
            templates: { enabled: true, locale: 'en' },
            zone: 'utc',
            running: [],
          }),
        topics: () => cluster.proxy.topics(),
        partitions: async (_, topic) =>
          (await cluster.proxy.partitions(topic)).map(({ id, earliest, latest }) => ({
            id,
            earliest: String(earliest),
            latest: String(latest),
          })),
        ...NO_SCHEMA_SOURCE,
      },
      () => undefined,
    );
  }
}

/** Types into the file, each time with all that the language server does after a keystroke. */
export async function edit(turn: Turn, file: OpenFile): Promise<void> {
  for (
    let keystrokes = between(turn, 5, 30);
    keystrokes > 0 && !turn.signal.aborted;
    keystrokes--
  ) {
    const at = between(turn, 0, file.text.length);
    const typed = pick(turn, [
      '',
      'x',
      '\n',
      '{{',
      '}}',
      '"',
      '###\n',
      'topic: ord',
      blockText(turn),
    ]);
    const gone = turn.random() < 0.3 ? between(turn, 0, 20) : 0;
    const text = file.text.slice(0, at) + typed + file.text.slice(at + gone);
    file.text = text.slice(Math.max(0, text.length - MAX_LENGTH));
    const parsed = parse(file.text);
    const catalog = file.catalogs.of(URI);
    await diagnose(parsed, catalog);
    complete(parsed, Math.min(at + typed.length, file.text.length), catalog);
    codeLenses(URI, parsed, catalog);
    semanticTokens(parsed);
    symbols(parsed);
    // As between two keystrokes: others have their turn.
    await new Promise(setImmediate);
  }
}

/** Runs a block: parses it, fills in its templates, and produces what it stands for. */
export async function runBlock(turn: Turn): Promise<void> {
  const [block] = parse(blockText(turn)).blocks;
  must(block?.kind === 'producer', 'a PRODUCER block is not parsed as one');
  const topic = pick(turn, ['orders', 'events']);
  const { records, problems } = await recordsOf(turn, block);
  must(problems === undefined, `a block that is right is said to be wrong: ${problems?.[0]?.kind}`);
  const sent = records.map((record) => {
    const { id } = JSON.parse(String(record.value)) as { id: string };
    return { id, record };
  });
  await produceChecked(turn, topic, sent);
}

async function recordsOf({ cluster, step, random }: Turn, block: ProducerBlock) {
  return toRecords(block, {
    capabilities: cluster.proxy.capabilities,
    count: 1 + Math.floor(random() * 20),
    seed: [step],
    env: () => undefined,
    ...(needsFaker(block) && { faker: await loadFaker('en') }),
  });
}

function blockText(turn: Turn): string {
  return [
    `PRODUCER block ${turn.step}`,
    `topic: ${pick(turn, ['orders', 'events'])}`,
    'key: {{$index}}',
    '{',
    `  "id": "${turn.step}-block-{{$index}}", "canary": "${CANARY}",`,
    `  "n": {{number.int({"min": 1, "max": ${between(turn, 2, 99)}})}},`,
    '  "name": "{{person.fullName}}", "at": "{{$date.iso}}"',
    '}',
    '###',
    '',
  ].join('\n');
}
