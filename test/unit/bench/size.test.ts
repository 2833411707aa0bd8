import assert from 'node:assert/strict';
import { packedSizes } from '../../support/packages/packedSizes';

/** The entry of a file in the central directory of a ZIP archive. */
function entry(name: string, packed: number, comment = ''): Buffer {
  const head = Buffer.alloc(46);
  head.write('PK\x01\x02', 'latin1');
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(9_999, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(comment.length, 32);
  return Buffer.concat([head, Buffer.from(name + comment)]);
}

function archive(files: Buffer, directory: readonly Buffer[], comment = ''): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(files.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([files, ...directory, end, Buffer.from(comment)]);
}

describe('sizes of what is packed', () => {
  it('are those of the files in the archive, compressed', () => {
    const directory = [entry('extension/dist/a.js', 12, 'note'), entry('extension/LICENSE', 345)];
    const sizes = [...packedSizes(archive(Buffer.alloc(100), directory, 'a comment'))];
    assert.deepEqual(sizes, [
      ['extension/dist/a.js', 12],
      ['extension/LICENSE', 345],
    ]);
  });

  it('are not there for what is no archive', () => {
    assert.throws(() => [...packedSizes(Buffer.alloc(100, 1))], RangeError);
    assert.throws(() => [...packedSizes(Buffer.alloc(3))], RangeError);
  });
});
