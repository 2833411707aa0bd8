import assert from 'node:assert/strict';
import promises, { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import type { Imported, ImportOptions } from '../../../../src/transfer/import/imported';
import { importLayout } from '../../../../src/transfer/bulk/importLayout';
import { importRecords } from '../../../../src/transfer/import/importRecords';
import type { SinkName } from '../../../../src/transfer/bulk/sink';
import { localFolder } from '../../../../src/transfer/bulk/localFolder';
import { type Folder, RestFiles } from '../../../../src/transfer/bulk/restFiles';

const jsonl: ImportOptions = { format: 'jsonl' };

describe('RestFiles', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rest-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const reserve = (source: string, options: ImportOptions = jsonl) =>
    RestFiles.reserve(localFolder(folder), source, importLayout(options));
  const text = (name: string) => readFile(join(folder, name), 'utf8');

  async function importAll(
    content: string | Uint8Array,
    options: ImportOptions,
    maxBytes?: number,
  ) {
    const items: Imported[] = [];
    const batches = importRecords([Buffer.from(content)], options, {
      ...(maxBytes && { maxBytes }),
    });
    for await (const batch of batches) items.push(...batch);
    return items;
  }

  /** Keeps what a file holds in these places, one item each, and returns the names. */
  async function keepAll(
    source: string,
    content: string | Uint8Array,
    places: readonly SinkName[],
    options: ImportOptions = jsonl,
    maxBytes?: number,
  ) {
    const files = await reserve(source, options);
    for (const [index, item] of (await importAll(content, options, maxBytes)).entries()) {
      const place = places[index];
      if (place) await files.keep(place, [item]);
    }
    return (await files.close()).files;
  }

  it('writes what can be sent again, what is unclear and what is bad apart, exactly as it was', async () => {
    const lines = [
      '{"value":  1.0}',
      '{"value":"é"}',
      '{bad',
      '{"key":"k","value":{}}',
      '{"value":2}',
    ];
    const places: SinkName[] = ['rest', 'unclear', 'setAside', 'rest', 'rest'];
    const names = await keepAll('orders.jsonl', lines.join('\r\n'), places);
    assert.deepEqual(names, {
      rest: 'orders.rest.jsonl',
      unclear: 'orders.unclear.jsonl',
      setAside: 'orders.set-aside.jsonl',
    });
    assert.equal(await text('orders.rest.jsonl'), `${lines[0]}\n${lines[3]}\n${lines[4]}\n`);
    assert.equal(await text('orders.unclear.jsonl'), `${lines[1]}\n`);
    assert.equal(await text('orders.set-aside.jsonl'), '{bad\n');
  });

  it('leaves no file that would be empty', async () => {
    assert.deepEqual(await keepAll('orders.jsonl', '{"value":1}', []), {});
    assert.deepEqual(await readdir(folder), []);
  });

  it('leaves out what is not needed after all', async () => {
    const files = await reserve('orders.jsonl');
    await files.keep('rest', await importAll('{"value":1}', jsonl));
    assert.deepEqual(await files.close({ discard: true }), { files: {} });
    assert.deepEqual(await readdir(folder), []);
  });

  it('never overwrites a file', async () => {
    await writeFile(join(folder, 'orders.rest.jsonl'), 'old');
    await writeFile(join(folder, 'orders.rest-2.jsonl'), 'old');
    const names = await keepAll('orders.jsonl', '{"value":1}\n{', ['rest', 'setAside']);
    assert.deepEqual(names, {
      rest: 'orders.rest-3.jsonl',
      setAside: 'orders.set-aside.jsonl',
    });
    assert.equal(await text('orders.rest.jsonl'), 'old');
  });

  it('names what is left of a rest after the first file', async () => {
    await writeFile(join(folder, 'orders.rest.jsonl'), '');
    for (const source of [
      'orders.rest.jsonl',
      'orders.unclear-4.jsonl',
      'orders.set-aside.jsonl',
    ]) {
      const names = await keepAll(source, '{"value":1}', ['rest']);
      assert.match(names.rest ?? '', /^orders\.rest-\d\.jsonl$/);
    }
    assert.equal((await keepAll('orders', '{"value":1}', ['rest'])).rest, 'orders.rest');
    assert.equal((await keepAll('a.b.json', '{"value":1}', ['rest'])).rest, 'a.b.rest.json');
    assert.equal((await keepAll('.rest.json', '{"value":1}', ['rest'])).rest, '.rest.rest.json');
  });

  describe('while the disk fails', () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });

    type OpenGiven = Parameters<typeof promises.open>;
    const { open: real } = promises;

    /** A folder on a disk that takes half of the n-th text, and on which `broken` do not close. */
    function failing(nth: number, broken: RegExp = /^$/): Folder {
      let appended = 0;
      const folderOf = localFolder(folder);
      return {
        create: async (name) => {
          const open = mock.method(promises, 'open', async (...given: OpenGiven) => {
            const file = await real(...given);
            const append = file.appendFile.bind(file);
            file.appendFile = async (bytes) => {
              if (++appended !== nth) return append(bytes);
              await append((bytes as Uint8Array).subarray(0, bytes.length >> 1));
              throw full;
            };
            const close = file.close.bind(file);
            file.close = async () => {
              await close();
              if (broken.test(name)) throw full;
            };
            return file;
          });
          try {
            return await folderOf.create(name);
          } finally {
            open.mock.restore();
          }
        },
        remove: () => Promise.reject(full),
      };
    }

    const keep = async (files: RestFiles<Imported>, sink: SinkName, line: string) =>
      files.keep(sink, await importAll(line, jsonl));

    it('leaves no half of a message', async () => {
      const files = await RestFiles.reserve(failing(2), 'orders.jsonl', importLayout(jsonl));
      await keep(files, 'rest', '{"value":1}');
      await assert.rejects(keep(files, 'rest', '{"value":"123456789"}'), full);
      assert.deepEqual(await files.close(), { files: { rest: 'orders.rest.jsonl' } });
      assert.equal(await text('orders.rest.jsonl'), '{"value":1}\n');
    });

    it('does not name a file to which nothing was written', async () => {
      const layout = importLayout({ format: 'json' });
      const files = await RestFiles.reserve(failing(1), 'orders.json', layout);
      await assert.rejects(keep(files, 'rest', '{"value":1}'), full);
      assert.deepEqual(await files.close(), { files: {} });
    });

    it('completes each file, whatever becomes of the others', async () => {
      const folderOf = failing(0, /rest/);
      const files = await RestFiles.reserve(folderOf, 'orders.jsonl', importLayout(jsonl));
      await keep(files, 'rest', '{"value":1}');
      await keep(files, 'unclear', '{"value":2}');
      const closed = await files.close();
      assert.deepEqual(closed, { files: { unclear: 'orders.unclear.jsonl' }, error: full });
    });

    it('does not mind an empty file that cannot be removed', async () => {
      const files = await RestFiles.reserve(failing(0), 'orders.jsonl', importLayout(jsonl));
      assert.deepEqual(await files.close(), { files: {} });
    });
  });

  it('says beforehand when nothing can be written', async () => {
    const missing = localFolder(join(folder, 'missing'));
    await assert.rejects(RestFiles.reserve(missing, 'orders.jsonl', importLayout(jsonl)), {
      code: 'ENOENT',
    });
  });

  for (const [name, options, content] of [
    ['lines.txt', { format: 'lines' }, 'a\r\r\n\ufeffb\r\n\ufeff\ufeffc\n\r\r\nd\r'],
    ['mark.txt', { format: 'lines' }, '\ufeff\ufeffa\r\r\nb'],
    ['mark.jsonl', jsonl, '\ufeff\ufeff{"value":1}\n{"value":2}\r\r\n'],
    ['bytes.txt', { format: 'lines' }, Buffer.from('efbbbfefbbbfff0d0a61', 'hex')],
    [
      'rows.csv',
      {
        format: 'csv',
        csv: { delimiter: ',', hasHeader: true, header: ['value'], columns: { value: 0 } },
      },
      'value\na\r\r\n\ufeffb\r\r',
    ],
  ] as const) {
    it(`keeps what looks like the end of a line or the mark of a file: ${name}`, async () => {
      const items = await importAll(content, options);
      for (const from of items.keys()) {
        const places = items.map((_, index): SinkName => (index < from ? 'unclear' : 'rest'));
        const { rest = '' } = await keepAll(name, content, places, options);
        const again = await importAll(await readFile(join(folder, rest)), options);
        const bare = (item: Imported) => ({ ...item, line: 0 });
        assert.deepEqual(again.map(bare), items.slice(from).map(bare));
      }
    });
  }

  it('begins CSV with the header row, and keeps line breaks in quotes', async () => {
    const csv = {
      delimiter: ';',
      hasHeader: true,
      header: ['the key', 'value', 'a"b', ''],
      columns: { key: 0, value: 1 },
    } as const;
    const rows = ['k;"1\r\n2";;', 'k;"""";x;', 'too;few', '"";;;'];
    const content = `the key;value;"a""b";\n${rows.join('\n')}\n`;
    const options: ImportOptions = { format: 'csv', csv };
    await keepAll('t.csv', content, ['rest', 'rest', 'setAside', 'rest'], options);
    assert.equal(
      await text('t.rest.csv'),
      `"the key";value;"a""b";""\n${rows[0]}\n${rows[1]}\n${rows[3]}\n`,
    );
    assert.equal(await text('t.set-aside.csv'), '"the key";value;"a""b";""\ntoo;few\n');
  });

  for (const [what, content, csv, begin] of [
    [
      'no header row',
      '\ufeff\ufeffa;1\nb;2\n',
      { delimiter: ';', header: ['', ''], columns: { key: 0, value: 1 } },
      '\ufeff\ufeffa;1\n',
    ],
    [
      'a delimiter that only the file names',
      'sep=^\nb^2\n',
      { delimiter: '^', header: ['', ''], columns: { key: 0, value: 1 } },
      'sep=^\nb^2\n',
    ],
    [
      'a first row that looks like such a line',
      'sep=;\nSEP=;\na\n',
      { delimiter: ';', header: [''], columns: { value: 0 } },
      'sep=;\nSEP=;\na\n',
    ],
    [
      'names that look like such a line',
      'sep=;\nsep=;\na\n',
      { delimiter: ';', hasHeader: true, header: ['sep=;'], columns: { value: 0 } },
      'sep=;\n"sep=;"\na\n',
    ],
    [
      'rows as objects',
      'a,b\n1,x\n',
      {
        delimiter: ',',
        hasHeader: true,
        header: ['a', 'b'],
        columns: {},
        row: { numbers: [0], empty: 'omit' },
      },
      'a,b\n1,x\n',
    ],
  ] as const) {
    it(`keeps CSV with ${what}`, async () => {
      const options: ImportOptions = { format: 'csv', csv: { hasHeader: false, ...csv } };
      const items = await importAll(content, options);
      const places = items.map((): SinkName => 'rest');
      const { rest = '' } = await keepAll('a.csv', content, places, options);
      assert.ok((await text(rest)).startsWith(begin), await text(rest));
      const again = await importAll(await readFile(join(folder, rest)), options);
      const bare = (item: Imported) => ({ ...item, line: 0 });
      assert.deepEqual(again.map(bare), items.map(bare));
    });
  }

  it('writes a JSON array as one', async () => {
    const content = '[ {"value": 1}, {"value": {"a":\n2}} , {"x":1}]';
    const options: ImportOptions = { format: 'json' };
    await keepAll('t.json', content, ['rest', 'rest', 'setAside'], options);
    assert.equal(await text('t.rest.json'), '[\n{"value": 1},\n{"value": {"a":\n2}}\n]\n');
    assert.deepEqual(JSON.parse(await text('t.set-aside.json')), [{ x: 1 }]);
  });

  it('keeps bytes that are not UTF-8', async () => {
    const content = Buffer.from('616263ff0a', 'hex');
    await keepAll('t.txt', content, ['setAside'], { format: 'lines' });
    assert.deepEqual(await readFile(join(folder, 't.set-aside.txt')), content);
  });

  it('never offers for sending what it has but the beginning of', async () => {
    const content = `short\n${'x'.repeat(2000)}\nlast`;
    const names = await keepAll(
      't.txt',
      content,
      ['rest', 'rest', 'rest'],
      { format: 'lines' },
      1500,
    );
    assert.deepEqual(names, { rest: 't.rest.txt', setAside: 't.set-aside.txt' });
    assert.equal(await text('t.rest.txt'), 'short\nlast\n');
  });
});
