import assert from 'node:assert/strict';
import { RestFormats } from '../../../../src/ui/transfer/restFormats';
import { format } from '../../../support/formats';

describe('The formats of what a run left', () => {
  let stored: unknown;
  let formats: RestFormats;
  const avro = { key: format('string'), value: format('avro(orders-value@3)') };

  beforeEach(() => {
    stored = undefined;
    formats = new RestFormats({
      get: () => stored as never,
      update: (_, value) => {
        stored = JSON.parse(JSON.stringify(value));
        return Promise.resolve();
      },
    });
  });

  it('are remembered for each of its files, until another run writes it', async () => {
    await formats.set(['file:///a.rest.jsonl', 'file:///a.set-aside.jsonl'], avro);
    assert.deepEqual(formats.get('file:///a.rest.jsonl'), avro);
    assert.deepEqual(formats.get('file:///a.set-aside.jsonl'), avro);
    assert.equal(formats.get('file:///a.jsonl'), undefined);
    const other = { key: format('long'), value: format('base64(protobuf)') };
    await formats.set(['file:///a.rest.jsonl'], other);
    assert.deepEqual(formats.get('file:///a.rest.jsonl'), other);
  });

  it('are those of the last fifty files', async () => {
    for (let n = 0; n < 51; n++) await formats.set([`file:///${n}.jsonl`], avro);
    assert.equal(formats.get('file:///0.jsonl'), undefined);
    assert.deepEqual(formats.get('file:///1.jsonl'), avro);
  });

  it('are not known where the memory holds something else', () => {
    stored = [{ file: 'a', key: 'no such format', value: 'avro' }, { file: 'b' }, 7];
    assert.equal(formats.get('a'), undefined);
    assert.equal(formats.get('b'), undefined);
  });
});
