/** How to reach a Kafka cluster. */
export interface KafkaOptions {
  /** Some of its brokers, as `host:port`. The others are found through them. */
  readonly brokers: readonly string[];
  /** Whether the brokers use TLS; default: only if `ca` is given. */
  readonly tls?: boolean | undefined;
  /** The certificates of the authorities to trust instead of the usual ones, as PEM. */
  readonly ca?: string | undefined;
  readonly sasl?: SaslOptions | undefined;
}

export interface SaslOptions {
  readonly mechanism: SaslMechanism;
  readonly username: string;
  readonly password: string;
}

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export type SaslMechanism = (typeof saslMechanisms)[number];
