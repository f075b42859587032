import { areBuilt } from '../go-programs';
import { HELM_4 } from '../real-helm/binaries';
import { helmTemplate } from '../real-helm/run-helm';
import { chartDirectory, exampleJourneys } from './journeys';
import { JOURNEYS } from './journey-sets';
import {
  isSuppressed,
  KUBE_SCORE,
  kubeScoreFindings,
  SUPPRESSIONS,
  type Finding,
} from './lint-findings';

const describeBuilt = areBuilt([KUBE_SCORE]) ? describe : describe.skip;

const presets = [...JOURNEYS, ...exampleJourneys()];

describeBuilt('kube-score', () => {
  const found: Finding[] = [];

  test.each(presets)('finds nothing in $chart: $name', async ({ chart, name, values }) => {
    const helm = HELM_4;
    const options = { helm, chart: chartDirectory(chart), release: 'danube', values };
    const { ok, stdout } = await helmTemplate(options);
    expect(ok).toBe(true);
    const findings = await kubeScoreFindings(stdout, name);
    found.push(...findings);
    const open = findings.filter(
      (finding) => !SUPPRESSIONS.some((suppression) => isSuppressed(finding, suppression)),
    );
    expect(open).toEqual([]);
  });

  test('every suppression is needed and has a reason', () => {
    const unneeded = SUPPRESSIONS.filter(
      (suppression) => !found.some((finding) => isSuppressed(finding, suppression)),
    );
    expect(unneeded).toEqual([]);
    expect(SUPPRESSIONS.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  test('an object that is not sound is found', async () => {
    const pod = { name: 'a', image: 'a:latest' };
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    const findings = await kubeScoreFindings(
      JSON.stringify({ ...manifest, spec: { containers: [pod] } }),
      'a pod',
    );
    expect(findings.map(({ check }) => check)).toContain('container-image-tag');
  });
});
