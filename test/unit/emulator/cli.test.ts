import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { object, send } from './support.js';

const cli = fileURLToPath(new URL('../../../src/emulator/cli.ts', import.meta.url));

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Run {
  /** The first line of standard output, parsed. */
  readonly ready: Promise<Record<string, unknown>>;
  /** Exit status and all output, once it has ended. */
  readonly ended: Promise<{ status: number | null; stdout: string; stderr: string }>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

function run(...args: string[]): Run {
  return watch(spawn(process.execPath, ['--import', 'tsx', cli, ...args]));
}

function watch(child: ChildProcessWithoutNullStreams): Run {
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
  return {
    ready: new Promise((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        stdout += piece;
        if (/^\{.*\n$/.test(stdout)) resolve(object(stdout));
      });
    }),
    ended: once(child, 'close').then(() => ({ status: child.exitCode, stdout, stderr })),
    kill: (signal) => child.kill(signal),
  };
}

describe('emulator on the command line', () => {
  // Windows ends a process at once, whatever the signal.
  const hasSignals = process.platform !== 'win32';

  for (const signal of hasSignals ? (['SIGINT', 'SIGTERM'] as const) : []) {
    it(`prints one line of JSON, and ends with status 0 on ${signal}`, async () => {
      const { ready, ended, kill } = run('--empty');
      const info = await ready;
      assert.deepEqual(Object.keys(info), [
        'dialect',
        'endpoint',
        'signIn',
        'authority',
        'tenantId',
        'clientId',
        'clientSecret',
        'outsider',
        'scope',
        'issuer',
        'audience',
        'token',
        'assertionFile',
        'certFile',
        'certKeyFile',
        'certPassphrase',
        'refusedProofs',
        'identityHost',
        'identityObjectId',
        'identityResourceId',
        'username',
        'password',
        'certificateFile',
        'keyFile',
        'keyPassphrase',
        'refusedCertificates',
        'headers',
        'caFile',
        'schemaRegistry',
      ]);
      kill(signal);
      const { status, stdout, stderr } = await ended;
      assert.deepEqual([status, stderr], [0, '']);
      assert.equal(stdout, `${JSON.stringify(info)}\n`);
      assert.ok(!existsSync(String(info['caFile'])));
    });
  }

  if (hasSignals) {
    it('gets the signals that npm is sent, and npm its exit status', async () => {
      const args = ['run', '--silent', 'emulator', '--', '--empty', '--auth', 'none', '--no-tls'];
      const { ready, ended, kill } = watch(spawn('npm', args, { cwd: root }));
      const info = await ready;
      kill('SIGTERM');
      assert.equal((await ended).status, 0);
      await assert.rejects(send(`${String(info['endpoint'])}/`, null), { code: 'ECONNREFUSED' });
    });
  }

  it('takes its options, and ends although a connection is open', async () => {
    const options = '--auth none --no-tls --empty --answer array --retention 2 --latency 1 --log';
    const { ready, ended, kill } = run(...options.split(' '), '--topic', 'filled:1:3:20');
    const endpoint = String((await ready)['endpoint']);
    const topics = await send(`${endpoint}/v1/metadata/topics`, null);
    assert.equal(topics.text, '{"topics":["filled"]}');
    const page = '/v1/consumer/topics/filled/partitions/0/offsets/1?count=9';
    const { text } = await send(endpoint + page, null);
    assert.match(text, /^\[\{.*"offset":1,.*"offset":2,.*\}\]$/);
    const open = connect(Number(new URL(endpoint).port), '127.0.0.1');
    open.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(open, 'data');
    kill('SIGTERM');
    const { status, stderr } = await ended;
    open.destroy();
    if (hasSignals) assert.equal(status, 0);
    assert.match(stderr, /^proxy GET \/v1\/metadata\/topics 200 \d+ ms\n(proxy GET .*\n){2}$/);
  });

  it('says what is wrong with its arguments, and ends with status 2', async () => {
    const { status, stdout, stderr } = await run('--nonsense').ended;
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^Unknown option '--nonsense'.*\nSee --help\.\n$/);
  });

  it('prints its usage on demand', async () => {
    const { status, stdout, stderr } = await run('--help').ended;
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^Usage: npm run -s emulator -- /);
  });

  it('says how to choose another port if it is taken', async () => {
    const { ready, ended, kill } = run('--empty');
    const { port } = new URL(String((await ready)['endpoint']));
    const second = await run('--empty', '--port', port).ended;
    assert.equal(second.status, 1);
    assert.equal(second.stderr, 'The port is taken: choose another one with --port.\n');
    kill('SIGTERM');
    await ended;
  });

  it('ends with status 1 and the reason where it cannot start', async () => {
    const { status, stdout, stderr } = await run('--ca-file', '/no/such/folder/ca.pem').ended;
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /^ENOENT.*\n$/);
  });
});
