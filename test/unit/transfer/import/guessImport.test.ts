import assert from 'node:assert/strict';
import { guessImport, previewImport } from '../../../../src/transfer/import/guessImport';
import { readHead } from '../../../../src/transfer/import/head';

const head = (text: string) => ({ bytes: Buffer.from(text), whole: true });

describe('guessing how to import', () => {
  const formats: [name: string, text: string, format: string][] = [
    ['a.json', '\ufeff [\n{"value":1}]', 'json'],
    ['a.json', '[1,2]', 'json'],
    ['a.txt', '[{"value":1}]', 'json'],
    ['a.log', '[INFO] started\n[INFO] stopped', 'lines'],
    ['a.jsonl', '\n{"value":1}\n{"value":2}\n', 'jsonl'],
    ['a.json', '{"value":1}\n{"value":2}\n', 'jsonl'],
    ['a', '{"value":1}', 'jsonl'],
    ['a.jsonl', '{"id":1}\n{"id":2}\n', 'lines'],
    ['a.ndjson', '[1]\n[2]\n', 'lines'],
    ['a.csv', 'id\n1\n', 'csv'],
    ['A.CSV', '', 'csv'],
    ['a.tsv', 'k\tv\n', 'csv'],
    ['a.txt', 'Key|Value\n1|2\n', 'csv'],
    ['a.txt', 'hello, world\n', 'lines'],
    ['a.txt', '', 'lines'],
  ];
  for (const [name, text, format] of formats) {
    it(`takes ${name} with ${JSON.stringify(text)} for ${format}`, async () => {
      assert.equal((await guessImport(head(text), name)).format, format);
    });
  }
});

describe('the preview of an import', () => {
  it('shows the first records and bad lines', async () => {
    const items = await previewImport(
      head('{"value":1}\nx\n{"value":2}\n'),
      { format: 'jsonl' },
      2,
    );
    assert.deepEqual(
      items.map(({ kind, line }) => [kind, line]),
      [
        ['record', 1],
        ['bad', 2],
      ],
    );
  });

  it('leaves out what the head cuts off', async () => {
    const cut = { ...head('[{"value":1},{"value":2'), whole: false };
    const items = await previewImport(cut, { format: 'json' }, 10);
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['record'],
    );
  });

  it('reads no more of a file than it needs', async () => {
    let [read, closed] = [0, false];
    async function* file() {
      try {
        for (;;) {
          yield await Promise.resolve(Buffer.alloc(100_000, 'x\n'));
          read += 1;
        }
      } finally {
        closed = true;
      }
    }
    const { bytes, whole } = await readHead(file());
    assert.deepEqual([bytes.length, whole, read, closed], [256 * 1024, false, 2, true]);
  });

  it('knows when it has the whole file', async () => {
    const { bytes, whole } = await readHead(
      (async function* () {
        yield await Promise.resolve(Buffer.from('ab'));
        yield Buffer.from('c');
      })(),
    );
    assert.deepEqual([bytes.toString(), whole], ['abc', true]);
  });
});
