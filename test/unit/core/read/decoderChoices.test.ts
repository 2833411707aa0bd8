import assert from 'node:assert/strict';
import { formatText } from '../../../../src/core/message/codec';
import {
  type DecoderLayer,
  isFor,
  literalGlob,
  readDecoders,
} from '../../../../src/core/read/decoderChoices';

function layer(value: unknown, scope: DecoderLayer['scope'] = 'user'): DecoderLayer {
  return { scope, value, mayNameFiles: scope === 'user' };
}

function found(layers: readonly DecoderLayer[], cluster = 'prod', topic = 'orders') {
  const { key, value } = readDecoders(layers).find(cluster, topic);
  return [key && formatText(key), value && formatText(value)];
}

describe('The setting of decoders', () => {
  it('gives the first format that matches, for key and value each', () => {
    const own = layer([
      { topic: 'orders', value: 'avro' },
      { cluster: 'p*', key: 'long' },
      { topic: '*', key: 'hex', value: 'base64(avro)' },
    ]);
    assert.deepEqual(found([own]), ['long', 'avro']);
    assert.deepEqual(found([own], 'dev', 'other'), ['hex', 'base64(avro)']);
    assert.deepEqual(found([]), [undefined, undefined]);
    assert.deepEqual(readDecoders([layer(undefined), layer(null)]).invalid, []);
  });

  it('prefers the nearer settings', () => {
    const near = layer([{ topic: 'orders', value: 'cbor' }], 'workspace');
    const own = layer([{ key: 'long', value: 'avro' }]);
    assert.deepEqual(found([near, own]), ['long', 'cbor']);
  });

  it('says which entry is wrong, and uses the others', () => {
    const { invalid } = readDecoders([
      layer({}, 'folder'),
      layer([{ value: 'avroo' }, 'avro', { topic: 7, key: 'long' }, { topic: 'x' }]),
      layer(
        [
          { cluster: ' ', key: 'long' },
          { key: 'lonng', value: 'avro' },
        ],
        'workspace',
      ),
    ]);
    assert.deepEqual(invalid, [
      { scope: 'folder', problem: 'not-a-list' },
      { scope: 'user', index: 0, field: 'value', problem: 'not-a-format' },
      { scope: 'user', index: 1, problem: 'not-an-entry' },
      { scope: 'user', index: 2, field: 'topic', problem: 'not-a-glob' },
      { scope: 'user', index: 3, problem: 'not-an-entry' },
      { scope: 'workspace', index: 0, field: 'cluster', problem: 'not-a-glob' },
      { scope: 'workspace', index: 1, field: 'key', problem: 'not-a-format' },
    ]);
    assert.deepEqual(found([layer([{ value: 'avroo' }, { value: 'avro' }])]), [undefined, 'avro']);
  });

  it('counts 500 entries in one place', () => {
    const entries = Array.from({ length: 500 }, () => ({ topic: 'x', value: 'avro' }));
    assert.deepEqual(readDecoders([layer(entries)]).invalid, []);
    const more = layer([...entries, { value: 'avro' }]);
    assert.deepEqual(readDecoders([more]).invalid, [
      { scope: 'user', index: 500, problem: 'many' },
    ]);
    assert.deepEqual(found([more]), [undefined, undefined]);
  });

  it('refuses files that a workspace names while it is not trusted', () => {
    const formats = ['avro(../secret.avsc)', 'base64(gzip(protobuf(a.proto#b.C)))'];
    for (const value of formats) {
      const { find, invalid } = readDecoders([layer([{ value }], 'workspace')]);
      assert.deepEqual(find('prod', 'orders'), {});
      assert.deepEqual(invalid, [
        { scope: 'workspace', index: 0, field: 'value', problem: 'file' },
      ]);
      assert.deepEqual(found([layer([{ value }])]), [undefined, value]);
      const ofKey = readDecoders([layer([{ key: value }], 'workspace')]);
      assert.deepEqual(ofKey.find('prod', 'orders'), {});
      assert.deepEqual(ofKey.invalid, [
        { scope: 'workspace', index: 0, field: 'key', problem: 'file' },
      ]);
      assert.deepEqual(found([layer([{ key: value }])]), [value, undefined]);
    }
    assert.deepEqual(found([layer([{ value: 'avro(orders-value)' }], 'workspace')]), [
      undefined,
      'avro(orders-value)',
    ]);
  });

  it('names one topic by a pattern that no other one fits', () => {
    for (const topic of ['orders', 'a*b', '!x', 'a[0-9]', '{a,b}', 'a?c']) {
      const entry = { cluster: 'prod', topic: literalGlob(topic), value: 'avro' };
      assert.deepEqual(found([layer([entry])], 'prod', topic), [undefined, 'avro']);
      assert.deepEqual(found([layer([entry])], 'prod', `${topic}0`), [undefined, undefined]);
      assert.ok(isFor(entry, 'prod', topic));
    }
    assert.equal(literalGlob('a!b'), 'a!b');
    assert.ok(!isFor({ cluster: 'prod', topic: 'x', value: 'avro' }, 'prod', 'orders'));
    assert.ok(!isFor({ topic: 'orders', value: 'avro' }, 'prod', 'orders'));
  });
});
