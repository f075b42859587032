import { testChartsOn } from './chart-journeys';
import { OLDEST } from './control-plane';

testChartsOn(OLDEST);
