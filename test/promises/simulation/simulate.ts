import type { FaceName, FaceOptions } from '../../../src/emulator/faces/faces';
import { must, Violation } from '../must';
import { between, type Drawing, pick, randomFrom } from '../../support/faults/random';
import { Ledger } from '../soak/ledger';
import { troubles } from './troubles';
import { copyTopic } from './workloads/copy';
import { produceFile } from './workloads/file';
import { leaveGaps, others, write } from './workloads/outside';
import { readNewest, readSpan } from './workloads/chosenRecords';
import { followTopic, readRange } from './workloads/reading';
import { type Scene, textOf } from './workloads/scene';
import { produceSelection } from './workloads/selection';
import { SimulatedCluster } from './world/cluster';
import { Network } from './world/network';
import { SimulatedSignIn } from './world/signIn';
import { Stuck, VirtualTime } from './world/time';

/** What came of one simulation. */
export interface Outcome {
  readonly seed: number;
  /** What must not be; missing: all promises held. */
  readonly violation?: string;
  /** Everything that happened, line by line. */
  readonly trace: readonly string[];
  /** How many requests were answered. */
  readonly requests: number;
}

/** Longer than all that the product may take for its work, in milliseconds. */
const LIMIT_MS = 30 * 60_000;

interface Shape {
  readonly face: FaceName;
  readonly options: FaceOptions;
  readonly dialect: Readonly<Record<string, string>>;
  /** Whether it can read; missing: it can. */
  readonly reads?: false;
  /** Whether it tells where a log begins that retention has shortened; missing: it does. */
  readonly tellsBegin?: false;
}

const shapes: readonly Shape[] = [
  { face: 'hdinsight', options: {}, dialect: {} },
  { face: 'strimzi', options: {}, dialect: {} },
  { face: 'strimzi-0.33', options: {}, dialect: {} },
  { face: 'karapace', options: {}, dialect: {} },
  { face: 'confluent', options: {}, dialect: { clusterId: '' } },
  {
    face: 'confluent',
    options: { confluent: { apis: 'v3' } },
    dialect: { clusterId: '' },
    reads: false,
  },
  { face: 'confluent', options: { confluent: { apis: 'v2' } }, dialect: { clusterId: '' } },
  { face: 'redpanda', options: {}, dialect: {}, tellsBegin: false },
];

/** Simulates what a seed stands for: the same seed always gives the same. */
export async function simulate(seed: number): Promise<Outcome> {
  const trace: string[] = [];
  let requests = 0;
  // The product draws its own numbers, so that a change of it changes no more than it has to.
  const drawing: Drawing = { random: randomFrom(seed) };
  const time = new VirtualTime(randomFrom(~seed));
  const note = (line: string): void => {
    trace.push(`${(time.now / 1000).toFixed(3).padStart(9)} ${line}`);
  };
  const bugs: unknown[] = [];
  const onBug = (error: unknown): void => {
    bugs.push(error);
  };
  process.on('unhandledRejection', onBug);
  try {
    await time.run(LIMIT_MS, () =>
      play(drawing, time, note, () => {
        requests += 1;
      }),
    );
    for (const bug of bugs) throw bug;
    return { seed, trace, requests };
  } catch (error) {
    const isKnown = error instanceof Violation || error instanceof Stuck;
    const violation = isKnown
      ? error.message
      : error instanceof Error
        ? (error.stack ?? '')
        : String(error);
    note(`VIOLATION ${violation}`);
    return { seed, trace, requests, violation };
  } finally {
    process.off('unhandledRejection', onBug);
  }
}

