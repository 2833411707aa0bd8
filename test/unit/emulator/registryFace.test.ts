import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../src/emulator/server';

const V1 = 'application/vnd.schemaregistry.v1+json';
const SCHEMA = '{"type":"record","name":"R","fields":[]}';

/**
 * Requests with the responses that the sources of Confluent's Schema Registry 8 (`Errors.java`, the
 * classes in `rest/resources`) and of Karapace (`api/controller.py`, `api/routers`) give, but for why
 * a schema is invalid, which each says in its own words.
 */
const EXCHANGES: readonly (readonly [
  request: string,
  body: object | undefined,
  response: string,
])[] = [
  ['GET /', undefined, '200 {}'],
  ['GET /subjects', undefined, '200 []'],
  [
    'GET /subjects/nope/versions',
    undefined,
    `404 {"error_code":40401,"message":"Subject 'nope' not found."}`,
  ],
  ['POST /subjects/r-value/versions', { schema: SCHEMA }, '200 {"id":1}'],
  ['POST /subjects/r-value/versions', { schema: ` ${SCHEMA}` }, '200 {"id":1}'],
  ['POST /subjects/other/versions', { schema: SCHEMA, schemaType: 'AVRO' }, '200 {"id":1}'],
  ['GET /subjects', undefined, '200 ["other","r-value"]'],
  ['GET /subjects/r-value/versions', undefined, '200 [1]'],
  [
    'GET /subjects/r-value/versions/9',
    undefined,
    '404 {"error_code":40402,"message":"Version 9 not found."}',
  ],
  [
    'GET /subjects/r-value/versions/0',
    undefined,
    `422 {"error_code":42202,"message":"The specified version '0' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \\"latest\\""}`,
  ],
  ['GET /schemas/ids/1', undefined, `200 {"schema":${JSON.stringify(SCHEMA)}}`],
  [
    'GET /schemas/ids/1/versions',
    undefined,
    '200 [{"subject":"r-value","version":1},{"subject":"other","version":1}]',
  ],
  ['GET /schemas/ids/1/subjects', undefined, '200 ["r-value","other"]'],
  ['GET /schemas/ids/99', undefined, '404 {"error_code":40403,"message":"Schema 99 not found"}'],
  [
    'POST /subjects/r-value',
    { schema: '"int"' },
    '404 {"error_code":40403,"message":"Schema not found"}',
  ],
  [
    'POST /subjects/r-value/versions',
    { schema: '' },
    '422 {"error_code":42201,"message":"Invalid schema: Empty schema"}',
  ],
  ['GET /config', undefined, '200 {"compatibilityLevel":"BACKWARD"}'],
  [
    'GET /config/r-value',
    undefined,
    `404 {"error_code":40408,"message":"Subject 'r-value' does not have subject-level compatibility configured"}`,
  ],
  ['GET /config/r-value?defaultToGlobal=true', undefined, '200 {"compatibilityLevel":"BACKWARD"}'],
  ['PUT /config/r-value', { compatibility: 'NONE' }, '200 {"compatibility":"NONE"}'],
  ['GET /config/r-value', undefined, '200 {"compatibilityLevel":"NONE"}'],
  [
    'PUT /config',
    { compatibility: 'SIDEWAYS' },
    '422 {"error_code":42203,"message":"Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive"}',
  ],
  [
    'POST /compatibility/subjects/other/versions/latest',
    { schema: '"int"' },
    '200 {"is_compatible":false}',
  ],
  [
    'POST /compatibility/subjects/r-value/versions/latest?verbose=true',
    { schema: '"int"' },
    '200 {"is_compatible":true,"messages":[]}',
  ],
  ['GET /schemas/types', undefined, '200 ["JSON","PROTOBUF","AVRO"]'],
];

describe('the schema registry of the emulator', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({ auth: 'none', tls: false, samples: false });
  });

  after(() => emulator.stop());

  const send = (request: string, init: RequestInit = {}): Promise<Response> => {
    const [method = '', path = ''] = request.split(' ');
    const { endpoint = '' } = emulator.info.schemaRegistry ?? {};
    return fetch(endpoint + path, { method, ...init });
  };

  it('responds as the real ones do', async () => {
    for (const [request, body, expected] of EXCHANGES) {
      const response = await send(request, {
        headers: { 'content-type': V1 },
        ...(body && { body: JSON.stringify(body) }),
      });
      assert.equal(`${response.status} ${await response.text()}`, expected, request);
      assert.equal(response.headers.get('content-type'), V1, request);
    }
  });

  it('agrees on the type of the response, or refuses', async () => {
    const json = await send('GET /subjects', { headers: { accept: 'application/json' } });
    assert.equal(json.headers.get('content-type'), 'application/json');
    const html = await send('GET /subjects', { headers: { accept: 'text/html' } });
    assert.equal(html.status, 406);
    const text = await send('POST /subjects/x/versions', {
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    assert.equal(text.status, 415);
  });

  it('wants what its sign-in asks for, and not that of the REST proxy', async () => {
    const guarded = await startEmulator({
      ...{ auth: 'basic', password: 'of the proxy', tls: false, samples: false },
      registry: { auth: 'basic', password: 'of the registry' },
    });
    const { endpoint = '', password } = guarded.info.schemaRegistry ?? {};
    assert.equal(password, 'of the registry');
    const status = async (given: string | undefined) => {
      const authorization =
        given === undefined ? {} : { authorization: `Basic ${btoa(`kafka:${given}`)}` };
      return (await fetch(`${endpoint}/subjects`, { headers: authorization })).status;
    };
    assert.deepEqual(
      [await status('of the registry'), await status('of the proxy'), await status(undefined)],
      [200, 401, 401],
    );
    await guarded.stop();
  });
});
