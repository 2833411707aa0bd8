/** The polynomial of Castagnoli, with its bits reversed. */
const POLYNOMIAL = 0x82f63b78;

/**
 * Tables for eight bytes at a time, one after the other; see "slicing-by-8" of Intel. Signed
 * numbers are fast in JavaScript; unsigned ones of 32 bits are not.
 */
const tables = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  tables[byte] = crc;
}
for (let at = 256; at < tables.length; at++) {
  const before = entry(at - 256);
  tables[at] = (before >>> 8) ^ entry(before & 0xff);
}

function entry(at: number): number {
  return tables[at] ?? 0;
}

/** Returns the CRC-32C of bytes as an unsigned integer. */
export function crc32c(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = -1;
  let at = 0;
  for (const whole = bytes.length & ~7; at < whole; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      entry(0x700 | (low & 0xff)) ^
      entry(0x600 | ((low >>> 8) & 0xff)) ^
      entry(0x500 | ((low >>> 16) & 0xff)) ^
      entry(0x400 | (low >>> 24)) ^
      entry(0x300 | (high & 0xff)) ^
      entry(0x200 | ((high >>> 8) & 0xff)) ^
      entry(0x100 | ((high >>> 16) & 0xff)) ^
      entry(high >>> 24);
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ entry((crc ^ (bytes[at] ?? 0)) & 0xff);
  return ~crc >>> 0;
}