async function play(
  drawing: Drawing,
  time: VirtualTime,
  trace: (line: string) => void,
  onRequest: () => void,
): Promise<void> {
  const { random } = drawing;
  const { face, options, dialect, reads = true, tellsBegin = true } = pick(drawing, shapes);
  const maxMessageBytes = 2_000;
  const short = pick(drawing, [0, 0.05, 0.3]);
  const maxAnswerBytes = (): number => (random() < short ? 300 : Infinity);
  const cluster = new SimulatedCluster(face, { ...options, maxMessageBytes, maxAnswerBytes });
  const untilMs = pick(drawing, [0, 2_000, 8_000, 30_000]);
  const trouble = troubles(drawing);
  const mayFail = (): boolean => trouble.name !== 'calm' && time.now < untilMs;
  const signIn = random() < 0.4 ? new SimulatedSignIn({ random, time, mayFail, trace }) : undefined;
  trace(`${face}, ${trouble.name} until ${untilMs / 1000} s${signIn ? ', signs in' : ''}`);
  const network = new Network({
    time,
    random,
    latency: pick(drawing, [
      [0.1, 0.5],
      [5, 20],
      [20, 200],
    ] as const),
    plan: (target) => (time.now < untilMs ? trouble.plan(target) : undefined),
    answer: (request) => {
      onRequest();
      const isKnown = signIn?.takes(request.headers['authorization']) ?? true;
      if (!isKnown) return Promise.resolve({ status: 401, headers: {}, body: Buffer.alloc(0) });
      return cluster.answer(request);
    },
    trace,
  });
  const uninstall = network.install();
  try {
    let numbers = 0;
    const proxy = cluster.open(dialect, signIn);
    const ledger = new Ledger();
    const scene: Scene = {
      random,
      time,
      cluster,
      proxy,
      ledger,
      maxMessageBytes,
      mayRefuse: trouble.name !== 'calm',
      trace,
      number: () => ++numbers,
    };
    const topics = ['orders', 'history'];
    for (const topic of topics) cluster.create(topic, between(drawing, 1, 4));
    write(scene, 'history', between(drawing, 0, 100));
    for (let gaps = between(drawing, 0, 3); gaps > 0; gaps -= 1) leaveGaps(scene, 'history');
    await act(scene, topics, { untilMs, reads, trims: tellsBegin });
    audit(scene);
    await proxy.dispose();
    // Time for what was sent to arrive.
    await time.wait(10_000);
    must(network.connections === 0, `${network.connections} connections are still open`);
  } finally {
    uninstall();
  }
}

/** Has several people and programs do something at the same time. */
async function act(
  scene: Scene,
  topics: readonly string[],
  {
    untilMs,
    reads,
    trims,
  }: { readonly untilMs: number; readonly reads: boolean; readonly trims: boolean },
): Promise<void> {
  const acts = [
    () => produceFile(scene, 'orders'),
    () => produceSelection(scene, 'orders'),
    ...(reads ? [() => copyTopic(scene, 'history'), () => readRange(scene, 'history')] : []),
  ];
  const { read } = scene.proxy.capabilities;
  const rarer = [
    ...(reads ? [() => readNewest(scene, 'orders')] : []),
    ...(read && read.timestamp ? [() => readSpan(scene, 'history')] : []),
  ];
  const first = [
    ...acts.filter(() => scene.random() < 0.5),
    ...rarer.filter(() => scene.random() < 0.3),
  ].map((begin) => begin());
  const end = Promise.all([
    others(scene, { written: topics, trimmed: trims ? topics : [] }, untilMs),
    ...first,
  ]);
  const followed = topics.filter(() => reads && scene.random() < 0.25);
  await Promise.all([
    end,
    ...followed.map((topic) =>
      followTopic(
        scene,
        topic,
        end.then(() => undefined),
      ),
    ),
  ]);
}

/** Compares what was reported with what the cluster holds. */
function audit({ cluster, ledger }: Scene): void {
  for (const topic of cluster.topics) {
    for (let partition = 0; partition < cluster.partitions(topic); partition++) {
      const records = cluster.written(topic, partition);
      ledger.count(topic, partition, records.map(textOf));
    }
  }
  const [first] = ledger.disagreements();
  must(first === undefined, first ?? '');
}
