import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { faceNames } from './faces/faces';
import { type KafkaOptions, type SaslMechanism, saslMechanisms } from './kafka/options';
import { wayNames } from './signIn/ways';
import type { EmulatorOptions, FilledTopic } from './server';

/** Where the password for the brokers may stand. */
export const PASSWORD_VARIABLE = 'KAFKA_PASSWORD';

export const USAGE = `Usage: npm run -s emulator -- [options]

Runs a Kafka REST proxy, with a sign-in in front of it, on 127.0.0.1. Prints one line of JSON when it
is ready. Ends on SIGINT or SIGTERM.

  --port N                 port of the REST proxy (default: a free one)
  --face NAME              the kind of REST proxy (default: hdinsight), one of
                           ${faceNames.join(', ')}
  --auth NAME              what the REST proxy requires: a token of Entra ID for a client with a
                           secret (entra, the default), a certificate (certificate) or a workload
                           identity (assertion), or for a managed identity (identity); a token
                           of an OpenID provider (oauth), or one that is printed (bearer); a user
                           name and a password (basic); a client certificate (mutualTls); or
                           nothing (none)
  --registry-auth NAME     what the schema registry beside it requires: one of the same names (default:
                           none)
  --client-certificates    require a client certificate besides
  --header NAME            require a header besides, whose value is printed; may be repeated
  --samples | --empty      start with the sample topics (the default) or without topics
  --tls | --no-tls         whether the REST proxy uses HTTPS (the default) or HTTP
  --ca-file FILE           where to write the CA certificate (default: a temporary file)
  --topic NAME:PARTITIONS:RECORDS:BYTES
                           add a topic with RECORDS JSON values of BYTES bytes each; may be repeated
  --token-lifetime S       seconds for which a token is valid (default: 3600)
  --metadata-delay MS      milliseconds until a created topic is visible (default: 0)
  --latency MS             milliseconds by which every response is delayed (default: 0)
  --answer array|object    return records as [...] or as {"records": [...]} (default: object)
  --retention N            maximum number of records that a partition keeps (default: no limit)
  --log                    print a line for each request to standard error
  -h, --help               print this text

With --kafka, it is a gateway to a real Kafka cluster, and takes no options about topics:

  --kafka HOST:PORT[,...]  some brokers of the cluster
  --kafka-tls              reach the brokers by TLS
  --kafka-ca FILE          the CA certificates that sign the brokers', as PEM; implies --kafka-tls
  --kafka-sasl MECHANISM   sign in at the brokers, by one of ${saslMechanisms.join(', ')}
  --kafka-user NAME        the name to sign in with
  --kafka-password-file FILE
                           a file with the password, or - for standard input (default: the
                           environment variable ${PASSWORD_VARIABLE})
`;

/** Says that an argument is wrong. The message names it. */
export class UsageError extends Error {}

/** The cluster behind a gateway, with the names of the files that tell the rest. */
export interface KafkaArguments extends Pick<KafkaOptions, 'brokers' | 'tls'> {
  readonly caFile: string | undefined;
  readonly sasl:
    | {
        readonly mechanism: SaslMechanism;
        readonly username: string;
        /** `-` is standard input; missing: the environment has the password. */
        readonly passwordFile: string | undefined;
      }
    | undefined;
}

export interface Arguments {
  readonly options: EmulatorOptions;
  /** Missing: the cluster is in memory. */
  readonly kafka: KafkaArguments | undefined;
  readonly log: boolean;
  /** Whether only the usage is wanted. */
  readonly help: boolean;
}

/** Parses the arguments. Throws a `UsageError`. */
export function readArguments(args: string[]): Arguments {
  const values = parse(args);
  if (values.samples && values.empty) throw new UsageError('use --samples or --empty, not both');
  if (values.tls && values['no-tls']) throw new UsageError('use --tls or --no-tls, not both');
  const number = (name: NumberOption, min: number, max?: number): number | undefined => {
    const text = values[name];
    return text === undefined ? undefined : integer(`--${name}`, text, min, max);
  };
  const registryAuth = oneOf('--registry-auth', values['registry-auth'], wayNames);
  const options = {
    face: oneOf('--face', values.face, faceNames),
    port: number('port', 0, 65_535),
    auth: oneOf('--auth', values.auth, wayNames),
    ...(registryAuth && { registry: { auth: registryAuth } }),
    samples: !values.empty,
    tls: !values['no-tls'],
    caFile: values['ca-file'],
    topics: values.topic.map(filledTopic),
    clientCertificates: values['client-certificates'] ?? false,
    headers: Object.fromEntries(values.header.map(requiredHeader)),
    tokenLifetime: number('token-lifetime', 1),
    metadataDelay: number('metadata-delay', 0),
    latency: number('latency', 0),
    answer: oneOf('--answer', values.answer, ['array', 'object']),
    retention: number('retention', 1),
  };
  return {
    options,
    kafka: kafkaArguments(values),
    log: values.log ?? false,
    help: values.help ?? false,
  };
}

