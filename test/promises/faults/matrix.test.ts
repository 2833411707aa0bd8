import { expectations } from './expectations';
import { describeMatrix } from './matrix';
import { operations } from './operations';
import { proxies } from './proxies';
import { services } from './services';
import { ways } from './ways';

const hdinsight = { name: 'hdinsight', emulator: {}, operations, rows: expectations };

describeMatrix('operations under faults', [hdinsight], 'faults.md');
describeMatrix('operations of the other proxies under faults', proxies, 'faults-proxies.md');
describeMatrix('operations with each way to sign in under faults', ways, 'faults-sign-in.md');
describeMatrix('signing in under faults of its service', services, 'faults-services.md');
