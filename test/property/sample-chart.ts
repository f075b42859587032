import type { App } from 'cdk8s';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type { ConfigMap, ContainerPort, EnvVar, Service } from 'kubernetes-types/core/v1';
import type { Ingress, IngressRule } from 'kubernetes-types/networking/v1';
import { z } from 'zod';
import {
  add,
  and,
  asString,
  base64,
  ChartInfo,
  choose,
  comment,
  contains,
  div,
  each,
  eachEntry,
  entries,
  eq,
  Gate,
  ge,
  gt,
  has,
  hasKey,
  hasPrefix,
  hasSuffix,
  HelmChart,
  isSet,
  join,
  joinEach,
  jsonFile,
  KubernetesObject,
  le,
  len,
  lower,
  lt,
  mul,
  ne,
  nonEmpty,
  not,
  omit,
  or,
  orElse,
  propertiesFile,
  regexMatch,
  regexReplaceAll,
  Release,
  required,
  replace,
  sha256,
  splice,
  spread,
  str,
  sub,
  textBlock,
  textLines,
  tomlFile,
  trimPrefix,
  trimSuffix,
  trunc,
  when,
  yamlFile,
  type Dynamic,
  type Expr,
} from '../../src/helm';
import { HOSTILE_STRINGS, isCarried } from './hostile-strings';
import { sampleValues } from './sample-values';

type SampleSchema = typeof sampleValues.schema;

/** An object of free form, to hold what no Kubernetes type has a place for. */
interface Probe {
  readonly apiVersion?: 'sample.test/v1';
  readonly kind?: 'Probe';
  readonly metadata?: { readonly name: string; readonly labels?: Record<string, string> };
  readonly spec?: Record<string, unknown>;
}

/** A chart that uses everything the layer offers, in as little as possible. */
export class SampleChart extends HelmChart<SampleSchema> {
  private readonly fullname: Expr<string>;
  private readonly commonLabels: Expr<Readonly<Record<string, string>>>;

  constructor(scope: App, name = 'sample') {
    super(scope, name, {
      metadata: { name, version: '0.1.0', appVersion: '1.27', description: 'Everything.' },
      values: sampleValues,
    });
    this.fullname = this.template('fullname', trimSuffix('-', trunc(40, str`r${Release.name}`)), {
      description: 'Name of everything.',
      content: 'name',
    });
    this.commonLabels = this.mapTemplate('labels', {
      'app.kubernetes.io/instance': Release.name,
      'app.kubernetes.io/version': ChartInfo.appVersion,
    });
    this.addRules();
    this.addDeployment();
    this.addIngress();
    this.addNestedGates();
    this.addFiles();
    this.addFunctions();
    this.addShapes();
    this.addConstants();
    this.addNotes();
  }

  private addRules(): void {
    const { v } = this;
    this.require({
      path: 'replicaCount',
      holds: le(v.replicaCount, v.maxReplicas),
      problem: str`${v.replicaCount} is more than maxReplicas`,
      fix: 'raise maxReplicas',
    });
  }

