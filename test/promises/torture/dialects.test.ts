import { configured, deleted, groups, grown } from './operations/administering';
import { copiedBeside, copiedElsewhere } from './operations/copying';
import { deletedAndForgotten, remembered } from './operations/remembering';
import { confluent, hdinsight, named, others } from './faces';
import { describeTorture } from './torture';

const common = named('create', 'produce', 'read');

describeTorture(
  'each call of an operation on another kind of REST proxy fails once',
  [
    { ...hdinsight, operations: [copiedBeside, copiedElsewhere, remembered] },
    {
      ...confluent,
      operations: [...common, grown, configured, deleted, groups, deletedAndForgotten],
    },
    ...others,
  ],
  { file: 'torture-dialects.md', prepare: () => () => undefined },
);
