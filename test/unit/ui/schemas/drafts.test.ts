import assert from 'node:assert/strict';
import { Drafts } from '../../../../src/ui/schemas/drafts';

describe('drafts of schemas', () => {
  let stored: unknown;
  let drafts: Drafts;

  beforeEach(() => {
    stored = undefined;
    drafts = new Drafts({
      get: () => stored as never,
      update: (_, value) => {
        stored = JSON.parse(JSON.stringify(value));
        return Promise.resolve();
      },
    });
  });

  it('are kept until they are deleted', async () => {
    assert.equal(await drafts.set('a', 'text'), true);
    assert.equal(drafts.get('a'), 'text');
    assert.equal(drafts.get('b'), undefined);
    await drafts.delete('a');
    assert.equal(drafts.get('a'), undefined);
  });

  it('are not kept if they are very long, and the oldest go if they are many', async () => {
    assert.equal(await drafts.set('long', 'x'.repeat(1_000_001)), false);
    assert.equal(drafts.get('long'), undefined);
    for (let n = 0; n < 51; n++) await drafts.set(`draft-${n}`, 'text');
    assert.equal(drafts.get('draft-0'), undefined);
    assert.equal(drafts.get('draft-50'), 'text');
  });

  it('survive a state that something else has written', () => {
    stored = { a: 7, b: 'text' };
    assert.equal(drafts.get('a'), undefined);
    assert.equal(drafts.get('b'), 'text');
  });
});
