import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { proveEquality } from '../chart-proof';
import { keepingRules, NAMED_SETS, REFUSED_SETS } from './admin-sets';
import { checkAdminObjects } from './object-check';

proveEquality({
  newChart: (app) => new DanubeAdminChart(app, 'danube-admin'),
  named: NAMED_SETS,
  refused: REFUSED_SETS,
  keepingRules,
  check: checkAdminObjects,
});
