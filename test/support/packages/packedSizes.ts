const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;

/**
 * Returns the files of a ZIP archive and the compressed size of each in bytes, from its central
 * directory (APPNOTE of PKWARE, 4.3.12 and 4.3.16). Throws a `RangeError` if it is not a ZIP
 * archive.
 */
export function* packedSizes(archive: Buffer): Generator<[string, number]> {
  let end = archive.length - END_BYTES;
  while (end > 0 && archive.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new RangeError('no ZIP archive');
    const length = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + length);
    yield [name, archive.readUInt32LE(at + 20)];
    at += ENTRY_BYTES + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}
