import { browse, encode, prepareDecoding, register } from './operations/decoding';
import { removeSecrets, replaceSecrets } from './operations/secrets';
import { exportedThere, producedThere } from './operations/virtual';
import { hdinsight, named, strimzi, ways } from './faces';
import { describeTorture } from './torture';

const writing = ['list', 'describe', 'create', 'produce', 'bulk produce'];

describeTorture(
  'each call of another operation fails once',
  [
    {
      ...hdinsight,
      operations: [
        ...named(...writing),
        exportedThere,
        producedThere,
        replaceSecrets,
        removeSecrets,
      ],
    },
    { ...strimzi, operations: [...named('produce'), encode, register, browse] },
    ...ways,
  ],
  { file: 'torture-writing.md', prepare: prepareDecoding },
);
