import assert from 'node:assert/strict';
import { Menu } from '../../../../../src/ui/tree/nodes/menu';

describe('the menu of a node', () => {
  const menu = new Menu(['consume', 'produceMessage', 'refresh'], ['produceMessage', 'refresh']);

  it('names its commands, and those with an icon on the row', () => {
    const words = 'consume produceMessage refresh inline-produceMessage inline-refresh';
    assert.equal(menu.words(false), words);
    assert.equal(Menu.none.words(false), '');
  });

  it('offers nothing that writes on what is read-only', () => {
    assert.equal(menu.words(true), 'consume refresh inline-refresh');
    const writing = new Menu(['createTopic', 'produceMessage', 'produceFile'], ['createTopic']);
    assert.equal(writing.words(true), '');
  });
});