/** The options that make no sense where the topics are those of a real cluster. */
const ofTheMemory = ['samples', 'empty', 'metadata-delay', 'retention', 'registry-auth'] as const;

function kafkaArguments(values: ReturnType<typeof parse>): KafkaArguments | undefined {
  const { kafka: brokers, 'kafka-sasl': sasl, 'kafka-user': username } = values;
  if (brokers === undefined) {
    const alone = Object.keys(values).find((name) => name.startsWith('kafka-'));
    if (alone !== undefined) throw new UsageError(`--${alone} needs --kafka`);
    return undefined;
  }
  const pointless = ofTheMemory.find((name) => values[name] !== undefined);
  if (pointless !== undefined || values.topic.length > 0) {
    throw new UsageError(`use --kafka or --${pointless ?? 'topic'}, not both`);
  }
  if ((sasl === undefined) !== (username === undefined)) {
    throw new UsageError('--kafka-sasl and --kafka-user need each other');
  }
  const mechanism = oneOf('--kafka-sasl', sasl, saslMechanisms);
  return {
    brokers: brokers.split(',').map(brokerAddress),
    tls: values['kafka-tls'],
    caFile: values['kafka-ca'],
    sasl:
      mechanism && username !== undefined
        ? { mechanism, username, passwordFile: values['kafka-password-file'] }
        : undefined,
  };
}

function brokerAddress(text: string): string {
  const [, port = ''] = /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})$/.exec(text) ?? [];
  if (port !== '' && Number(port) > 0 && Number(port) <= 65_535) return text;
  throw new UsageError(`--kafka ${text}: expected HOST:PORT`);
}

type NumberOption = 'port' | 'token-lifetime' | 'metadata-delay' | 'latency' | 'retention';

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        face: { type: 'string' },
        auth: { type: 'string' },
        'registry-auth': { type: 'string' },
        samples: { type: 'boolean' },
        empty: { type: 'boolean' },
        tls: { type: 'boolean' },
        'no-tls': { type: 'boolean' },
        'ca-file': { type: 'string' },
        topic: { type: 'string', multiple: true, default: [] },
        'client-certificates': { type: 'boolean' },
        header: { type: 'string', multiple: true, default: [] },
        'token-lifetime': { type: 'string' },
        'metadata-delay': { type: 'string' },
        latency: { type: 'string' },
        answer: { type: 'string' },
        retention: { type: 'string' },
        log: { type: 'boolean' },
        kafka: { type: 'string' },
        'kafka-tls': { type: 'boolean' },
        'kafka-ca': { type: 'string' },
        'kafka-sasl': { type: 'string' },
        'kafka-user': { type: 'string' },
        'kafka-password-file': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : '');
  }
}

/** Returns a header with a new value. */
function requiredHeader(name: string): readonly [string, string] {
  if (!/^[\w-]+$/.test(name))
    throw new UsageError(`--header ${name}: expected the name of a header`);
  return [name, randomBytes(18).toString('base64url')];
}

function filledTopic(text: string): FilledTopic {
  const [name = '', partitions = '', records = '', bytes = '', ...rest] = text.split(':');
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(name) || rest.length > 0) {
    throw new UsageError(`--topic ${text}: expected NAME:PARTITIONS:RECORDS:BYTES`);
  }
  return {
    name,
    partitions: integer(`--topic ${name}: PARTITIONS`, partitions, 1, 10_000),
    records: integer(`--topic ${name}: RECORDS`, records, 0),
    bytes: integer(`--topic ${name}: BYTES`, bytes, 1),
  };
}

function integer(name: string, text: string, min: number, max = 999_999_999): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${name} must be an integer from ${min} to ${max}, not '${text}'`);
}

function oneOf<T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  const choice = choices.find((value) => value === text);
  if (text === undefined || choice) return choice;
  throw new UsageError(`${name} must be one of ${choices.join(', ')}, not '${text}'`);
}
