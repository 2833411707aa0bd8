import type { KafkaFile } from '../../kafkaFile/file';
import type { Problem } from '../../kafkaFile/problems';
import { PRODUCER_DIRECTIVES } from '../../kafkaFile/properties';

/** `-- @partition 2` and `-- @partition = 2`, which lack the colon. */
const FORM = /^(--\s*@([A-Za-z][\w-]*))(\s*=\s*|\s+)(?=[^\s:=])/;

/** Finds comments that were probably meant as directives. The span is what a colon replaces. */
export function directiveForms(file: KafkaFile): Problem[] {
  return file.pieces.flatMap(({ kind, start, end }): Problem[] => {
    if (kind !== 'comment' && kind !== 'outside') return [];
    const [, head = '', name = '', gap = ''] = FORM.exec(file.text.slice(start, end)) ?? [];
    if (!PRODUCER_DIRECTIVES.has(name)) return [];
    const from = start + head.length;
    return [{ kind: 'directive-form', start: from, end: from + gap.length, name }];
  });
}
