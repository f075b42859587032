import { HELM_3_17, HELM_4 } from '../real-helm/binaries';
import { testChartsOn } from './chart-journeys';
import { NEWEST } from './control-plane';

testChartsOn({ kubernetes: NEWEST, helms: [HELM_4, HELM_3_17] });
