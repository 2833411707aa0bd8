import assert from 'node:assert/strict';
import { Tail } from '../../../../src/ui/messages/tail';

describe('The end of a followed document', () => {
  it('stays in view while the document grows, however late the editor says what it shows', () => {
    const tail = new Tail();
    for (let batch = 0; batch < 3; batch++) {
      tail.grew(500);
      tail.received(100);
    }
    tail.saw(1_500);
    assert.ok(tail.sticks);
    tail.grew(500);
    tail.saw(0);
    assert.deepEqual([tail.sticks, tail.missed], [true, 0]);
  });

  it('leaves the view once a person scrolls up, and messages are counted from then on', () => {
    const tail = new Tail();
    tail.received(5);
    tail.saw(20);
    tail.received(3);
    tail.grew(15);
    tail.received(1);
    tail.grew(5);
    assert.deepEqual([tail.sticks, tail.missed], [false, 4]);
  });

  it('does not come back while a person scrolls down part of the way', () => {
    const tail = new Tail();
    tail.saw(100);
    tail.saw(50);
    tail.received(1);
    assert.deepEqual([tail.sticks, tail.missed], [false, 1]);
  });

  it('comes back when a person scrolls to the end', () => {
    const tail = new Tail();
    tail.saw(20);
    tail.received(2);
    tail.grew(10);
    tail.saw(1);
    assert.deepEqual([tail.sticks, tail.missed], [true, 0]);
  });
});
