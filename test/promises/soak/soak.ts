import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { startFilterWorker } from '../../support/viewer/filterWorker';
import { loadFaker } from '../../../src/kafkaFile/run';
import { BufferPool } from '../../../src/viewer/store/bufferPool';
import { must, Violation } from '../must';
import { OpenFile } from './editing';
import { followLong } from './longFollow';
import { Person } from './person';
import { judgeMemory, Report, type Sample } from './report';
import { HandleWatch, Lateness, listenersOf, measureMemory } from './vitals';
import { forecast, type Weather } from './weather';
import { Cluster, COMPRESSION, EVERY_S, Said, Tally, type World } from './world';
import type { Witness } from './witnessClient';

export interface SoakOptions {
  readonly seed: number;
  readonly minutes: number;
  /** A defect of our own, to see that it is found: a leak, or a record that is doubled. */
  readonly plant: string | undefined;
  readonly folder: string;
  readonly witness: Witness;
  /** Aborts when the soak is to end early. */
  readonly stop: AbortSignal;
}

/** So many actions may be under way at once; one more waits. */
const AT_ONCE = 4;
/** Of the signal that all actions of a stretch share: more of them were left behind. */
const MOST_LISTENERS = 20;
/**
 * How long the person leaves everything alone at most, for what was under way to come to its end.
 */
const BREAK_MS = 15_000;

/** A day of one person, see `run`. */
export class Soak {
  readonly #report: Report;
  readonly #steps: number;
  readonly #breaks: number;
  readonly #leak: unknown[] = [];

  private constructor(
    private readonly options: SoakOptions,
    private readonly world: World,
    private readonly person: Person,
    private readonly handles: HandleWatch,
    private readonly lateness: Lateness,
  ) {
    const { minutes } = options;
    this.#steps = Math.round((minutes * 60 * COMPRESSION) / EVERY_S);
    this.#breaks = Math.max(3, Math.round(minutes * 1.2));
    this.#report = new Report(options, world.tally, this.#steps);
  }

  static async begin(options: SoakOptions): Promise<Soak> {
    const { witness, folder, seed } = options;
    const info = await witness.ask('info');
    const said = new Said();
    said.hide([info.clientSecret ?? '']);
    const handles = new HandleWatch(witness, folder);
    const cluster = new Cluster(info, said.add);
    const lateness = new Lateness();
    const world: World = {
      cluster,
      witness,
      folder,
      said,
      tally: new Tally(),
      buffers: new BufferPool(),
      startWorker: () => handles.watch(startFilterWorker()),
    };
    // What is loaded on demand comes from single source files here, which takes as long as all
    // else.
    await world.startWorker().terminate();
    await loadFaker('en');
    await cluster.proxy.topics();
    await cluster.drop();
    await handles.begin();
    const person = new Person(world, seed, new OpenFile(cluster), lateness);
    return new Soak(options, world, person, handles, lateness);
  }

  /**
   * Does all steps, with breaks, or those until it is stopped. Prints what happens, and returns
   * whether all was as it must be.
   */
  async run(): Promise<boolean> {
    const { person } = this;
    const { stop } = this.options;
    const mishap = (what: string) => (error: unknown) => {
      const known = error instanceof Violation;
      person.violate(what, known ? error.message : inspect(error));
    };
    process.on('unhandledRejection', mishap('unhandled rejection'));
    process.on('uncaughtException', mishap('uncaught exception'));
    process.on('warning', mishap('warning of Node'));
    this.#report.begin();
    const samples: Sample[] = [];
    try {
      samples.push(await this.#rest(0));
      const weather = new Sky(this.options);
      for (let stretch = 1; stretch <= this.#breaks && !this.#isOver; stretch++) {
        const from = Math.round(((stretch - 1) * this.#steps) / this.#breaks) + 1;
        const to = Math.round((stretch * this.#steps) / this.#breaks);
        const done = await this.#act(from, to, weather);
        await this.options.witness.ask('weather', Sky.calm);
        samples.push(await this.#rest(done));
      }
      judgeMemory(samples);
    } catch (error) {
      mishap('the end of a stretch')(error);
    }
    this.lateness.stop();
    await this.world.cluster.drop();
    return this.#report.end(samples, person.violation, stop.aborted);
  }

  get #isOver(): boolean {
    return this.person.violation !== undefined || this.options.stop.aborted;
  }

  /**
   * The steps of one stretch, each when it is due, or as soon as there is room for one more.
   * Returns the last step.
   */
  async #act(from: number, to: number, sky: Sky): Promise<number> {
    const { person, world } = this;
    const { stop } = this.options;
    const stretch = new AbortController();
    const { signal } = stretch;
    // Node warns beyond 10, which the lanes of a few files that are produced at once add up to.
    setMaxListeners(MOST_LISTENERS, signal);
    const end = (): void => {
      stretch.abort();
    };
    stop.addEventListener('abort', end);
    const followed = Promise.all(
      ['orders', 'events'].map((topic) =>
        followLong(world, topic, signal).catch((error: unknown) => {
          person.violate(`follow of ${topic}, steps ${from} to ${to}`, String(error));
        }),
      ),
    );
    const everyMs = (EVERY_S * 1000) / COMPRESSION;
    const started = performance.now();
    let step = from - 1;
    while (step < to && !this.#isOver) {
      step++;
      await sky.turn();
      person.begin(step, signal);
      if (this.options.plant === 'leak')
        this.#leak.push(Array.from({ length: 20_000 }, () => step));
      await person.fewerThan(AT_ONCE);
      const due = started + (step - from + 1) * everyMs;
      await delay(Math.max(0, due - performance.now()), undefined, { signal }).catch(
        () => undefined,
      );
    }
    await person.fewerThan(1);
    await measureMemory();
    const { listeners, dependants } = listenersOf(signal);
    if (listeners > MOST_LISTENERS || dependants > MOST_LISTENERS) {
      person.violate(
        `step ${step}`,
        `a signal has ${listeners} listeners, ${dependants} dependants`,
      );
    }
    end();
    stop.removeEventListener('abort', end);
    await followed;
    if (this.options.plant === 'double') await world.witness.ask('double', { topic: 'orders' });
    return step;
  }

  /** Waits until nothing is under way, and looks at all that must be as it was. */
  async #rest(step: number): Promise<Sample> {
    const { witness } = this.options;
    const handles = await this.handles.settled(BREAK_MS);
    const { disagreements, records } = await witness.ask('audit');
    must(disagreements.length === 0, `the log disagrees:\n${disagreements.join('\n')}`);
    const { tokens, requests, faults } = await witness.ask('status');
    this.world.said.hide(tokens);
    const lines = this.world.said.check();
    const memory = await measureMemory();
    const sample = { step, handles, records, requests, faults, lines, ...memory };
    this.#report.row(sample);
    return sample;
  }
}

/** Has the weather change when it is due. */
class Sky {
  static readonly calm: Weather = { name: 'calm', steps: 0, seed: 0, share: 0 };
  readonly #forecast: Generator<Weather, never, undefined>;
  #now = Sky.calm;
  #left = 0;

  constructor(private readonly options: SoakOptions) {
    this.#forecast = forecast(options.seed);
  }

  /** One step more. */
  async turn(): Promise<void> {
    if (this.#left-- > 0) return;
    this.#now = this.#forecast.next().value;
    this.#left = this.#now.steps - 1;
    await this.options.witness.ask('weather', this.#now);
  }
}
