import type { StringKey } from '../../viewer/strings';

/** Examples of filters. */
export const filterExamples: readonly (readonly [example: string, meaning: StringKey])[] = [
  ['order', 'helpText'],
  ['"order 17"', 'helpPhrase'],
  ['/ord(er)?-\\d+/i', 'helpRegex'],
  ['user.id >= 5 status != paid', 'helpMember'],
  ['status in [new, paid]', 'helpIn'],
  ['$.items[*].price > 9.99 key:$.id == 5', 'helpPath'],
  ['name =~ /^al/i $.note contains late', 'helpPathRegex'],
  ['key:alice value:/refund/ value:null', 'helpField'],
  ['key == order-17', 'helpWhole'],
  ['header:trace header.type = order', 'helpHeader'],
  ['partition:0,2 offset >= 100 size:1kb..2mb', 'helpNumbers'],
  ['time >= 2026-11-22T14:00 time:"last 2 h"', 'helpTime'],
  ['(a or b) and not c', 'helpCombine'],
];
