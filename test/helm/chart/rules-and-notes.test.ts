import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  and,
  choose,
  each,
  eq,
  isSet,
  KubernetesObject,
  le,
  or,
  Release,
  RuleError,
  str,
  when,
  writeChart,
  type HelmChart,
} from '../../../src/helm';
import { HELM_3_12, HELM_4, helmVersions } from '../../real-helm/binaries';
import { decodeManifests } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import type { AnyObject } from '../any-object';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

function addObject(chart: HelmChart): void {
  new KubernetesObject<AnyObject>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config' },
  });
}

describe('rules between values', () => {
  function ruledChart(): HelmChart {
    const chart = newChart(sampleValues);
    addObject(chart);
    chart.require({
      path: 'replicas',
      holds: le(v.replicas, 3),
      problem: str`${v.replicas} is more than 3 in "${Release.name}"`,
      fix: 'take 100% fewer',
    });
    chart.require({
      path: 'class',
      holds: or(eq(v.mode, 'fast'), isSet(v.class)),
      problem: str`nothing is set for ${v.mode}`,
      fix: choose(v.enabled, 'set class', 'set enabled'),
    });
    return chart;
  }

  const broken: [string, Readonly<Record<string, unknown>>, string][] = [
    [
      'first',
      { replicas: 9, mode: 'safe' },
      'replicas: 9 is more than 3 in "blue"; take 100% fewer',
    ],
    ['second', { mode: 'off' }, 'class: nothing is set for off; set class'],
  ];

  test.each(broken)('the %s one that breaks is the message', (_which, values, message) => {
    expect(() => ruledChart().manifests({ values, releaseName: 'blue' })).toThrow(
      new RuleError(message),
    );
  });

  test.each(broken)('every Helm fails with the same words: %s', async (_which, values, message) => {
    const chart = writeChart(ruledChart(), directory());
    for (const helm of helmVersions) {
      const { ok, stderr } = await helmTemplate({ helm, chart, values, release: 'blue' });
      expect(ok).toBe(false);
      expect(stderr).toContain(`: ${message}\n`);
    }
  });

  test('values that keep them pass', async () => {
    const values = { mode: 'safe', class: '' };
    expect(ruledChart().manifests({ values })).toHaveLength(1);
    const chart = writeChart(ruledChart(), directory());
    expect(await helmTemplate({ helm: HELM_4, chart, values })).toMatchObject({ ok: true });
  });
});

describe('notes', () => {
  function notedChart(): HelmChart {
    const chart = newChart(sampleValues);
    addObject(chart);
    chart.notes([
      when(v.debug, 'Debugging.'),
      'Braces {{ stay }} and so do  two blanks.  ',
      '',
      str`${v.replicas} x ${v.name} at ${v.ratio} in ${Release.namespace}`,
      when(and(v.enabled, v.args), ['', '  Arguments:', each(v.args, (arg) => str`  - ${arg}`)]),
      v.class,
      'End.',
    ]);
    return chart;
  }

  /** NOTES.txt is rendered at install only: a template that includes its text shows it. */
  async function notesOf(chart: string, values: object): Promise<unknown> {
    fs.copyFileSync(path.join(chart, 'templates', 'NOTES.txt'), path.join(chart, 'notes.txt'));
    const text = '{{ tpl (.Files.Get "notes.txt") . | b64enc }}';
    const template = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\ndata:\n  text: ${text}\n`;
    fs.writeFileSync(path.join(chart, 'templates', 'notes.yaml'), template);
    const args = ['--show-only', 'templates/notes.yaml'];
    const { stdout } = await helmTemplate({
      helm: HELM_3_12,
      chart,
      values,
      release: 'blue',
      args,
    });
    const [[configMap]] = await decodeManifests([stdout]);
    const { text: encoded } = configMap.data as { text: string };
    return Buffer.from(encoded, 'base64').toString();
  }

  test('are written line by line', () => {
    expect(fileOf(notedChart(), 'templates/NOTES.txt')).toBe(`{{- if .Values.debug }}
Debugging.
{{- end }}
Braces {{ \`{{ stay }}\` }} and so do  two blanks.{{ "  " }}

{{ .Values.replicas | int }} x {{ .Values.name }} at {{ .Values.ratio | toJson }} in {{ .Release.Namespace }}
{{- if and .Values.enabled .Values.args }}

  Arguments:
{{- range $arg := .Values.args }}
  - {{ $arg }}
{{- end }}
{{- end }}
{{- if .Values.class }}
{{ .Values.class }}
{{- end }}
End.
`);
  });

  test.each([
    ['the defaults', {}, '2 x web at 0.5 in default\n'],
    [
      'everything',
      { debug: true, args: ['a', '{{ b }}'], class: 'c', ratio: 1e6 },
      '2 x web at 1000000 in default\n\n  Arguments:\n  - a\n  - {{ b }}\nc\n',
    ],
  ])('read the same rendered by Helm and by us: %s', async (_what, values, part) => {
    const chart = notedChart();
    const rendered = chart.renderNotes({ values, releaseName: 'blue' });
    expect(await notesOf(writeChart(chart, directory()), values)).toBe(rendered);
    expect(rendered).toContain(part);
  });
});
