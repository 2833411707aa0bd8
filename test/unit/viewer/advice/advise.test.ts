import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advise } from '../../../../src/viewer/advice/advise';
import { parseFilter } from '../../../../src/viewer/filter/filterParser';
import { clock } from '../filter/reading';
import { seenIn } from './seen';

const order = (id: number, status: string) =>
  JSON.stringify({
    id,
    status,
    code: String(id),
    paid: id > 1,
    size: id,
    user: { mail: `${id}@x`, 'odd name': 1 },
    items: [{ price: 1.5 }],
  });
const seen = seenIn(
  [order(1, 'NEW'), order(2, 'SHIPPED'), order(3, 'NEW')],
  ['{"shop":1}', '{"shop":2}', '{"shop":3}'],
  { trace: 'a', Type: 'order' },
);

describe('A filter that matches nothing', () => {
  for (const [filter, suggestion] of [
    // Names of fields.
    ['partion:0', 'partition:0'],
    ['ofset>5', 'offset>5'],
    ['vlaue:x', 'value:x'],
    ['tmestamp > 2026-11-22', 'timestamp > 2026-11-22'],
    ['payload:x part:2', 'value:x partition:2'],
    ['offset=>5', 'offset>=5'],
    ['partition=<5', 'partition<=5'],
    ['$.id => 5', '$.id >= 5'],
    ['$.id=<5 NEW', '$.id <= 5 NEW'],
    ['id gt 5', 'id > 5'],
    ['$.id eq 5', '$.id == 5'],
    ['offset lte 5', 'offset <= 5'],
    ['nothing gt 5', null],
    ['status in NEW', 'status in [NEW]'],
    ['$.id in 1,2', '$.id in [1,2]'],
    ['5 < $.id', '$.id > 5'],
    ['size > 5', '$.size > 5'],
    ['size:>5', null],
    ['size > 5 kb', null],
    // Paths.
    ['value.idd == 1', '$.id == 1'],
    ['$.Status == "NEW"', '$.status == "NEW"'],
    ['$.mail == x', '$.user.mail == "x"'],
    ['user.mial =~ /x/i', '$.user.mail =~ /x/i'],
    ['$.items.price > 1', '$.items[*].price > 1'],
    ['$.items[0].prize > 1', '$.items[*].price > 1'],
    ['$.shop == 1', 'key:$.shop == 1'],
    ['payload.user.mail == x', '$.user.mail == "x"'],
    ['key:($.ship == 1 or $.id)', 'key:($.shop == 1 or value:$.id)'],
    ['$.user["Odd Name"]', '$.user["odd name"]'],
    ['$.nothing.like.it == 1', null],
    ['$..nothing', null],
    // Texts that were meant as paths.
    ['value.id', '$.id'],
    ['key.shop x', 'key:$.shop x'],
    ['user.mail', '$.user.mail'],
    ['headers.trace', 'header:trace'],
    ['status:NEW', '$.status == NEW'],
    ['id:>5', '$.id > 5'],
    ['id=5', '$.id = 5'],
    ['id =5', '$.id = 5'],
    ['"id" == 5', '$.id == 5'],
    ['"id" : 5 x', '$.id == 5 x'],
    ['status contains N', '$.status contains N'],
    ['status is NEW', '$.status == NEW'],
    ['status', null],
    ['"partion:0"', null],
    // Values.
    ['$.id == "5"', '$.id == 5'],
    ['$.code == 5', '$.code == "5"'],
    ['$.paid == "true"', '$.paid == true'],
    ['status == new', '$.status == "NEW"'],
    ['$.status in [SHIPED, NEW]', '$.status in ["SHIPPED", "NEW"]'],
    ['status == CANCELLED', null],
    ['status == “NEW”', '$.status == "NEW"'],
    ['“two words”', '"two words"'],
    ["key:'a b'", 'key:"a b"'],
    ["O'Brien", null],
    ['key == shop', 'key:shop'],
    ['value == "a b"', 'value:"a b"'],
    // Headers.
    ['header:tarce', 'header:trace'],
    ['header:type=order', 'header:Type == "order"'],
    ['header:Type=Order', 'header:Type == "order"'],
    // Wildcards.
    ['err*', 'err'],
    ['key:*m-1*', 'key:m-1'],
    ['value:a*b', 'value:/a.*b/i'],
    ['status == N*', '$.status =~ /^N.*$/i'],
    ['* **', null],
    // Operators.
    ['partition 0 x', 'partition:0 x'],
    ['a||b', 'a || b'],
    ['key:a||b', 'key:(a || b)'],
    ['x', null],
    ['a or (partion:0 and -$.idd == 1)', 'a or (partition:0 and -$.id == 1)'],
  ] as const) {
    it(`leads from ${filter} to ${suggestion ?? 'nothing'}`, () => {
      assert.ok(parseFilter(filter, clock));
      assert.deepEqual(advise(filter, seen, clock), { suggestion, lacksHeaders: false });
    });
  }

  it('asks for headers that no message has', () => {
    assert.deepEqual(advise('x header:a=b', seenIn(['{}']), clock), {
      suggestion: null,
      lacksHeaders: true,
    });
  });

  it('leads only to filters, whatever it is', () => {
    const pieces = fc.constantFrom(
      ...['id', 'status', 'partion', ':', '=', '==', ' ', '(', ')', '"', '>', 'key:', 'shop', '||'],
      ...['$.', 'NEW', '5', ' in [', ']', 'header:', ' or ', '-', ' is ', "'"],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (all) => {
        const { suggestion } = advise(all.join(''), seen, clock);
        if (suggestion !== null) parseFilter(suggestion, clock);
      }),
      { numRuns: 3000 },
    );
  });
});