  private addDeployment(): void {
    const { v } = this;
    const image = this.templateFunction(
      'image',
      z.object({ image: z.object({ repository: z.string(), tag: z.string() }) }),
      ({ image: { repository, tag } }) =>
        choose(tag, str`${repository}:${tag}`, str`${repository}:latest`),
    );
    const config = this.textTemplate(
      'config',
      yamlFile({ words: v.config.words, a: v.config.big }),
    );
    new KubernetesObject<Deployment>(
      this,
      'deployment',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name: this.fullname,
          namespace: Release.namespace,
          labels: { ...spread(this.commonLabels), tier: 'web' },
        },
        spec: {
          replicas: when(not(v.ingress.tls), v.replicaCount),
          selector: { matchLabels: { ...spread(this.commonLabels) } },
          template: {
            metadata: {
              labels: { ...spread(v.podLabels), ...spread(this.commonLabels), tier: 'web' },
              annotations: { 'checksum/config': sha256(config), on: 'yes', one: '1' },
            },
            spec: {
              nodeSelector: nonEmpty(v.nodeSelector),
              tolerations: nonEmpty(v.tolerations),
              priorityClassName: v.priorityClass,
              securityContext: { runAsUser: v.runAsUser },
              containers: [
                {
                  name: 'web',
                  image: image({ image: v.image }),
                  imagePullPolicy: v.image.pullPolicy,
                  ports: [
                    { name: 'admin', containerPort: 8080 },
                    each(v.config.listeners, (listener): Dynamic<ContainerPort> => ({
                      name: listener.name,
                      containerPort: listener.port,
                    })),
                  ],
                  env: [
                    { name: 'BIG', value: asString(v.config.big) },
                    when(v.config.verbose, { name: 'LOG', value: 'debug' }),
                    each(v.config.words, (word, index): Dynamic<EnvVar> => ({
                      name: str`WORD_${index}`,
                      value: word,
                    })),
                  ],
                  resources: v.resources,
                  securityContext: {
                    readOnlyRootFilesystem: v.readOnly,
                    privileged: when(v.readOnly, false, v.config.verbose),
                  },
                },
              ],
            },
          },
        },
      },
      { comment: 'The pods.' },
    );
    new KubernetesObject<Service>(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: str`${this.fullname}-web`, labels: { ...spread(this.commonLabels) } },
      spec: {
        ports: [{ port: when(v.ingress.tls, 443, 80), targetPort: 'admin' }],
        selector: { ...spread(this.commonLabels) },
      },
    });
  }

  private addIngress(): void {
    const { v } = this;
    const gate = new Gate(this, 'ingress', and(v.ingress.enabled, v.ingress.hosts));
    new KubernetesObject<Ingress>(gate, 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: this.fullname },
      spec: {
        tls: when(v.ingress.tls, [{ hosts: [each(v.ingress.hosts, ({ host }) => host)] }]),
        rules: [
          each(v.ingress.hosts, ({ host, paths }): Dynamic<IngressRule> => ({
            host,
            http: {
              paths: [
                each(paths, (path) => ({
                  path,
                  pathType: 'Prefix',
                  backend: { service: { name: this.fullname, port: { number: 80 } } },
                })),
              ],
            },
          })),
        ],
      },
    });
  }

  private addNestedGates(): void {
    const { v } = this;
    const outer = new Gate(this, 'outer', v.config.verbose);
    const inner = new Gate(outer, 'inner', not(v.ingress.tls));
    new KubernetesObject<ConfigMap>(inner, 'Default', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: str`${this.fullname}-inner` },
      data: { verbose: asString(v.config.verbose) },
    });
  }

  private addFiles(): void {
    const { v } = this;
    const json = this.textTemplate(
      'json',
      jsonFile({ text: v.config.text, on: when(v.config.verbose, [1, v.config.big]), list: [] }),
    );
    const peers = this.template(
      'peers',
      joinEach(v.replicaCount, ',', (ordinal) => str`${this.fullname}-${ordinal}`),
    );
    new KubernetesObject<ConfigMap>(this, 'files', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: str`${this.fullname}-files`, labels: { ...spread(this.commonLabels) } },
      data: {
        'app.yaml': yamlFile({
          ...comment('Generated.'),
          text: v.config.text,
          big: v.config.big,
          ratio: v.config.ratio,
          timeout: v.config.timeout,
          remark: v.config.comment,
          verbose: v.config.verbose,
          when: when(v.config.verbose, { deep: v.config.level }, { shallow: v.config.words }),
          env: { ...entries(v.config.env, (_key, value) => value) },
          listeners: [
            each(v.config.listeners, (listener, index) => ({
              index,
              name: listener.name,
              secure: listener.secure,
              weight: listener.weight,
              tags: listener.tags,
            })),
          ],
          words: [splice(v.config.words), 'last'],
          extra: v.config.extra,
        }),
        'app.toml': tomlFile({
          server: { name: v.config.level, tls: when(v.ingress.tls, { port: 443 }) },
          'odd.key': v.config.text,
          big: v.config.big,
          ratio: v.config.ratio,
          timeout: v.config.timeout,
          verbose: v.config.verbose,
          words: v.config.words,
          fixed: ['a', 1, v.config.text],
          listener: [
            each(v.config.listeners, (listener) => ({
              name: listener.name,
              secure: listener.secure,
              note: listener.note,
            })),
          ],
          env: { ...entries(v.config.env, (_key, value) => value) },
        }),
        'app.properties': propertiesFile({
          level: v.config.level,
          big: v.config.big,
          timeout: v.config.timeout,
          ratio: when(v.config.verbose, v.config.ratio),
          mode: when(v.ingress.tls, 'safe', 'plain'),
          ...entries(
            v.config.properties,
            (_key, value) => value,
            (key) => str`x.${key}`,
          ),
        }),
        'start.sh': textLines([
          '#!/bin/sh',
          str`echo "${v.config.big} ${v.config.level} {{ x }}"`,
          '',
          str`echo 50% of ${v.replicaCount}`,
          when(v.config.verbose, ['set -x', 'set -e']),
          each(v.config.words, (word) => str`echo ${len(word)}`),
          v.config.timeout,
          'exit 0',
        ]),
        'app.json': textBlock(json),
        'fixed.json': jsonFile({ b: [1, { c: '{{ y }}' }], a: '<&>' }),
        peers,
      },
    });
  }

  private addFunctions(): void {
    const { v } = this;
    const { config } = v;
    this.addProbe('functions', {
      eq: eq(config.level, '1e3'),
      ne: ne(config.big, 1_000_000),
      numbers: [
        gt(config.ratio, 1),
        gt(config.big, 5),
        ge(v.replicaCount, 2),
        lt(v.replicaCount, v.maxReplicas),
      ],
      sums: [add(v.replicaCount, 1), sub(v.replicaCount, 5), mul(v.replicaCount, 3)],
      div: [div(v.maxReplicas, v.replicaCount), div(sub(v.replicaCount, v.maxReplicas), 2)],
      logic: [or(config.verbose, v.ingress.tls), not(and(config.verbose, v.ingress.tls))],
      has: has('a', config.words),
      hasKey: hasKey(config.env, 'y'),
      found: [contains('e', config.text), hasPrefix('a', config.text), hasSuffix('x', config.text)],
      matches: regexMatch('^[a-z]+$', config.text),
      replaced: regexReplaceAll('[^a-z0-9]+', v.image.repository, '_'),
      swapped: replace('e', '%', config.text),
      cut: [trunc(2, v.image.tag), trimPrefix('n', v.image.tag)],
      trimmed: trimSuffix('x', v.image.repository),
      lower: lower(v.image.tag),
      joined: join(',', config.words),
      or: orElse(config.comment, 'none'),
      encoded: base64(config.text),
      hashed: sha256(config.text),
      lengths: [len(config.words), len(config.text), len(config.env)],
      texts: [asString(config.big), asString(config.verbose), asString(config.ratio)],
      chosen: choose(and(config.verbose, config.words), config.text, 'otherwise'),
      picked: choose(or(config.words, config.text), config.big, 7),
      given: [isSet(config.timeout), isSet(config.comment)],
      rest: omit(config.env, 'y', 'A_B'),
      odd: v['odd-key']['x.y'],
      release: [Release.isUpgrade, Release.isInstall, Release.service, Release.namespace],
      text: str`100% "${config.text}" \\ ${config.big}`,
      quotable: str`${v.image.repository}/${v.config.level}: x`,
      inline: str`${v.image.tag}.${v.replicaCount}`,
    });
  }

  private addShapes(): void {
    const { v } = this;
    const { config } = v;
    this.addProbe('shapes', {
      scalar: config.text,
      ratio: config.ratio,
      optional: { timeout: config.timeout, comment: config.comment },
      known: when(isSet(config.timeout), { after: config.timeout, twice: config.timeout }),
      set: when(config.comment, { remark: config.comment }),
      nested: when(config.verbose, { deeper: when(config.verbose, [1]), other: v.ingress.tls }),
      either: when(config.verbose, { a: 1 }, [config.text]),
      twoWays: when(v.ingress.tls, [when(config.verbose, 1)], when(config.verbose, { b: 2 })),
      guardOfElse: { only: when(v.ingress.tls, when(config.verbose, 1), when(config.verbose, 2)) },
      conditional: { a: when(config.verbose, 1), b: when(v.ingress.tls, 2) },
      items: [when(config.verbose, { first: 1, second: 2 }), { third: config.timeout, fourth: 4 }],
      onlyLoops: [each(config.listeners, (l) => when(l.secure, l.name))],
      empties: { list: [], map: {} },
      extra: config.extra,
      words: config.words,
      optionalWords: nonEmpty(config.words),
      spliced: [splice(config.words), config.level, when(config.verbose, config.words)],
      spread: { ...spread(config.env), y: 'own', ...spread(v.podLabels) },
      spreadEarly: { own: 1, ...spread(when<Record<string, string>>(config.verbose, config.env)) },
      entries: {
        ...entries(
          config.env,
          (key, value) => ({ key, value, verbose: config.verbose }),
          (key) => str`k-${key}`,
        ),
      },
      loops: [
        each(config.listeners, (listener, index) => ({
          at: index,
          label: str`${listener.name}:${listener.port}`,
          weight: listener.weight,
          note: when(listener.secure, listener.note),
          tags: [each(listener.tags, (tag, position) => ({ tag, both: add(index, position) }))],
          root: config.text,
        })),
      ],
      pairs: [eachEntry(config.env, (key, value) => str`${key}=${value}`)],
      limit: { soft: v.limit.soft, hard: when(v.limit, add(required(v.limit.soft), 1)) },
      zero: when(config.big, 'not zero', 'zero'),
      chain: when(v.ingress.tls, 'a', when(config.verbose, 'b', 'c')),
      elseKnows: when(isSet(config.timeout), 'given', { timeout: config.timeout, always: 1 }),
      spreadUnder: { ...spread(config.env), y: when(config.verbose, 'own'), last: 1 },
      labels: this.commonLabels,
      block: textBlock(this.textTemplate('block', textLines(['one', '', str`${config.level}`]))),
    });
  }

  /** Texts that are the same in every release. */
  private addConstants(): void {
    const carried = HOSTILE_STRINGS.filter(isCarried);
    this.addProbe('constants', {
      values: carried,
      keys: Object.fromEntries(carried.map((text) => [`${text}=`, 1])),
      numbers: [0, -1, 1.5, 1e21, 1_000_000],
      mixed: [true, [], {}, [[1], { a: [2] }]],
      file: yamlFile({ values: carried, '{{ k }}': { deep: [[1, 'x'], []] } }),
    });
  }

  private addProbe(name: string, spec: Dynamic<Record<string, unknown>>): void {
    new KubernetesObject<Probe>(this, name, {
      apiVersion: 'sample.test/v1',
      kind: 'Probe',
      metadata: { name: str`${this.fullname}-${name}`, labels: { ...spread(this.commonLabels) } },
      spec,
    });
  }

  private addNotes(): void {
    const { v } = this;
    this.notes([
      str`kubectl get deployment ${this.fullname}`,
      when(v.ingress.enabled, ['', 'Ingress is on.'], ['', 'Ingress is off.']),
    ]);
  }
}
