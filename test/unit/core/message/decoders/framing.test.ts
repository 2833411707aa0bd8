import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import {
  exchangeId,
  framedData,
  readFraming,
  writeFraming,
} from '../../../../../src/core/message/decoders/framing';

const GUID = '3f2b8c1e-9a47-4d6e-8b15-0c7d9e2f4a61';
const GUID_BYTES = GUID.replaceAll('-', '');

describe('Framing of schemas', () => {
  const read = (hex: string, headers?: Record<string, string>) =>
    readFraming(
      Buffer.from(hex, 'hex'),
      'value',
      headers &&
        Object.entries(headers).map(([name, value]) => ({
          name,
          value: Buffer.from(value, 'hex'),
        })),
    );

  it('reads the id of Confluent, and writes it', () => {
    const framed = writeFraming(258, Buffer.from('data'));
    assert.equal(framed.toString('hex'), '000000010264617461');
    const framing = read('000000010264617461');
    assert.deepEqual(framing, {
      kind: 'confluent',
      address: { by: 'id', id: 258 },
      names: 'id 258',
      start: 5,
    });
    assert.equal(String(framedData(framed, framing)), 'data');
  });

  it('reads the GUID of Confluent where it is one', () => {
    const framing = read(`01${GUID_BYTES}02`);
    assert.deepEqual([framing?.address, framing?.start], [{ by: 'guid', guid: GUID }, 17]);
    assert.equal(read('0102030405060708090a0b0c0d0e0f101112'), undefined);
  });

  it('takes what headers say first', () => {
    const framing = read('0000000007', { __value_schema_id: `01${GUID_BYTES}0204` });
    assert.deepEqual([framing?.address, framing?.start], [{ by: 'guid', guid: GUID }, 0]);
    assert.deepEqual(framing?.messageIndexes, Buffer.from([2, 4]));
    assert.equal(read('', { __key_schema_id: `01${GUID_BYTES}` }), undefined);
  });

  it('reads the ids of Apicurio, of which only content ids are those of Confluent', () => {
    assert.deepEqual(read('0241', { 'apicurio.value.contentId': '0000000000000009' }), {
      kind: 'apicurio',
      address: { by: 'id', id: 9 },
      names: 'content id 9',
      start: 0,
    });
    const global = { kind: 'apicurio', names: 'global id 7 of Apicurio' };
    assert.deepEqual(read('0241', { 'apicurio.value.globalId': '0000000000000007' }), {
      ...global,
      start: 0,
    });
    assert.deepEqual(read('0000000000000000070241'), { ...global, start: 9 });
  });

  it('reads the UUID of AWS Glue, and decompresses', () => {
    const framing = read(`0300${GUID_BYTES}41`);
    assert.deepEqual(framing, {
      kind: 'glue',
      names: `version ${GUID} of AWS Glue`,
      start: 18,
    });
    const deflated = `0305${GUID_BYTES}${deflateSync('data').toString('hex')}`;
    const found = read(deflated);
    assert.ok(found);
    assert.equal(String(framedData(Buffer.from(deflated, 'hex'), found)), 'data');
  });

  it('refuses what would become too large', () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024)).toString('hex');
    const bytes = Buffer.from(`0305${GUID_BYTES}${bomb}`, 'hex');
    const framing = readFraming(bytes, 'value', undefined);
    assert.ok(framing);
    assert.throws(() => framedData(bytes, framing), { code: 'ERR_BUFFER_TOO_LARGE' });
  });

  it('sees no framing where there is none', () => {
    for (const hex of ['', '00', '00000001', '000000000000000000', '7b7d', '03004142']) {
      assert.equal(read(hex), undefined, hex);
    }
  });

  it('puts another id in the place of one, and changes nothing else', () => {
    const other = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    const to = { id: 70_000, guid: other };
    const exchange = (hex: string, name: typeof to | { id: number } = to) => {
      const bytes = Buffer.from(hex, 'hex');
      const framing = readFraming(bytes, 'value', undefined);
      const changed = framing && exchangeId(bytes, 'value', undefined, framing, name);
      assert.equal(bytes.toString('hex'), hex);
      return changed && Buffer.from(changed.bytes).toString('hex');
    };
    assert.equal(exchange('00000001026461'), '00000111706461');
    assert.equal(exchange(`01${GUID_BYTES}02`), `01${other.replaceAll('-', '')}02`);
    assert.equal(exchange(`01${GUID_BYTES}02`, { id: 7 }), undefined);
    assert.equal(exchange('000000000000000007ff'), undefined);
    for (const id of [-1, 2 ** 32]) assert.equal(exchange('0000000102', { id }), undefined);
  });
});
