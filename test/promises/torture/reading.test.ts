import { decode, prepareDecoding } from './operations/decoding';
import { view } from './operations/viewing';
import { hdinsight, named, strimzi } from './faces';
import { describeTorture } from './torture';

const reading = ['read', 'follow', 'export'];

describeTorture(
  'each call of an operation that reads fails once',
  [
    { ...hdinsight, operations: [...named(...reading), view] },
    { ...strimzi, operations: [...named('read'), decode] },
  ],
  { file: 'torture-reading.md', prepare: prepareDecoding },
);
