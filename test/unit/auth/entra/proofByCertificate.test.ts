import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import type { TokenSource } from '../../../../src/auth/base/bearer';
import {
  type ApplicationCertificate,
  proofByCertificate,
} from '../../../../src/auth/entra/proofByCertificate';
import { KafkaError } from '../../../../src/core/errors';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import { makeServerCertificate } from '../../../../src/emulator/certificate';
import {
  type Emulator,
  type RequestLogEntry,
  startEmulator,
} from '../../../../src/emulator/server';
import { discoveryAt, entraSource, topicsBy } from '../../../support/entraSource';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, hang, startFaultyServer } from '../../../support/faultyServer';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a certificate of an application', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const own = makeServerCertificate(['client'], undefined, rsa);
  const expired = makeServerCertificate(['client'], { from: -2 * DAY_MS, until: -DAY_MS }, rsa);
  const early = makeServerCertificate(['client'], { from: DAY_MS, until: 2 * DAY_MS }, rsa);
  let emulator: Emulator;
  let http: HttpClient;
  let folder: string;
  let seen: RequestLogEntry[];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-certificate-'));
    emulator = await startEmulator({
      samples: false,
      auth: 'certificate',
      certificates: [own.cert],
      onRequest: (entry) => seen.push(entry),
    });
    http = openHttp({ caFile: emulator.info.caFile ?? '', backoffMs: 1 });
  });

  after(async () => {
    http.dispose();
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => {
    seen = [];
  });

  async function file(name: string, content: string | Buffer): Promise<string> {
    const at = path.join(folder, name);
    await writeFile(at, content);
    return at;
  }

  interface Given {
    readonly certificateFile?: string;
    readonly keyFile?: string;
    readonly pastedKey?: string;
    readonly passphrase?: string;
  }

  /** Signs in with what the emulator wrote, or with something else. */
  function source(given: Given = {}): TokenSource {
    const { certFile, certKeyFile, certPassphrase } = emulator.info;
    const all = {
      certificateFile: certFile ?? '',
      keyFile: certKeyFile ?? '',
      passphrase: certPassphrase ?? '',
      ...given,
    };
    const certificate: ApplicationCertificate = {
      certificateFile: all.certificateFile,
      keyFile: all.keyFile,
      pastedKey: () => Promise.resolve(all.pastedKey),
      passphrase: () => Promise.resolve(all.passphrase),
    };
    return entraSource(emulator.info, proofByCertificate(certificate), http);
  }

  const encrypted = (cipher: string, type: 'pkcs1' | 'pkcs8', passphrase: string) =>
    rsa.privateKey.export({ type, format: 'pem', cipher, passphrase }).toString();

  it('opens the REST proxy, with its chain and an encrypted key', async () => {
    assert.equal(await topicsBy(emulator.info, source(), http), '{"topics":[]}');
  });

  it('may stand in one file with its key and its issuer, in any order', async () => {
    const certificateFile = await file('all.pem', own.key + own.ca + own.cert);
    assert.match(await source({ certificateFile, keyFile: '' }).token({}), /^eyJ/);
  });

  it('may have a pasted key, and one in the older encrypted form', async () => {
    const certificateFile = await file('cert.pem', own.cert);
    const given = { certificateFile, keyFile: '', passphrase: 'häns' };
    for (const pastedKey of [
      own.key,
      encrypted('aes-256-cbc', 'pkcs8', 'häns'),
      encrypted('aes-128-cbc', 'pkcs1', 'häns'),
    ]) {
      assert.match(await source({ ...given, pastedKey }).token({}), /^eyJ/);
    }
  });

  it('is read again at each sign-in', async () => {
    const certificateFile = await file('renewed.pem', expired.cert + own.key);
    const tokens = source({ certificateFile, keyFile: '' });
    await fails(tokens.token({}), { kind: 'credential-expired' });
    await file('renewed.pem', own.cert + own.key);
    assert.match(await tokens.token({}), /^eyJ/);
  });

  describe('is refused before anything is sent', () => {
    const signIn = 'clientCertificate';
    afterEach(() => {
      assert.equal(seen.length, 0);
    });

    for (const [what, pair, field, offset] of [
      ['after it has expired', expired, 'certFile', -DAY_MS],
      ['before it is valid', early, 'certFile', DAY_MS],
    ] as const) {
      it(`${what}, with the date`, async () => {
        const certificateFile = await file('dated.pem', pair.cert + pair.key);
        const token = source({ certificateFile, keyFile: '' }).token({});
        await fails(token, { kind: 'credential-expired', field, signIn });
        const detail = await token.catch((error: unknown) =>
          error instanceof KafkaError ? error.detail : '',
        );
        assert.ok(Math.abs(Date.parse(detail) - Date.now() - offset) < DAY_MS / 2, detail);
      });
    }

    it('without its passphrase, or with a wrong one', async () => {
      const field = 'certPassphrase';
      await fails(source({ passphrase: '' }).token({}), { kind: 'secret-missing', field, signIn });
      await fails(source({ passphrase: 'no' }).token({}), { kind: 'secret-wrong', field, signIn });
    });

    it('if its files cannot be used, with the file and the reason', async () => {
      const certificateFile = await file('cert.pem', own.cert);
      const alone = { certificateFile, keyFile: '' };
      const ec = makeServerCertificate(['client']);
      const pfx = Buffer.from([0x30, 0x82, 0x09, 0x51, 0x02, 0x01, 0x03]);
      const damaged = own.cert.replace(/\n[^-].{10}/, '\nAAAAAAAAAAA');
      const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
      const weak = makeServerCertificate(['client'], undefined, short);
      const table: [Given, string, string][] = [
        [{ certificateFile: path.join(folder, 'gone') }, 'certFile', 'ENOENT'],
        [{ certificateFile: folder }, 'certFile', 'not-a-file'],
        [{ certificateFile: await file('a.pfx', pfx) }, 'certFile', 'binary'],
        [{ certificateFile: await file('a.txt', 'hello') }, 'certFile', 'no-certificate'],
        [{ certificateFile: await file('b.pem', damaged) }, 'certFile', 'damaged'],
        [{ certificateFile: await file('c', Buffer.alloc(2 ** 21)) }, 'certFile', 'too-large'],
        [
          { certificateFile: await file('ec.pem', ec.cert + ec.key), keyFile: '' },
          'certFile',
          'key-kind',
        ],
        [
          { certificateFile: await file('w.pem', weak.cert + weak.key), keyFile: '' },
          'certFile',
          'key-kind',
        ],
        [alone, 'certKeyFile', 'no-key'],
        [{ ...alone, keyFile: path.join(folder, 'gone') }, 'certKeyFile', 'ENOENT'],
        [{ ...alone, keyFile: await file('ec.key', ec.key) }, 'certKeyFile', 'key-mismatch'],
        [{ ...alone, pastedKey: ec.key }, 'certKey', 'key-mismatch'],
        [{ ...alone, pastedKey: own.key.replace(/\n.{20}/, '\n') }, 'certKey', 'damaged'],
      ];
      for (const [given, field, detail] of table) {
        const facts = { kind: 'credential-unusable', field, detail, signIn } as const;
        await fails(source(given).token({}), facts);
      }
    });
  });

  it('is not accepted where it is not registered, or no longer', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { cert, key } = makeServerCertificate(['client'], undefined, other);
    const certificateFile = await file('other.pem', cert + key);
    await fails(source({ certificateFile, keyFile: '' }).token({}), {
      kind: 'credential-unusable',
      status: 401,
      detail: /^AADSTS700027: /,
      signIn: 'clientCertificate',
    });
  });

  describe('at an Entra ID that refuses', () => {
    const table: [string, string, Parameters<typeof fails>[1]][] = [
      ['a clock that is off', '700024', { kind: 'clock-off' }],
      ['an application without consent', '65001', { kind: 'consent-missing' }],
      ['by a policy', '53003', { kind: 'interaction-required' }],
      ['an expired certificate', '1000502', { kind: 'credential-expired' }],
      ['a revoked certificate', '7000214', { kind: 'credential-unusable' }],
    ];
    for (const [what, code, facts] of table) {
      it(what, async () => {
        const faulty = await startFaultyServer({ tls: true });
        const client = openHttp({ caFile: faulty.caFile, backoffMs: 1 });
        const body = JSON.stringify({
          error: 'invalid_client',
          error_description: `AADSTS${code}: No.`,
        });
        faulty.will(answer(200, discoveryAt(faulty.origin)), answer(401, body));
        try {
          await fails(at(faulty.origin, client).token({}), { ...facts, status: 401 });
        } finally {
          client.dispose();
          await faulty.close();
        }
      });
    }

    it('is told when it is down, and when the person gives up', async () => {
      const faulty = await startFaultyServer({ tls: true });
      const client = openHttp({ caFile: faulty.caFile, backoffMs: 1, retries: 1 });
      faulty.will(answer(503), answer(503));
      await fails(at(faulty.origin, client).token({}), { kind: 'unavailable', status: 503 });
      const user = new AbortController();
      const reason = new Error('stopped by the user');
      faulty.will(hang);
      const arrival = faulty.nextArrival();
      const token = at(faulty.origin, client).token({ signal: user.signal });
      await arrival;
      user.abort(reason);
      await rejectsWith(token, reason);
      client.dispose();
      await faulty.close();
    });

    it('shows nothing of the key, the passphrase and the assertion', async () => {
      const faulty = await startFaultyServer({ tls: true });
      const lines: string[] = [];
      const log = { trace: (line: string) => lines.push(line) };
      const client = openHttp({ caFile: faulty.caFile, backoffMs: 1, log });
      const { certFile, certKeyFile, certPassphrase } = emulator.info;
      let assertion = '';
      faulty.will(answer(200, discoveryAt(faulty.origin)), (response, { body }) => {
        assertion = new URLSearchParams(body).get('client_assertion') ?? '';
        response.writeHead(400).end(`bad: ${body} ${assertion}`);
      });
      const error: unknown = await at(faulty.origin, client)
        .token({})
        .catch((reason: unknown) => reason);
      const text = inspect(error, { depth: 20, maxStringLength: null }) + lines.join('\n');
      const key = await readFile(certKeyFile ?? '', 'utf8');
      const passphrase = certPassphrase ?? '';
      const plain = createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'der' });
      const base64 = plain.toString('base64').slice(40, 80);
      assert.match(assertion, /^eyJ/);
      assert.ok(certFile);
      for (const hidden of [passphrase, base64, ...assertion.split('.')]) {
        assert.ok(!text.includes(hidden), text);
      }
      client.dispose();
      await faulty.close();
    });

    function at(origin: string, client: HttpClient): TokenSource {
      const { certFile, certKeyFile, certPassphrase } = emulator.info;
      const proof = proofByCertificate({
        certificateFile: certFile ?? '',
        keyFile: certKeyFile ?? '',
        pastedKey: () => Promise.resolve(undefined),
        passphrase: () => Promise.resolve(certPassphrase ?? ''),
      });
      return entraSource(emulator.info, proof, client, origin);
    }
  });
});
