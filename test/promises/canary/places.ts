import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { Content } from './processes';

/** All files below a folder, unpacked where they are packed. */
export function filesIn(folder: string): Content[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .map((file) => ({
      place: path.relative(folder, file),
      content: unpacked(file, readFileSync(file)),
    }));
}

/** The files of a ZIP archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3. */
export function filesInZip(file: string): Content[] {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const contents: Content[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const place = zip.toString('utf8', at + 46, at + 46 + (name ?? 0));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const isDeflated = zip.readUInt16LE(at + 10) === 8;
    contents.push({
      place,
      content: unpacked(place, isDeflated ? inflateRawSync(packed) : packed),
    });
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return contents;
}

function unpacked(name: string, bytes: Buffer): Buffer {
  if (name.endsWith('.br')) return brotliDecompressSync(bytes);
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/**
 * What VS Code shows in its window, and what it stores in the browser: the place of a database is
 * its name and that of the store in it.
 */
export async function contentsOf(page: Page): Promise<Record<'shown' | 'stored', Content[]>> {
  const stored = await page.evaluate<Content[]>(dumpStorage);
  const cookies = await page.context().cookies();
  const frames = page.frames().map(async (frame) => ({
    place: frame.url(),
    // A frame may go while it is looked at.
    content: await frame.content().catch(() => ''),
  }));
  return {
    shown: await Promise.all(frames),
    stored: [...stored, { place: 'cookies', content: JSON.stringify(cookies) }],
  };
}

/**
 * Which state a place in the browser holds; `undefined` for everything else, such as backups of
 * documents. The names are those of `IndexedDBStorageDatabase` in VS Code.
 */
export function stateIn(place: string): 'user' | 'workspace' | undefined {
  const [, of] = /^vscode-web-state-db-(-?\w+)/.exec(place) ?? [];
  if (of === undefined) return undefined;
  return of === 'global' ? 'user' : 'workspace';
}

/** Runs in the page. Bytes, which JSON does not show, become text of one character each. */
const dumpStorage = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const bytes = (_, value) =>
    ArrayBuffer.isView(value) || value instanceof ArrayBuffer
      ? new TextDecoder('latin1').decode(value)
      : value;
  const stored = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      const content = [await done(all.getAllKeys()), await done(all.getAll())];
      stored.push({ place: name + ' ' + store, content: JSON.stringify(content, bytes) });
    }
    database.close();
  }
  stored.push({ place: 'local storage', content: JSON.stringify({ ...localStorage }) });
  stored.push({ place: 'session storage', content: JSON.stringify({ ...sessionStorage }) });
  return stored;
})()`;
