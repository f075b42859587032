import { HELM_3_17 } from '../real-helm/binaries';
import { testChartsOn } from './chart-journeys';
import { OLDEST } from './control-plane';

testChartsOn({ kubernetes: OLDEST, helms: [HELM_3_17] });
