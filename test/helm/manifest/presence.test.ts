import {
  and,
  each,
  eachEntry,
  entries,
  ne,
  nonEmpty,
  not,
  splice,
  spread,
  when,
  yamlFile,
} from '../../../src/helm';
import { evaluated, printed } from '../both-readings';
import { v } from '../sample-values';

/** The tree under the key `x` of a template, and its plain value. */
function both(x: unknown): { readonly template: string; readonly of: (values: object) => unknown } {
  return { template: printed({ x }), of: (values) => evaluated(x, { ...values }) };
}

describe('a map or list of conditional parts only', () => {
  const { template, of } = both({
    cpu: when(v.enabled, '1'),
    pods: when(v.metrics.enabled, '2'),
  });

  test('is guarded by what its parts need', () => {
    expect(template).toBe(`{{- if or .Values.enabled .Values.metrics.enabled }}
x:
  {{- if .Values.enabled }}
  cpu: "1"
  {{- end }}
  {{- if .Values.metrics.enabled }}
  pods: "2"
  {{- end }}
{{- end }}`);
  });

  test('is absent with its last part', () => {
    expect(of({ enabled: false })).toBeUndefined();
    expect(of({ enabled: false, metrics: { enabled: true } })).toEqual({ pods: '2' });
  });
});

test('a guard that an enclosing condition implies is not repeated', () => {
  const { template } = both(when(v.enabled, { list: [when(v.enabled, 'a')] }));
  expect(template).toBe(`{{- if .Values.enabled }}
x:
  list:
    - a
{{- end }}`);
});

test('neighbours under the same condition stand in one if, what has an else does not', () => {
  const { template, of } = both([
    when(v.enabled, 'a'),
    when(v.enabled, 'b'),
    when(v.enabled, 'c', 'd'),
    when(v.metrics.enabled, 'e'),
    when(v.enabled, 'f'),
  ]);
  expect(template).toBe(`x:
  {{- if .Values.enabled }}
  - a
  - b
  {{- end }}
  {{- if .Values.enabled }}
  - c
  {{- else }}
  - d
  {{- end }}
  {{- if .Values.metrics.enabled }}
  - e
  {{- end }}
  {{- if .Values.enabled }}
  - f
  {{- end }}`);
  expect(of({})).toEqual(['a', 'b', 'c', 'f']);
  expect(of({ enabled: false })).toEqual(['d']);
});

test('neighbouring fields of a file under the same condition keep its bytes', () => {
  const file = yamlFile({ a: when(v.enabled, 1), b: when(v.enabled, [v.name]), c: 'last' });
  expect(printed({ file })).toBe(`file: |
  {{- if .Values.enabled }}
  a: 1
  b:
    - {{ .Values.name | toJson }}
  {{- end }}
  c: last`);
  expect(evaluated(file)).toBe('a: 1\nb:\n  - "web"\nc: last\n');
});

describe('a guard asks for no more than it has to', () => {
  const eitherWay = each(v.hosts, (host) => when(host.tls, host.host));

  test.each([
    ['a condition or its opposite', [when(v.enabled, 'a'), when(not(v.enabled), 'b')]],
    ['a list or no list', [splice(v.args), when(not(v.args), 'none')]],
    ['different from one of two', [when(ne(v.mode, 'off'), 1), when(ne(v.mode, 'safe'), 2)]],
  ])('%s: nothing', (_name, list) => {
    expect(both(list).template.split('\n')[0]).toBe('x:');
  });

  test('different from one constant: that', () => {
    const { template } = both([when(ne(v.mode, 'off'), 1), when(ne(v.text, 'safe'), 2)]);
    expect(template).toMatch(
      /^\{\{- if or \(ne .Values.mode "off"\) \(ne .Values.text "safe"\) \}\}/,
    );
  });

  test('what another condition implies is left out', () => {
    const { template, of } = both([
      when(and(v.enabled, v.args), 'a'),
      when(v.enabled, 'b'),
      when(and(v.enabled, v.debug), 'c'),
      when(v.metrics.enabled, 'd'),
    ]);
    expect(template).toMatch(/^\{\{- if or .Values.enabled .Values.metrics.enabled \}\}/);
    expect(of({ enabled: false })).toBeUndefined();
    expect(of({ args: ['x'] })).toEqual(['a', 'b']);
  });

  test('a list without a guard that its own filter empties is null', () => {
    const { template, of } = both([eitherWay, when(not(v.hosts), 'none')]);
    expect(template.split('\n')[0]).toBe('x:');
    expect(of({})).toEqual(['none']);
    expect(of({ hosts: [{ host: 'a', paths: [] }] })).toBeNull();
  });
});

