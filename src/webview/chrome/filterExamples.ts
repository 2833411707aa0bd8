import type { StringKey } from '../../viewer/strings';

/** Examples of filters. */
export const filterExamples: readonly (readonly [example: string, meaning: StringKey])[] = [
  ['order', 'helpText'],
  ['"order 17"', 'helpPhrase'],
  ['/ord(er)?-\\d+/i', 'helpRegex'],
  ['key:alice value:/refund/ value:null', 'helpField'],
  ['header:trace header:type=order header:source=~/^app/', 'helpHeader'],
  ['partition:0,2 offset:>=100 size:1kb..2mb', 'helpNumbers'],
  ['time:>=2026-11-22T14:00', 'helpTime'],
  ['$.user.id == 5', 'helpPath'],
  ['$.name =~ /^al/i', 'helpPathRegex'],
  ['(a or b) and not c', 'helpCombine'],
];
