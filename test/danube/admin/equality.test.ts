import { App } from 'cdk8s';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { writeChart } from '../../../src/helm';
import { oneWayConditions } from '../../property/coverage';
import { checkEquality } from '../../property/equality';
import { provesEquality } from '../../property/equality-proof';
import { leafSets } from '../../property/leaves';
import { HELM_3_12, HELM_3_17, HELM_4 } from '../../real-helm/binaries';
import { adminReleases, NAMED_SETS, REFUSED_SETS } from './admin-sets';
import { checkAdminObjects } from './object-check';

const chart = new DanubeAdminChart(new App(), 'danube-admin');
let output: string;
let directory: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'danube-admin-'));
  directory = writeChart(chart, output);
});

afterAll(() => {
  rmSync(output, { recursive: true });
});

test('500 random releases are the same in Helm 4 and evaluated, and sound', async () => {
  const proof = await provesEquality({
    chart,
    directory,
    runs: 500,
    sets: adminReleases(chart),
    helms: [{ helm: HELM_4 }, { helm: HELM_3_17, share: 0.1 }, { helm: HELM_3_12, share: 0.1 }],
    check: checkAdminObjects,
  });
  expect(proof.rendered.length).toBeGreaterThanOrEqual(600);
});

test('every value shows in the objects or notes, and is the same in Helm 4', async () => {
  const { sets, dead } = leafSets(chart, NAMED_SETS);
  expect(dead).toEqual([]);
  const { mismatches } = await checkEquality(
    chart,
    directory,
    sets.map(({ set }) => set),
    { helm: HELM_4 },
  );
  expect(mismatches).toEqual([]);
});

test('every gate, condition and rule goes both ways over the named sets and leaves', () => {
  const { sets } = leafSets(chart, NAMED_SETS);
  const all = [...NAMED_SETS, ...REFUSED_SETS, ...sets].map(({ set }) => set);
  expect(oneWayConditions(chart, all)).toEqual([]);
});

test('the named sets are the same in every Helm, and sound', async () => {
  for (const helm of [HELM_4, HELM_3_17, HELM_3_12]) {
    const { mismatches } = await checkEquality(
      chart,
      directory,
      NAMED_SETS.map(({ set }) => set),
      { helm, check: checkAdminObjects },
    );
    expect(mismatches).toEqual([]);
  }
});
