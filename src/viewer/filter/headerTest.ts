import type { RecordHeader } from '../../core/kafka';
import { headerText } from '../../core/message/headers';
import type { FilterNode, Test } from './filterNode';
import { wholeTest } from './wholeText';

/** Returns a test for a header. Bytes that are not UTF-8 have no text. */
export function headerTest({
  name,
  test,
}: Extract<FilterNode, { kind: 'header' }>): (header: RecordHeader) => boolean {
  if (!test) return (header) => header.name === name;
  const holds = headerValueTest(test);
  return (header) => header.name === name && holds(header.value);
}

function headerValueTest(test: Test): (value: Uint8Array | null) => boolean {
  switch (test.operator) {
    case '=~': {
      const regex = new RegExp(test.pattern.source, test.pattern.flags);
      return ofText((text) => regex.test(text));
    }
    case '!=': {
      const equal = headerValueTest({ ...test, operator: '==' });
      return (value) => !equal(value);
    }
    case 'not in': {
      const equal = headerValueTest({ ...test, operator: 'in' });
      return (value) => !equal(value);
    }
    case '==':
    case 'in': {
      const literals = test.operator === 'in' ? test.literals : [test.literal];
      const holds = ofText(wholeTest({ operator: 'in', literals }));
      const isNull = literals.some(({ kind }) => kind === 'constant');
      return (value) => (value ? holds(value) : isNull);
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ofText(wholeTest(test));
  }
}

function ofText(holds: (text: string) => boolean): (value: Uint8Array | null) => boolean {
  return (value) => {
    const text = value ? headerText(value) : undefined;
    return text !== undefined && holds(text);
  };
}
