import { operations } from '../faults/operations';
import { describeTorture } from './torture';

const hdinsight = { name: 'hdinsight', emulator: {}, operations };

describeTorture('each call of an operation fails once', [hdinsight], 'torture.md');