test('empty collections that the author wrote stay', () => {
  const { template, of } = both({ map: {}, list: [], when: when(v.enabled, {}, []) });
  expect(template).toBe(`x:
  map: {}
  list: []
  {{- if .Values.enabled }}
  when: {}
  {{- else }}
  when: []
  {{- end }}`);
  expect(of({})).toEqual({ map: {}, list: [], when: {} });
});

describe('an optional text, map or list', () => {
  const { template, of } = both({
    text: v.class,
    labels: nonEmpty(v.labels),
    args: nonEmpty(v.args),
  });

  test('stands under `with`', () => {
    expect(template).toBe(`{{- if or .Values.class .Values.labels .Values.args }}
x:
  {{- with .Values.class }}
  text: {{ . | quote }}
  {{- end }}
  {{- with .Values.labels }}
  labels:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.args }}
  args:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}`);
  });

  test('is absent when it is empty', () => {
    expect(of({ class: '', labels: {}, args: [] })).toBeUndefined();
    expect(of({ class: 'c', args: ['a'] })).toEqual({ text: 'c', args: ['a'] });
  });
});

describe('an optional number or boolean', () => {
  const { template, of } = both({ port: v.port, debug: v.debug });

  test('is asked for nil, never for truth', () => {
    expect(template).toBe(
      `{{- if or (not (kindIs "invalid" .Values.port)) (not (kindIs "invalid" .Values.debug)) }}
x:
  {{- if not (kindIs "invalid" .Values.port) }}
  port: {{ .Values.port | int }}
  {{- end }}
  {{- if not (kindIs "invalid" .Values.debug) }}
  debug: {{ .Values.debug }}
  {{- end }}
{{- end }}`,
    );
  });

  test('is there when it is 0 or false', () => {
    expect(of({ port: 0, debug: false })).toEqual({ port: 0, debug: false });
    expect(of({ port: null })).toBeUndefined();
  });
});

describe('a loop', () => {
  const { template, of } = both([
    each(v.hosts, (host, index) => ({
      name: host.host,
      index,
      port: host.port,
      tls: when(host.tls, host.tls),
      release: v.name,
      paths: [each(host.paths, (path) => ({ path, of: host.host }))],
    })),
  ]);

  test('names its variables after the path and never hides an outer one', () => {
    expect(template).toBe(`{{- if .Values.hosts }}
x:
  {{- range $index, $host := .Values.hosts }}
  - name: {{ $host.host | quote }}
    index: {{ $index | int }}
    port: {{ dig "port" 80 $host | int }}
    {{- if $host.tls }}
    tls: {{ $host.tls | quote }}
    {{- end }}
    release: {{ $.Values.name | quote }}
    {{- if $host.paths }}
    paths:
      {{- range $path := $host.paths }}
      - path: {{ $path | quote }}
        of: {{ $host.host | quote }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}`);
  });

  test('applies the defaults that Helm does not merge into lists', () => {
    const hosts = [
      { host: 'a', paths: ['/'], tls: 's' },
      { host: 'b', paths: [], port: 443 },
    ];
    expect(of({ hosts })).toEqual([
      {
        name: 'a',
        index: 0,
        port: 80,
        tls: 's',
        release: 'web',
        paths: [{ path: '/', of: 'a' }],
      },
      { name: 'b', index: 1, port: 443, release: 'web' },
    ]);
  });
});

