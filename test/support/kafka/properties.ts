import path from 'node:path';

/** What a test may ask of its broker. */
export interface BrokerOptions {
  /** Settings of Kafka that are added to ours, or that replace them. */
  readonly properties?: Readonly<Record<string, string>>;
}

export interface Ports {
  readonly broker: number;
  readonly controller: number;
}

/** Returns the settings of a broker that is small and starts and stops fast. */
export function brokerProperties(
  folder: string,
  { broker, controller }: Ports,
  { properties = {} }: BrokerOptions = {},
): Readonly<Record<string, string>> {
  const listeners = `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`;
  const one = ['num.partitions', 'replication.factor', 'min.isr'];
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners,
    'advertised.listeners': listeners,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL',
    'log.dirs': path.join(folder, 'logs'),
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': '1',
    ...Object.fromEntries(one.map((name) => [`transaction.state.log.${name}`, '1'])),
    ...Object.fromEntries(one.map((name) => [`share.coordinator.state.topic.${name}`, '1'])),
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    'num.network.threads': '1',
    'num.io.threads': '2',
    'background.threads': '2',
    'log.cleaner.threads': '1',
    'log.cleaner.dedupe.buffer.size': '2097152',
    'log.cleaner.backoff.ms': '500',
    // A broker that was killed is known to be gone after this time, and can start again.
    'broker.session.timeout.ms': '2000',
    'broker.heartbeat.interval.ms': '500',
    ...properties,
  };
}

/** Returns the settings as a file of properties. */
export function propertiesFile(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}
