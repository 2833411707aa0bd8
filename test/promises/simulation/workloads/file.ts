import { mayHaveWritten } from '../../../../src/core/produce/fates';
import { layoutOptions } from '../../../../src/transfer/bulk/importLayout';
import { nextRun } from '../../../../src/transfer/bulk/nextRun';
import { type FileReport, openFileRun } from '../../../../src/transfer/bulk/produceFile';
import type { Folder } from '../../../../src/transfer/bulk/restFiles';
import type { ImportOptions } from '../../../../src/transfer/import/imported';
import { changed } from '../../../support/emulatedProxy';
import { must } from '../../must';
import { between, pick } from '../../../support/faults/random';
import { acceptedOf, idIn } from '../../soak/ledger';
import { checkOrder, checkStops } from './order';
import { insist, newRecords, perhapsCancelled, type Scene } from './scene';

/** How long it may take to read a piece of a file, in milliseconds. */
const READ_MS = 500;
/** How long a cancelled run may take: its grace, what it is reading, and a moment. */
const CANCEL_MS = 5_000 + READ_MS + 100;

/** Produces a file, and what is left of it, as a person would. */
export async function produceFile(scene: Scene, topic: string): Promise<void> {
  const { cluster, ledger, trace } = scene;
  const step = scene.number();
  const partitions = cluster.partitions(topic);
  const all = newRecords(scene, `file${step}`, between(scene, 1, 60), {
    partitions,
    refused: 0.02,
  });
  const bad = scene.random() < 0.1 ? ['{"value": '] : [];
  const lines = [...all.map(({ record }) => JSON.stringify(record)), ...bad];
  const folder = new MemoryFolder();
  let name = 'orders.jsonl';
  folder.write(name, `${lines.join('\n')}\n`);
  let format: ImportOptions = { format: 'jsonl' };
  let onBad = pick(scene, ['stop', 'setAside'] as const);
  const outOfOrder = new Set<string>();
  for (let round = 1; round <= 6; round++) {
    const what = `file ${step}, round ${round}`;
    const text = folder.read(name);
    const given = all.filter(({ id }) => text.includes(`\\"${id}\\"`));
    const report = await runFile(scene, { topic, name, folder, format, onBad, what });
    const { files } = report;
    const kept = (file: string | undefined) => (file === undefined ? [] : idsOf(folder.read(file)));
    const isWhole = !mayHaveWritten(report);
    const nothingSent = isWhole && report.end.kind !== 'done';
    const unclear = kept(files.unclear);
    const failed = nothingSent ? given.map(({ id }) => id) : kept(files.rest);
    const aside = kept(files.setAside);
    const ids = given.map(({ id }) => id).filter((id) => !aside.includes(id));
    const accepted = acceptedOf(ids, { unclear, failed }, report);
    ledger.report({ step, topic, accepted, unclear, failed: [...failed, ...aside] });
    const refused = new Set([...refusedIn(report), ...aside]);
    if (report.refused <= report.examples.refused.length) {
      checkStops(given, { accepted: new Set(accepted), refused });
      for (const id of [...unclear, ...refused]) outOfOrder.add(id);
    } else for (const { id } of given) outOfOrder.add(id);
    const isReadable = isWhole || files.rest !== undefined;
    const next = isReadable ? nextRun(report, onBad, isWhole) : undefined;
    // Of what is unclear, only a person can know whether to send the rest.
    const byHand = report.unclear > 0 && files.rest !== undefined && scene.random() < 0.5;
    if (next === undefined && !byHand) break;
    if (next === 'setAside') onBad = next;
    if (!isWhole) {
      name = files.rest ?? '';
      format = layoutOptions(format);
    }
    trace(`${what}: goes on with ${name}`);
    await scene.time.wait(between(scene, 0, 5_000));
  }
  checkOrder(
    scene,
    topic,
    all.filter(({ id }) => !outOfOrder.has(id)),
  );
}

interface FileRound {
  readonly topic: string;
  readonly name: string;
  readonly folder: MemoryFolder;
  readonly format: ImportOptions;
  readonly onBad: 'stop' | 'setAside';
  readonly what: string;
}

async function runFile(
  scene: Scene,
  { topic, name, folder, format, onBad, what }: FileRound,
): Promise<FileReport> {
  const known = await insist(scene, what, () => scene.proxy.partitions(topic));
  const { signal, sinceMs } = perhapsCancelled(scene, 0.3, what);
  const bytes = Buffer.from(folder.read(name));
  const piece = between(scene, 50, 5_000);
  async function* read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) {
      if (scene.random() < 0.1 && !signal.aborted)
        await scene.time.wait(between(scene, 0, READ_MS));
      yield bytes.subarray(at, at + piece);
    }
  }
  const { run, producer } = await openFileRun(smaller(scene), { name, folder, read }, format, {
    topic,
    partitions: known.map(({ id }) => id),
    onBad,
    signal,
    requests: between(scene, 1, 4),
  });
  if (scene.random() < 0.2) {
    producer.pause();
    scene.time.plan(between(scene, 0, 10_000), () => {
      producer.resume();
    });
  }
  const report = await run();
  const { accepted, unclear, refused, unsent, setAside, end } = report;
  scene.trace(
    `${what}: ${end.kind}, ${accepted} accepted, ${unclear} unclear, ${refused} refused, ` +
      `${unsent} unsent, ${setAside} set aside`,
  );
  must(sinceMs() <= CANCEL_MS, `${what}: ended ${sinceMs()} ms after it was cancelled`);
  return report;
}

/** The same proxy with smaller calls, so that a few records make several. */
export function smaller(scene: Scene): Scene['proxy'] {
  const { capabilities } = scene.proxy;
  const { produce } = capabilities;
  if (!produce) return scene.proxy;
  const limits = {
    maxBatchRecords: pick(scene, [1, 3, 10, 500]),
    maxBatchBytes: pick(scene, [300, 2_000, produce.maxBatchBytes]),
  };
  return changed(scene.proxy, {
    capabilities: { ...capabilities, produce: { ...produce, ...limits } },
  });
}

function refusedIn({ examples }: FileReport): readonly string[] {
  return examples.refused.map(({ item }) => idIn(item.source.toString()) ?? '');
}

function idsOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => idIn(line) ?? []);
}

/** A folder that is in memory only. */
class MemoryFolder implements Folder {
  readonly #files = new Map<string, Uint8Array[]>();

  write(name: string, text: string): void {
    this.#files.set(name, [Buffer.from(text)]);
  }

  read(name: string): string {
    return Buffer.concat(this.#files.get(name) ?? []).toString();
  }

  create(name: string) {
    const pieces: Uint8Array[] = [];
    if (this.#files.has(name)) {
      return Promise.reject(Object.assign(new Error(`${name} exists`), { code: 'EEXIST' }));
    }
    this.#files.set(name, pieces);
    return Promise.resolve({
      append: async (bytes: Uint8Array) => {
        await Promise.resolve(pieces.push(bytes));
      },
      close: () => Promise.resolve(),
    });
  }

  remove(name: string) {
    this.#files.delete(name);
    return Promise.resolve();
  }
}
