import assert from 'node:assert/strict';
import { droppedUris } from '../../../../src/ui/tree/droppedUris';

describe('what is dropped', () => {
  it('is a list of URIs, with comments', () => {
    assert.deepEqual(
      droppedUris('# files\r\nfile:///a.jsonl\r\nfile:///b%20c.csv\n\nfile:///a.jsonl'),
      ['file:///a.jsonl', 'file:///b%20c.csv'],
    );
    assert.deepEqual(droppedUris(''), []);
  });
});
