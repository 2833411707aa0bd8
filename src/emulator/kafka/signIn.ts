import { KafkaFailure } from '../backend';
import { type Api, check } from './api/api';
import type { Connection } from './connection';
import type { SaslOptions } from './options';
import { signInByScram } from './scram';

const TIMEOUT_MS = 10_000;

const saslHandshake: Api<string, void> = {
  name: 'SaslHandshake',
  key: 17,
  version: 1,
  write: (writer, mechanism) => writer.string(mechanism),
  read: (reader) => {
    const code = reader.int16();
    const offered = reader.array((each) => each.string());
    check(code, `The broker offers the SASL mechanisms ${offered.join(', ') || 'none'}.`);
  },
};

interface SaslStep {
  readonly bytes: Buffer;
  /** Milliseconds for which the broker accepts the sign-in; 0 means for ever. */
  readonly lifetime: number;
}

const saslAuthenticate: Api<Buffer, SaslStep> = {
  name: 'SaslAuthenticate',
  key: 36,
  version: 1,
  write: (writer, bytes) => writer.byteArray(bytes),
  read: (reader) => {
    check(reader.int16(), reader.nullableString());
    return { bytes: reader.dataBytes(), lifetime: Number(reader.int64()) };
  },
};

/**
 * Signs a new connection in. Rejects with `SASL_AUTHENTICATION_FAILED` or
 * `UNSUPPORTED_SASL_MECHANISM`.
 *
 * @returns how long the broker accepts it, in milliseconds
 */
export async function signIn(
  connection: Connection,
  { mechanism, username, password }: SaslOptions,
): Promise<number> {
  await connection.call(saslHandshake, mechanism.toUpperCase(), TIMEOUT_MS);
  let lifetime = 0;
  const send = async (message: string): Promise<string> => {
    const step = await connection.call(saslAuthenticate, Buffer.from(message), TIMEOUT_MS);
    lifetime = step.lifetime;
    return step.bytes.toString();
  };
  if (mechanism === 'plain') {
    await send(`\0${username}\0${password}`);
  } else {
    const hash = mechanism === 'scram-sha-256' ? 'sha256' : 'sha512';
    await signInByScram({ hash, username, password }, send).catch((error: unknown) => {
      if (error instanceof KafkaFailure || !(error instanceof Error)) throw error;
      throw new KafkaFailure('SASL_AUTHENTICATION_FAILED', error.message);
    });
  }
  return lifetime > 0 ? lifetime : Infinity;
}
