import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { proveEquality } from '../chart-proof';
import { keepingRules, NAMED_SETS, REFUSED_SETS } from './core-sets';
import { checkObjects } from './object-check';

proveEquality({
  newChart: (app) => new DanubeCoreChart(app, 'danube-core'),
  named: NAMED_SETS,
  refused: REFUSED_SETS,
  keepingRules,
  check: checkObjects,
});
