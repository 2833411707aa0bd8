import assert from 'node:assert/strict';
import { BufferPool } from '../../../../src/viewer/store/bufferPool';

describe('A pool of buffers', () => {
  it('gives what it was given before it makes more', () => {
    const pool = new BufferPool();
    const given = pool.take(100);
    assert.equal(given.byteLength, 100);
    assert.notEqual(pool.take(100), given);
    pool.give(given);
    assert.equal(pool.take(100), given);
    assert.notEqual(pool.take(100), given);
  });

  it('gives the smallest that is large enough, but nothing much too large', () => {
    const pool = new BufferPool();
    const [small, middle, large] = [100, 150, 200].map((bytes) => new SharedArrayBuffer(bytes));
    for (const buffer of [large, middle, small]) if (buffer) pool.give(buffer);
    assert.equal(pool.take(201).byteLength, 201);
    assert.equal(pool.take(99), small);
    assert.equal(pool.take(99), middle);
    assert.equal(pool.take(99).byteLength, 99);
    assert.equal(pool.take(199), large);
  });
});
