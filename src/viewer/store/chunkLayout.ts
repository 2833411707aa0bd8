/*
 * How a chunk holds messages. Keys and values fill it from the start; slots of a fixed size, one a
 * message, fill it from the end backwards.
 *
 * Filters and sorting look at what is shown, so that is stored as key and value. A raw key or value
 * that differs from it follows, with two lengths and a separator. Headers come last: as JSON, with
 * their length and a separator.
 *
 * A slot: timestamp, offset (64 bits each), end of the bytes, length of the key, partition, flags.
 * The flags: kinds of key, value, raw key, raw value (2 bits each), `HAS_HEADERS`, timestamp type
 * (4 bits), number of the facts of decoding (the rest).
 */

/** How a key or value is stored: null, text of ASCII characters only, other text, or bytes. */
export const PayloadKind = { null: 0, ascii: 1, text: 2, bytes: 3 } as const;

/** The bytes of a message besides key and value: a slot, and a separator after key and value. */
export const MESSAGE_OVERHEAD = 34;
/** Additional bytes if a decoded text is shown for key or value: two lengths and a separator. */
export const RAW_OVERHEAD = 9;
/** Additional bytes if it has headers: their length and a separator. */
export const HEADERS_OVERHEAD = 5;

/** UTF-8 never contains this byte, so a text found among the bytes lies within one key or value. */
export const SEPARATOR = 0xff;
export const SLOT_BYTES = 32;

/** The bits of the flags that hold the kinds of the raw key and the raw value. */
export const RAW_KEY = 0x30;
export const RAW_VALUE = 0xc0;
export const RAW_KINDS = RAW_KEY | RAW_VALUE;
export const HAS_HEADERS = 0x100;
/** The numbers of timestamp types are below this one. */
export const MAX_TYPES = 16;
/** The numbers of facts are below this one. */
export const MAX_FACTS = 4096;
export const TYPE_SHIFT = 9;
export const FACTS_SHIFT = 13;

/** Returns the index of the first word of a slot in a chunk of this many 32-bit words. */
export function slotAt(words: number, index: number): number {
  return words - (index + 1) * (SLOT_BYTES / 4);
}
