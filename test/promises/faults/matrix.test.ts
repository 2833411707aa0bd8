import { expectations } from './expectations';
import { describeMatrix } from './matrix';
import { operations } from './operations';
import { proxies } from './proxies';

const hdinsight = { name: 'hdinsight', emulator: {}, operations, rows: expectations };

describeMatrix('operations under faults', [hdinsight], 'faults.md');
describeMatrix('operations of the other proxies under faults', proxies, 'faults-proxies.md');
