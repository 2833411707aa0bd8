import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openManagement } from '../../../src/azure/management';
import { type HttpClient, openHttp } from '../../../src/core/http/client';
import {
  armCluster,
  type ResourceManager,
  type ResourceManagerOptions,
  startResourceManager,
} from '../../support/azure/resourceManager';
import { fails, rejectsWith } from '../../support/fails';

const TOKEN = 'a-token-for-management';

describe('Azure Resource Manager', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azure-'));
  let arm: ResourceManager;
  let http: HttpClient;

  afterEach(async () => {
    http.dispose();
    await arm.stop();
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  async function open(options: Partial<ResourceManagerOptions>, token = TOKEN) {
    arm = await startResourceManager({
      accepts: (given) => given === TOKEN,
      tenants: [],
      subscriptions: [],
      ...options,
    });
    const caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, arm.ca);
    http = openHttp({ caFile, backoffMs: 1 });
    return openManagement(http, {
      kind: 'account',
      origin: arm.origin,
      credentials: () =>
        Promise.resolve({ headers: { authorization: `Bearer ${token}` }, hidden: [token] }),
    });
  }

  const { signal } = new AbortController();

  it('lists tenants and subscriptions, by the best name that it tells', async () => {
    const management = await open({
      tenants: [
        { tenantId: 't1', displayName: 'Contoso' },
        { tenantId: 't2', defaultDomain: 'fabrikam.com' },
        { tenantId: 't3' },
        { displayName: 'no id' },
      ],
      subscriptions: [{ subscriptionId: 's1', displayName: 'Production' }],
    });
    assert.deepEqual(await management.tenants(signal), [
      { id: 't1', name: 'Contoso' },
      { id: 't2', name: 'fabrikam.com' },
      { id: 't3', name: 't3' },
    ]);
    assert.deepEqual(await management.subscriptions(signal), [{ id: 's1', name: 'Production' }]);
  });

  it('lists the clusters with Kafka of all pages, after a wait that it asks for', async () => {
    const clusters = [
      armCluster('one'),
      armCluster('spark', { kind: 'SPARK' }),
      armCluster('two', { kind: 'kafka' }),
      'not a cluster',
      armCluster('three', { hasProxy: false }),
    ];
    const management = await open({
      subscriptions: [
        {
          subscriptionId: 's1',
          displayName: 'S',
          clusters,
          faults: [{ status: 429, headers: { 'retry-after': '0' } }],
        },
      ],
    });
    const found = await management.clusters('s1', signal);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['one', 'two', 'three'],
    );
    assert.equal(arm.requests.length, 4);
  });

  it('reads one cluster, and nothing that its ID must not lead to', async () => {
    const id = '/subscriptions/s/resourceGroups/r/providers/Microsoft.HDInsight/clusters/one';
    const management = await open({
      subscriptions: [
        {
          subscriptionId: 's',
          displayName: 'S',
          clusters: [
            armCluster('one', { state: 'ResizeQueued' }),
            armCluster('x', { kind: 'SPARK' }),
          ],
        },
      ],
    });
    const found = await management.cluster(id, signal);
    assert.deepEqual([found.name, found.state], ['one', 'ResizeQueued']);
    await fails(management.cluster(id.replace('one', 'x'), signal), { kind: 'protocol' });
    await fails(management.cluster(id.replace('one', 'gone'), signal), { kind: 'not-found' });
    const before = arm.requests.length;
    for (const other of [
      '',
      '//evil.example',
      '/subscriptions/s',
      `//evil.example${id}`,
      id.replace('one', '..'),
      id.replace('one', 'one/start'),
      id.replace('/r/', '/../'),
    ]) {
      await fails(management.cluster(other, signal), { kind: 'not-found', detail: 'not an ID' });
    }
    assert.equal(arm.requests.length, before);
    await fails(management.cluster(`${id}?x=1#`, signal), { kind: 'not-found' });
    assert.match(arm.requests.at(-1) ?? '', /clusters\/one%3Fx%3D1%23\?api-version=2021-06-01$/);
  });

  it('leads with no token to another origin', async () => {
    const clusters = ['one', 'two', 'three'].map((name) => armCluster(name));
    const management = await open({
      subscriptions: [{ subscriptionId: 's1', displayName: 'S', clusters }],
      linkOrigin: 'https://evil.example',
    });
    await fails(management.clusters('s1', signal), {
      kind: 'redirect',
      detail: 'https://evil.example',
    });
  });

  it('is left when a list goes in circles', async () => {
    const management = await open({});
    const page = { value: [], nextLink: `${arm.origin}/subscriptions?api-version=2022-12-01` };
    const url = new URL('/', arm.origin);
    const accept = () => true;
    const any = await http.request({ method: 'GET', url, idempotent: true, accept, signal });
    let requests = 0;
    const request = () => {
      requests++;
      return Promise.resolve({ ...any, text: JSON.stringify(page) });
    };
    const circling = openManagement(
      { request, dispose: () => undefined },
      { kind: 'account', origin: arm.origin, credentials: () => Promise.reject(new Error('none')) },
    );
    assert.deepEqual(await management.subscriptions(signal), []);
    await fails(circling.subscriptions(signal), { kind: 'protocol' });
    assert.equal(requests, 1000);
  });

  it('refuses a token for another audience, and a person who may not read', async () => {
    const subscriptions = [
      { subscriptionId: 's1', displayName: 'S', faults: [{ status: 403, body: '{}' }] },
      { subscriptionId: 's2', displayName: 'T', faults: [{ status: 200, body: '<html>' }] },
    ];
    const other = await open({ subscriptions }, 'a-token-for-kafka');
    await fails(other.subscriptions(signal), { kind: 'unauthorized', signIn: 'account' });
    http.dispose();
    await arm.stop();
    const management = await open({ subscriptions });
    await fails(management.clusters('s1', signal), { kind: 'forbidden' });
    await fails(management.clusters('s2', signal), { kind: 'protocol', detail: 'not a list' });
  });

  it('is not asked for more when the person gives up', async () => {
    const management = await open({});
    const reason = new Error('stopped by the user');
    await rejectsWith(management.tenants(AbortSignal.abort(reason)), reason);
    assert.equal(arm.requests.length, 0);
  });
});
