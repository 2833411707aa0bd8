import assert from 'node:assert/strict';
import path from 'node:path';
import { startGateway } from '../../../../src/emulator/gateway';
import type { Served, ServeOptions } from '../../../../src/emulator/serve';
import { startEmulator } from '../../../../src/emulator/server';
import { root, run } from '../../../support/host/processes';
import { type ConnectProxy, startConnectProxy } from '../../../support/network/connectProxy';
import { PythonMissing, pythonWith } from '../../../support/host/python';
import { useKafka } from '../../../support/kafka/useKafka';

/** The hosts that the programs of the documentation talk to. */
const AUTHORITY = 'login.microsoftonline.com';
const CLUSTER = 'sample-kafkarest.azurehdinsight.net';

/** The program of a file in this folder, without the ending. */
type Sample = 'newer' | 'older';

/** How long the first installation of Python's packages may take, in milliseconds. */
const MAX_INSTALL_MS = 300_000;

describe("the programs of HDInsight's documentation, in Python", () => {
  let python: string;

  before(async function () {
    this.timeout(MAX_INSTALL_MS);
    try {
      python = await pythonWith(path.join(__dirname, 'requirements.txt'));
    } catch (error) {
      if (!(error instanceof PythonMissing) || process.env['CI'] === 'true') throw error;
      console.error(`Skipped, because Python is not ready. ${error.message}`);
      this.skip();
    }
  });

  describe('against the emulator', () => {
    samplesRun(
      () => python,
      (options) => startEmulator({ samples: false, ...options }),
    );
  });

  describe('against a gateway to Kafka', () => {
    const kafka = useKafka();
    samplesRun(
      () => python,
      (options) => startGateway({ brokers: [kafka().bootstrap] }, options),
    );
  });
});

/** Runs the programs against a proxy that they find at the addresses of the real ones. */
function samplesRun(python: () => string, start: (options: ServeOptions) => Promise<Served>): void {
  let proxy: Served;
  let tunnel: ConnectProxy;

  before(async () => {
    const hosts = { authority: AUTHORITY, proxy: CLUSTER };
    proxy = await start({ hosts });
    const { authority, endpoint } = proxy.info;
    const ports = { [AUTHORITY]: portOf(authority ?? ''), [CLUSTER]: portOf(endpoint) };
    tunnel = await startConnectProxy({ ports });
  });

  after(async () => {
    await tunnel.close();
    await proxy.stop();
  });

  async function output(sample: Sample): Promise<string> {
    const { tenantId, clientId, clientSecret, caFile } = proxy.info;
    return run(python(), [path.join(__dirname, `${sample}.py`)], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        SAMPLE_TENANT_ID: tenantId ?? '',
        SAMPLE_CLIENT_ID: clientId ?? '',
        SAMPLE_CLIENT_SECRET: clientSecret ?? '',
        SAMPLE_ENDPOINT: `https://${CLUSTER}`,
        SAMPLE_WAIT: '0.2',
        HTTPS_PROXY: tunnel.url,
        REQUESTS_CA_BUNDLE: caFile ?? '',
      },
    });
  }

  it('the newer one creates a topic, produces and consumes', async () => {
    const text = await output('newer');
    const lines = text.trim().split('\n');
    const [, topic = ''] = /^listed: (hello_topic_\w{7})$/m.exec(text) ?? [];
    assert.deepEqual(lines.slice(0, 3), [
      `created: "Topic ${topic} is created."`,
      `listed: ${topic}`,
      'produced: "Records are produced."',
    ]);
    assert.deepEqual(valuesOf(lines), [
      ['**********', '5'],
      ['3.14', '{"id":1,"name":"REST proxy"}'],
      [
        '[{"id":1,"name":"one"},{"id":2,"name":"two"}]',
        '{"group id":1,"info":{"id":1,"servers":[{"server id":1,"server name":"proxy 1"},' +
          '{"server id":2,"server name":"proxy 2"},{"server id":3,"server name":"proxy 3"}]}}',
      ],
      [],
    ]);
    assert.match(text, /^caught up at 6$/m);
    assert.match(
      text,
      new RegExp(`^partitions: \\{"topic": "${topic}", "partitions": \\[\\{`, 'm'),
    );
    assert.match(
      text,
      /^partition: \{"partition_id": 0, "earliest_offset": 0, "latest_offset": 6, /m,
    );
  });

  it('the older one signs in for a resource and lists the topics', async () => {
    const [status, body = ''] = (await output('older')).trim().split('\n').slice(-2);
    assert.equal(status, '200');
    assert.match(body, /^\{"topics":\[.*\]\}$/);
  });
}

/** Returns the values of the records that each read has returned. */
function valuesOf(lines: readonly string[]): (string | null)[][] {
  return lines
    .filter((line) => line.startsWith('consumed: '))
    .map((line) => {
      const { records } = JSON.parse(line.slice('consumed: '.length)) as {
        records: { value: string | null }[];
      };
      return records.map(({ value }) => value);
    });
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}
