import { HELM_3_17, HELM_4 } from '../real-helm/binaries';
import { testChartsOn } from './chart-journeys';
import { NEWEST } from './control-plane';
import { testReadmeScenarios } from './readme-scenarios';

testChartsOn({
  kubernetes: NEWEST,
  helms: [HELM_4, HELM_3_17],
  more: testReadmeScenarios,
});
