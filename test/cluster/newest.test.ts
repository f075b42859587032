import { testChartsOn } from './chart-journeys';
import { NEWEST } from './control-plane';

testChartsOn(NEWEST);
