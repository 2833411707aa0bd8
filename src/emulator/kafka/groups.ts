import { setTimeout } from 'node:timers/promises';
import {
  type BackendGroup,
  type BackendMember,
  type BackendPosition,
  type KafkaErrorName,
  KafkaFailure,
} from '../backend';
import { check } from './api/api';
import {
  describeConsumerGroups,
  type DescribedGroup,
  describeGroups,
  fetchOffsets,
  listGroups,
} from './api/groups';
import { apiVersions } from './api/metadata';
import type { Brokers } from './brokers';

/** How long a coordinator is looked for while it changes, in milliseconds. */
const MAX_SEARCH_MS = 5000;
const PAUSE_MS = 100;

const MOVED: readonly KafkaErrorName[] = [
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR',
];

/** Kafka's state of a group that does not exist, or that speaks another protocol. */
const DEAD = 'Dead';

/** The consumer groups of a cluster. */
export class Groups {
  constructor(private readonly brokers: Brokers) {}

  /** Returns all consumer groups, sorted by id. Those of other applications are left out. */
  async list(): Promise<readonly BackendGroup[]> {
    const brokers = await this.brokers.list();
    const lists = await Promise.all(
      brokers.map(async ({ id }) => {
        const listed = await this.brokers.call(id, listGroups, undefined);
        const ids = listed
          .filter(({ protocolType }) => protocolType === 'consumer' || protocolType === '')
          .map((group) => group.id);
        const groups = await this.#describe(id, ids);
        return groups.map((group) => ({
          id: group.id,
          state: inCapitals(group.state),
          isSimple: group.protocolType === '',
          assignor: group.assignor,
          coordinator: id,
        }));
      }),
    );
    return lists.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Rejects with `GROUP_ID_NOT_FOUND` if there is no such group. */
  async members(group: string): Promise<readonly BackendMember[]> {
    return this.#onCoordinator(group, async (broker) => {
      const [described] = await this.#describe(broker, [group]);
      check(described?.code ?? 0);
      if (!described || described.state === DEAD) {
        throw new KafkaFailure('GROUP_ID_NOT_FOUND', `Group ${group} not found.`);
      }
      return [...described.members].sort((a, b) => (a.id < b.id ? -1 : 1));
    });
  }

  /** Rejects as `members` does. */
  async positions(group: string): Promise<readonly BackendPosition[]> {
    const positions = await this.#onCoordinator(group, (broker) =>
      this.brokers.call(broker, fetchOffsets, group),
    );
    // For an unknown group too, the list is empty.
    if (positions.length === 0) await this.members(group);
    return positions;
  }

  async #describe(broker: number, ids: readonly string[]): Promise<readonly DescribedGroup[]> {
    if (ids.length === 0) return [];
    const groups = await this.brokers.call(broker, describeGroups, ids);
    const dead = groups.filter(({ state }) => state === DEAD).map(({ id }) => id);
    if (dead.length === 0) return groups;
    const versions = await this.brokers.call(broker, apiVersions, undefined);
    if (!versions.has(describeConsumerGroups.key)) return groups;
    const newer = await this.brokers.call(broker, describeConsumerGroups, dead);
    const found = new Map(newer.filter(({ code }) => code === 0).map((group) => [group.id, group]));
    return groups.map((group) => found.get(group.id) ?? group);
  }

  /** Calls the coordinator of a group, again while that moves. */
  async #onCoordinator<T>(group: string, call: (broker: number) => Promise<T>): Promise<T> {
    for (const until = Date.now() + MAX_SEARCH_MS; ;) {
      try {
        return await call(await this.brokers.coordinator(group));
      } catch (error) {
        const isOver = Date.now() + PAUSE_MS > until;
        if (isOver || !(error instanceof KafkaFailure) || !MOVED.includes(error.kind)) throw error;
        await setTimeout(PAUSE_MS);
      }
    }
  }
}

/** Returns a state such as `PreparingRebalance` as `PREPARING_REBALANCE`. */
function inCapitals(state: string): string {
  return state.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
