import assert from 'node:assert/strict';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KafkaFailure } from '../../src/emulator/backend';
import { makeServerCertificate } from '../../src/emulator/certificate';
import { startGateway } from '../../src/emulator/gateway';
import { type Api, check } from '../../src/emulator/kafka/api/api';
import { KafkaBackend } from '../../src/emulator/kafka/kafkaBackend';
import type { KafkaOptions, SaslMechanism } from '../../src/emulator/kafka/options';
import { useKafka } from '../support/kafka/useKafka';
import { withBrokers } from '../support/kafka/withBrokers';

/** Gives users a password for SCRAM. */
const alterUserScramCredentials: Api<readonly ScramUser[], void> = {
  name: 'AlterUserScramCredentials',
  key: 51,
  version: 0,
  isFlexible: true,
  write: (writer, users) =>
    writer
      .compactArray([], () => undefined)
      .compactArray(users, ({ username, password, mechanism }) => {
        const [number, hash, length] =
          mechanism === 'scram-sha-256' ? [1, 'sha256', 32] : [2, 'sha512', 64];
        const salt = randomBytes(16);
        const salted = pbkdf2Sync(password, salt, 4096, length, hash);
        writer.compactString(username).int8(number).int32(4096);
        for (const bytes of [salt, salted]) writer.uvarint(bytes.length + 1).raw(bytes);
        writer.noTags();
      })
      .noTags(),
  read: (reader) => {
    reader.int32();
    reader.compactArray(() => {
      reader.compactString();
      check(reader.int16(), reader.compactNullableString());
      reader.skipTags();
    });
  },
};

interface ScramUser {
  readonly username: string;
  readonly password: string;
  readonly mechanism: SaslMechanism;
}

describe('A gateway before brokers that require TLS and SASL', () => {
  const { ca, cert, key } = makeServerCertificate(['127.0.0.1']);
  const folder = mkdtempSync(path.join(tmpdir(), 'kafka-rest-keys-'));
  const keyFile = path.join(folder, 'broker.pem');
  writeFileSync(keyFile, `${key}\n${cert}`);
  const user = { username: 'alice', password: "a, 'secret'=1" };
  const kafka = useKafka({ secure: { keyFile, ...user } });
  const scramUser = { username: 'bob,=', password: 'pencil' };

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const topicsSeenWith = async (options: Partial<KafkaOptions>) => {
    const backend = new KafkaBackend({ brokers: [kafka().secure], ...options });
    try {
      return await backend.topics();
    } finally {
      await backend.close();
    }
  };
  const failure = async (work: Promise<unknown>): Promise<KafkaFailure> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KafkaFailure, String(error));
    return error;
  };

  it('signs in by PLAIN', async () => {
    await topicsSeenWith({ ca, sasl: { mechanism: 'plain', ...user } });
  });

  for (const mechanism of ['scram-sha-256', 'scram-sha-512'] as const) {
    it(`signs in by ${mechanism}`, async () => {
      await withBrokers(kafka(), (brokers) =>
        brokers.callController(alterUserScramCredentials, [{ ...scramUser, mechanism }]),
      );
      await topicsSeenWith({ ca, sasl: { mechanism, ...scramUser } });
      const wrong = { mechanism, ...scramUser, password: 'pen' };
      const { kind, message } = await failure(topicsSeenWith({ ca, sasl: wrong }));
      assert.equal(kind, 'SASL_AUTHENTICATION_FAILED');
      assert.doesNotMatch(message, /pen\b/);
    });
  }

  it('says that the password is wrong', async () => {
    const sasl = { mechanism: 'plain', ...user, password: 'wrong' } as const;
    const { kind } = await failure(topicsSeenWith({ ca, sasl }));
    assert.equal(kind, 'SASL_AUTHENTICATION_FAILED');
  });

  it('does not trust a certificate that it does not know', async () => {
    const sasl = { mechanism: 'plain', ...user } as const;
    const { kind, message } = await failure(topicsSeenWith({ tls: true, sasl }));
    assert.equal(kind, 'BROKER_NOT_AVAILABLE');
    assert.match(message, /certificate/);
  });

  it('says what may be missing where the brokers close the connection', async () => {
    const { message } = await failure(startGateway({ brokers: [kafka().secure] }));
    assert.match(message, /does not use TLS and SASL/);
  });
});
