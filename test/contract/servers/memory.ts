import type { Capabilities, KafkaProxy } from '../../../src/core/kafka';
import type { ContractServer } from '../server';
import { MemoryLog } from './memoryLog';
import { EVERYTHING, MemoryProxy } from './memoryProxy';

export interface MemoryOptions {
  /** Default: all capabilities. */
  readonly capabilities?: Capabilities;
  /** Whether the dialect has the optional methods; default: true. */
  readonly extras?: boolean;
  /** Methods that behave differently from what the contract requires. */
  readonly change?: (proxy: MemoryProxy, log: MemoryLog) => Partial<KafkaProxy>;
}

/** Returns a server in memory, and a dialect for it. */
export function memoryServer({
  capabilities = EVERYTHING,
  extras = true,
  change = () => ({}),
}: MemoryOptions = {}): ContractServer {
  const log = new MemoryLog();
  const done = Promise.resolve();
  return {
    open: ({ retries }) => {
      const proxy = new MemoryProxy(log, capabilities, retries);
      return { ...common(proxy), ...(extras && extrasOf(proxy)), ...change(proxy, log) };
    },
    makeTopic: (name, options) => {
      log.make(name, options);
      return done;
    },
    append: (topic, records) => {
      for (const record of records) log.append(topic, record);
      return done;
    },
    stored: (topic) =>
      Promise.resolve(log.topic(topic).partitions.flatMap(({ records }) => records)),
    compact: (topic, offsets) => {
      log.remove(topic, (offset) => offsets.includes(offset));
      return done;
    },
    trim: (topic, earliest) => {
      log.remove(topic, (offset) => offset < earliest);
      log.log(topic, 0).earliest = earliest;
      return done;
    },
    commit: (group, topic, offset) => {
      log.groups.set(group, { topic, offset });
      return done;
    },
    break: (fault, options) => {
      log.break(fault, options);
      return done;
    },
    mend: () => {
      log.mend();
      return done;
    },
    requests: log.requests,
    arrived: (count) => log.arrived(count),
    get kept() {
      return [...log.kept];
    },
    keepsOnly: ({ length }) =>
      log.kept.length <= length ? done : Promise.reject(new Error(`kept: ${log.kept.join()}`)),
    stop: () => done,
  };
}

/** Returns the methods of every dialect as a plain object, so that a test can replace one. */
function common(proxy: MemoryProxy): KafkaProxy {
  return {
    capabilities: proxy.capabilities,
    brokers: (...given) => proxy.brokers(...given),
    topics: (...given) => proxy.topics(...given),
    partitions: (...given) => proxy.partitions(...given),
    partition: (...given) => proxy.partition(...given),
    read: (...given) => proxy.read(...given),
    createTopic: (...given) => proxy.createTopic(...given),
    produce: (...given) => proxy.produce(...given),
    dispose: () => proxy.dispose(),
  };
}

function extrasOf(proxy: MemoryProxy): Partial<KafkaProxy> {
  return {
    offsetAtTime: (...given) => proxy.offsetAtTime(...given),
    topicProperties: (...given) => proxy.topicProperties(...given),
    consumerGroups: (...given) => proxy.consumerGroups(...given),
    groupPositions: (...given) => proxy.groupPositions(...given),
    deleteTopic: (...given) => proxy.deleteTopic(...given),
    alterTopic: (...given) => proxy.alterTopic(...given),
    addPartitions: (...given) => proxy.addPartitions(...given),
    checkTopic: (...given) => proxy.checkTopic(...given),
    groupMembers: (...given) => proxy.groupMembers(...given),
  };
}
