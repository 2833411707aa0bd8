import path from 'node:path';

/** What a test may ask of its broker. */
export interface BrokerOptions {
  /** Settings of Kafka that are added to ours, or that replace them. */
  readonly properties?: Readonly<Record<string, string>>;
  /** One more address, which uses TLS and SASL. */
  readonly secure?: SecureListener;
}

export interface SecureListener {
  /** The file of the broker's key and certificates, as PEM. */
  readonly keyFile: string;
  /** The user that signs in by PLAIN; others can be added for SCRAM. */
  readonly username: string;
  readonly password: string;
}

export interface Ports {
  readonly broker: number;
  readonly controller: number;
  readonly secure: number;
}

/** Returns the settings of a broker that is small and starts and stops fast. */
export function brokerProperties(
  folder: string,
  { broker, controller, secure: securePort }: Ports,
  { properties = {}, secure }: BrokerOptions = {},
): Readonly<Record<string, string>> {
  const listeners = [
    `PLAINTEXT://127.0.0.1:${broker}`,
    `CONTROLLER://127.0.0.1:${controller}`,
    ...(secure ? [`SECURE://127.0.0.1:${securePort}`] : []),
  ].join(',');
  const one = ['num.partitions', 'replication.factor', 'min.isr'];
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners,
    'advertised.listeners': listeners,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL',
    ...(secure && secureProperties(secure)),
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

function secureProperties({ keyFile, username, password }: SecureListener) {
  const listener = 'listener.name.secure';
  const modules = 'org.apache.kafka.common.security';
  return {
    [`${listener}.ssl.keystore.type`]: 'PEM',
    [`${listener}.ssl.keystore.location`]: keyFile,
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    [`${listener}.plain.sasl.jaas.config`]: `${modules}.plain.PlainLoginModule required user_${username}="${password}";`,
    [`${listener}.scram-sha-256.sasl.jaas.config`]: `${modules}.scram.ScramLoginModule required;`,
    [`${listener}.scram-sha-512.sasl.jaas.config`]: `${modules}.scram.ScramLoginModule required;`,
  };
}

/** Returns the settings as a file of properties. */
export function propertiesFile(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}
