import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { groupMembers } from '../../../../../src/core/dialects/confluent/administration';
import { partition } from '../../../../../src/core/dialects/confluent/metadata';
import { V3Wire } from '../../../../../src/core/dialects/confluent/v3Wire';
import { type HttpClient, openHttp } from '../../../../../src/core/http/client';
import { field, string } from '../../../../../src/core/json/decode';

/** Responses by method and path with the query, below the cluster. */
type Responses = Readonly<Record<string, string>>;

const opened: { readonly server: Server; readonly http: HttpClient }[] = [];

async function serve(responses: Responses): Promise<{ wire: V3Wire; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '' } = incoming;
    const name = `${method} ${url.replace('/kafka/v3/clusters/c', '')}`;
    requests.push(name);
    incoming.resume();
    const body = responses[name];
    outgoing.writeHead(body === undefined ? 404 : 200);
    outgoing.end(body ?? '{"error_code":404,"message":"HTTP 404 Not Found"}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const http = openHttp({ retries: 0 });
  opened.push({ server, http });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const endpoint = `http://127.0.0.1:${port}/kafka/`;
  return { wire: new V3Wire({ endpoint, http }, 'c'), requests };
}

describe('the calls of API v3', () => {
  afterEach(() => {
    for (const { server, http } of opened.splice(0)) {
      http.dispose();
      server.closeAllConnections();
      server.close();
    }
  });

  it('follow the pages of a list, and never to another address', async () => {
    const page = (name: string, next: string | null): string =>
      JSON.stringify({ metadata: { next }, data: [{ topic_name: name }] });
    const { wire, requests } = await serve({
      'GET /topics': page('a', 'http://internal:8082/v3/clusters/c/topics?page_token=2'),
      'GET /topics?page_token=2': page('b', null),
    });
    const names = await wire.list(['topics'], {}, (each) => field(each, 'topic_name', string));
    assert.deepEqual(names, ['a', 'b']);
    assert.deepEqual(requests, ['GET /topics', 'GET /topics?page_token=2']);
  });

  it('end a list whose next page is the same one', async () => {
    const metadata = { next: 'http://internal:8082/v3/clusters/c/topics' };
    const { wire } = await serve({ 'GET /topics': JSON.stringify({ metadata, data: [{}] }) });
    assert.equal((await wire.list(['topics'], {}, () => 1)).length, 1);
  });

  it('do not take an HTML page for the success of a change', async () => {
    const { wire } = await serve({ 'DELETE /topics/t': '<!DOCTYPE html><title>Sign in</title>' });
    const path = ['topics', 't'];
    await assert.rejects(wire.write({ method: 'DELETE', path }), { kind: 'unclear' });
  });

  it('take a group that Kafka calls dead for an unknown one', async () => {
    const { wire } = await serve({
      'GET /consumer-groups/g/consumers': '{"data":[]}',
      'GET /consumer-groups/g': '{"consumer_group_id":"g","state":"DEAD"}',
    });
    await assert.rejects(groupMembers(wire, 'g'), { kind: 'not-found' });
  });

  it('take offsets that are numbers or, as in the description of the API, texts', async () => {
    const path = '/topics/t/partitions/0';
    const described = (offsets: string) =>
      serve({
        [`GET ${path}`]: '{"partition_id":0}',
        [`GET ${path}/replicas`]: '{"data":[{"broker_id":1,"is_leader":false,"is_in_sync":false}]}',
        [`GET ${path}/offset`]: offsets,
      }).then(({ wire }) => partition(wire, 't', 0));
    const expected = { id: 0, earliest: 0n, latest: 10n, leader: null, replicas: [1], isr: [] };
    const numbers = await described('{"earliest_offset":0,"latest_offset":10}');
    assert.deepEqual(numbers, expected);
    const texts = await described('{"earliest_offset":"0","latest_offset":"10L"}');
    assert.deepEqual(texts, expected);
    const wrong = described('{"earliest_offset":11,"latest_offset":10}');
    await assert.rejects(wrong, { kind: 'protocol' });
  });
});