test('a list of loops, inserts and items is there when any of them is', () => {
  const { template, of } = both([
    splice(v.args),
    eachEntry(v.weights, (key, weight) => ({ key, weight })),
    when(v.debug, 'debug'),
  ]);
  expect(template).toBe(`{{- if or .Values.args .Values.weights .Values.debug }}
x:
  {{- with .Values.args }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- range $key, $value := .Values.weights }}
  - key: {{ $key | quote }}
    weight: {{ $value | int }}
  {{- end }}
  {{- if .Values.debug }}
  - debug
  {{- end }}
{{- end }}`);
  expect(of({})).toBeUndefined();
  expect(of({ weights: { b: 2, a: 1 }, args: ['x'] })).toEqual([
    'x',
    { key: 'a', weight: 1 },
    { key: 'b', weight: 2 },
  ]);
});

test('a list that its own items filter empty is null as a map value', () => {
  const { of } = both([each(v.hosts, (host) => when(host.tls, host.host))]);
  expect(of({ hosts: [{ host: 'a', paths: [] }] })).toBeNull();
});

test('a list item that its own items could filter empty is refused', () => {
  const item = [each(v.hosts, (host) => when(host.tls, host.host))];
  expect(() => printed({ x: [item] })).toThrow('would become `- null`');
});

test('`when` with only an `otherwise` asks for the opposite', () => {
  const { template } = both(when(v.enabled, undefined, 'off'));
  expect(template).toBe(`{{- if not .Values.enabled }}
x: "off"
{{- end }}`);
});

test('conditions in a row become `else if`', () => {
  const { template } = both(when(v.enabled, 1, when(v.debug, 2, 3)));
  expect(template).toBe(`{{- if .Values.enabled }}
x: 1
{{- else if .Values.debug }}
x: 2
{{- else }}
x: 3
{{- end }}`);
});

test('a condition known at synth leaves nothing of the other side', () => {
  expect(printed({ a: when(true, 1, 2), b: when(false, 1) })).toBe('a: 1');
});

describe('entries made of a map value', () => {
  const { template, of } = both({
    ...entries(v.weights, (key, weight) => ({ key, weight, next: weight })),
  });

  test('come in a loop over its keys', () => {
    expect(template).toBe(`{{- if .Values.weights }}
x:
  {{- range $key, $value := .Values.weights }}
  {{ $key | quote }}:
    key: {{ $key | quote }}
    weight: {{ $value | int }}
    next: {{ $value | int }}
  {{- end }}
{{- end }}`);
  });

  test('are one for each of them', () => {
    expect(of({ weights: { y: 1 } })).toEqual({ y: { key: 'y', weight: 1, next: 1 } });
  });
});

describe('a map value between own keys', () => {
  const { template, of } = both({
    first: 'own',
    ...spread(v.labels),
    last: 'own',
    maybe: when(v.debug, 'own'),
  });

  test('is inserted without the keys that come after it, so that none stands twice', () => {
    expect(template).toBe(`x:
  first: own
  {{- with omit .Values.labels "last" "maybe" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  last: own
  {{- if .Values.debug }}
  maybe: own
  {{- end }}`);
  });

  test('loses to later keys, even absent ones, and wins over earlier ones', () => {
    const labels = { first: 'user', last: 'user', maybe: 'user', more: 'user' };
    expect(of({ labels })).toEqual({ first: 'user', last: 'own', more: 'user' });
  });
});

test('entries of a map value skip the keys that come after them', () => {
  const { template, of } = both({ ...entries(v.labels, (_key, value) => value), own: 'mine' });
  expect(template).toBe(`x:
  {{- range $key, $value := .Values.labels }}
  {{- if not (has $key (list "own")) }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- end }}
  own: mine`);
  expect(of({ labels: { own: 'user', other: 'user' } })).toEqual({ own: 'mine', other: 'user' });
});

test('a map value under a condition leaves out later keys too', () => {
  expect(printed({ ...spread(when(v.enabled, v.labels)), own: 1 })).toBe(`{{- if .Values.enabled }}
{{- with omit .Values.labels "own" }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}
own: 1`);
});
