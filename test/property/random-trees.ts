import { z } from 'zod';
import {
  add,
  asString,
  choose,
  comment,
  each,
  eachEntry,
  entries,
  eq,
  joinEach,
  jsonFile,
  nonEmpty,
  orElse,
  propertiesFile,
  Release,
  sha256,
  splice,
  spread,
  str,
  textBlock,
  textLines,
  tomlFile,
  when,
  yamlFile,
  type Condition,
  type DynamicFields,
  type HelmChart,
  type Expr,
} from '../../src/helm';
import type { Choices } from './random-trees-choices';
import {
  deeper,
  randomCondition,
  randomInteger,
  randomMap,
  randomNumber,
  randomString,
  ROOT,
  type Scope,
} from './random-trees-expressions';
import { treeValues } from './random-trees-values';

const { v } = treeValues;

const KEYS = [
  ...['a', 'b', 'own', 'd-e', 'f.g/h', 'y', 'on', '1', 'null', 'kéy', 'x y', '{{k}}', 'a: b'],
  ...['"q"', '#', '<<', '=', 'toString', 'value', ''],
];
const MAX_DEPTH = 4;

/** Makes random manifest trees for one chart; named templates are defined on the way. */
export class RandomTrees {
  private templates = 0;

  constructor(
    private readonly chart: HelmChart,
    private readonly choices: Choices,
    private readonly prefix: string,
  ) {}

  /** Labels or annotations, which cdk8s treats in its own way. */
  labels(): DynamicFields<Record<string, string>> {
    const { choices } = this;
    return {
      before: randomString(choices, ROOT),
      y: randomString(choices, ROOT),
      ...spread<string>(choices.pick([v.labels, v.optionalLabels, this.mapTemplate()])),
      own: randomString(choices, ROOT),
    };
  }

  condition(): Condition {
    return randomCondition(this.choices, ROOT);
  }

  /** The content of one object, with every kind of text file in it. */
  object(): Record<string, unknown> {
    return {
      always: 1,
      value: this.value(ROOT),
      map: this.map(ROOT),
      list: this.list(ROOT),
      yaml: yamlFile(this.map(ROOT)),
      toml: tomlFile(this.toml(ROOT)),
      properties: propertiesFile(this.properties()),
      lines: textLines(this.lines(ROOT)),
      ...this.named(),
    };
  }

  private value(scope: Scope): unknown {
    const { choices } = this;
    if (scope.depth > MAX_DEPTH) {
      return this.scalar(scope);
    }
    const inside = deeper(scope);
    return choices.oneOf<unknown>(
      () => this.map(inside),
      () => this.map(inside),
      () => this.list(inside),
      () => this.list(inside),
      () => when(randomCondition(choices, scope), this.value(inside)),
      () => when(randomCondition(choices, scope), this.value(inside), this.value(inside)),
      () => this.collection(scope),
      () => choices.pick<unknown>([{}, [], null, undefined]),
      () => this.scalar(scope),
      () => this.scalar(scope),
    );
  }

  private collection(scope: Scope): unknown {
    const { choices } = this;
    return choices.pick<unknown>([
      ...[v.free, v.limits, v.ports, v.servers, v.optionalLabels, v.optionalWords],
      ...[nonEmpty(v.free), nonEmpty(v.servers), nonEmpty(choices.pick(scope.words))],
      ...[choices.pick(scope.maps), choices.pick(scope.words), randomMap(choices, scope)],
    ]);
  }

  private scalar(scope: Scope): unknown {
    const { choices } = this;
    return choices.oneOf<unknown>(
      () => randomString(choices, scope),
      () => randomString(choices, scope),
      () => randomInteger(choices, scope),
      () => randomNumber(choices, scope),
      () => choices.pick(scope.booleans),
      () => choices.text(),
      () => choices.pick([0, 1, -3, 1.5, 1e21, true, false]),
      () => choices.pick([v.optionalText, v.optionalCount, v.optionalRatio, v.optionalFlag]),
      () => choices.pick([v.limits.cpu, v.limits.memory, v.limits['no-te']]),
      () => nonEmpty(randomString(choices, scope)),
    );
  }

  private keys(): readonly string[] {
    const { choices } = this;
    const keys = Array.from({ length: choices.below(5) }, () => choices.pick(KEYS));
    return [...new Set(keys)];
  }

  /** A map of anything that a manifest can hold. */
  map(scope: Scope): Record<string, unknown> {
    const { choices } = this;
    const inside = deeper(scope);
    const parts = this.keys().map((key): Record<string, unknown> =>
      choices.oneOf<Record<string, unknown>>(
        () => ({ [key]: this.value(inside) }),
        () => ({ [key]: this.value(inside) }),
        () => ({ [key]: this.value(inside) }),
        () => ({ ...comment(choices.pick(['why', 'two\nlines', '*/ {{'])), [key]: 1 }),
        () => this.spread(inside),
      ),
    );
    return Object.assign({}, ...parts) as Record<string, unknown>;
  }

  private spread(scope: Scope): Record<string, unknown> {
    const { choices } = this;
    return choices.oneOf<Record<string, unknown>>(
      () => spread(choices.pick(scope.maps)),
      () => spread(v.optionalLabels),
      () => spread(v.free),
      () => spread(when(randomCondition(choices, scope), choices.pick(scope.maps))),
      () => spread(when(randomCondition(choices, scope), this.map(deeper(scope)))),
      () => ({ ...spread(choices.pick(scope.maps)), own: this.value(deeper(scope)) }),
      () =>
        entries(choices.pick(scope.maps), (key, value) =>
          this.value({ ...deeper(scope), strings: [...scope.strings, key, value] }),
        ),
      () =>
        entries(
          v.counts,
          (_key, value) => when(randomCondition(choices, scope), value),
          (key) => str`k-${key}`,
        ),
    );
  }

  private list(scope: Scope): unknown[] {
    const { choices } = this;
    const inside = deeper(scope);
    return Array.from({ length: choices.below(4) }, () =>
      choices.oneOf<unknown>(
        () => this.item(inside),
        () => this.item(inside),
        () => when(randomCondition(choices, scope), this.item(inside)),
        () => splice<unknown>(choices.pick([...scope.words, v.ports, v.servers, v.optionalWords])),
        () => this.loop(inside, (within) => this.item(within)),
      ),
    );
  }

  /** A loop filtered by its own items may leave `- null`, which is refused: keep one entry. */
  private item(scope: Scope): unknown {
    const value = this.value(scope);
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0
      ? this.choices.oneOf<unknown>(
          () => ({ kept: 1, value }),
          () => [0, { value }],
        )
      : (value ?? 0);
  }

  private loop(scope: Scope, body: (scope: Scope) => unknown): unknown {
    const { choices } = this;
    const inside = deeper(scope);
    return choices.oneOf<unknown>(
      () =>
        each(choices.pick(scope.words), (word, index) =>
          body({
            ...inside,
            strings: [...scope.strings, word],
            integers: [...scope.integers, index],
          }),
        ),
      () => each(v.ports, (port) => body({ ...inside, integers: [port] })),
      () =>
        eachEntry(choices.pick(scope.maps), (key, value) =>
          body({ ...inside, strings: [key, value] }),
        ),
      () => eachEntry(v.counts, (key, count) => ({ key, count, more: body(inside) })),
      () =>
        each(v.servers, (server, index) =>
          body({
            strings: [...scope.strings, server.name],
            integers: [server.port, index, ...scope.integers],
            booleans: [server.on, ...scope.booleans],
            words: [server.tags, ...scope.words],
            maps: [server.labels, ...scope.maps],
            depth: inside.depth,
          }),
        ),
      () =>
        each(v.servers, (server) =>
          body({ ...inside, strings: [server.name], words: [server.tags] }),
        ),
      () =>
        each(v.servers, (server) => ({
          weight: server.weight,
          note: nonEmpty(server.note),
          last: when(server.on, body(inside), server.port),
        })),
    );
  }

  /**
   * TOML knows no null, no free maps inside lists, and wants one type of items. JavaScript puts the
   * key 1 before a spread that it follows, so a user's 1 would stand beside it.
   */
  toml(scope: Scope): Record<string, unknown> {
    const { choices } = this;
    const string = () => randomString(choices, scope);
    const keys = this.keys().filter((key) => key !== '1');
    const parts = keys.map((key): Record<string, unknown> => {
      const made = choices.oneOf<unknown>(
        string,
        () => randomInteger(choices, scope),
        () => choices.pick(scope.booleans),
        () => choices.pick(scope.words),
        () => choices.pick([v.optionalText, v.optionalCount, v.optionalFlag, v.optionalWords]),
        () => [string(), choices.text()],
        () => when(randomCondition(choices, scope), string()),
        () => when(randomCondition(choices, scope), string(), choices.below(9)),
        () => (scope.depth > 2 ? 1 : this.toml(deeper(scope))),
        () => when(randomCondition(choices, scope), this.toml(deeper(scope))),
        () => [
          { fixed: string() },
          when(randomCondition(choices, scope), { maybe: string() }),
          each(v.servers, (server) => ({
            ...this.toml({ ...deeper(deeper(scope)), strings: [server.name] }),
            port: server.port,
          })),
        ],
      );
      return { [key]: made };
    });
    const all = Object.assign({}, ...parts) as Record<string, unknown>;
    return choices.oneIn(3) ? { ...entries(v.labels, (_key, value) => value), ...all } : all;
  }

  /** Values of one line that a properties file can hold. */
  private properties(): Record<string, unknown> {
    const { choices } = this;
    const plain = () =>
      choices.pick<unknown>([v.name, v.mode, v.count, v.on, v.ratio, Release.name, 'x=y', 7]);
    const parts = ['a.b', 'c', 'd-e', 'f'].slice(choices.below(5)).map((key) => ({
      [key]: choices.oneOf<unknown>(
        plain,
        () => when(randomCondition(choices, ROOT), plain()),
        () => when(randomCondition(choices, ROOT), plain(), plain()),
        () => choices.pick([v.optionalCount, v.optionalFlag, nonEmpty(v.name)]),
      ),
    }));
    const all = Object.assign({}, ...parts) as Record<string, unknown>;
    return choices.oneIn(3)
      ? { ...comment('counts'), ...all, ...entries(v.counts, (_key, value) => value) }
      : all;
  }

  private lines(scope: Scope): unknown[] {
    const { choices } = this;
    const made = Array.from({ length: choices.below(5) }, () =>
      choices.oneOf<unknown>(
        () => choices.pick(['text', '', '  indented', 'trail  ', '{{x}} `y`', 'a\n\nb', '{']),
        () => str`{${v.name} ${v.count}`,
        () => str`  ${Release.name}: ${v.ratio} }}`,
        () => v.count,
        () =>
          scope.depth > 2
            ? ''
            : when(
                randomCondition(choices, scope),
                this.lines(deeper(scope)),
                choices.oneIn(2) ? undefined : this.lines(deeper(scope)),
              ),
        () => each(v.ports, (port, index) => str`${index}=${port}`),
      ),
    );
    return made;
  }

  private define<T>(make: (name: string) => T): T {
    this.templates += 1;
    return make(`${this.prefix}-${String(this.templates)}`);
  }

  private named(): Record<string, unknown> {
    const { choices, chart } = this;
    const text = this.define((name) => chart.template(name, randomString(choices, ROOT)));
    const choice = this.define((name) =>
      chart.template(
        name,
        choose(
          randomCondition(choices, ROOT),
          text,
          choose(randomCondition(choices, ROOT), choices.text(), randomString(choices, ROOT)),
        ),
      ),
    );
    const ordinals = this.define((name) =>
      chart.template(
        name,
        joinEach(choose(v.on, 3, 0), ',', (ordinal) => str`${v.name}-${add(ordinal, 1)}${text}`),
      ),
    );
    return {
      text,
      choice: nonEmpty(choice),
      ordinals,
      called: this.called(),
      within: [each(v.words, (word) => str`${word}${text}`)],
      labels: { ...spread(this.mapTemplate()), own: when(v.on, 'mine') },
      loneLabels: { ...spread(this.mapTemplate()) },
      ...this.yaml(),
      ...this.file('tomlText', tomlFile(this.toml(ROOT))),
      ...this.file('jsonText', jsonFile(this.map(ROOT))),
      ...this.file('propertiesText', propertiesFile(this.properties())),
    };
  }

  /** A template sees its parameters only, no values of the chart. */
  private called(): Expr<string> {
    const parameters = z.object({
      first: z.string(),
      count: z.int(),
      limits: z
        .object({ cpu: z.string(), memory: z.int(), 'no-te': z.string().optional() })
        .optional(),
      odd: z.object({ 'x.y': z.string(), port: z.int() }),
    });
    const call = this.define((name) =>
      this.chart.templateFunction(name, parameters, (p) =>
        choose(
          eq(p.count, 1),
          str`${p.first}-${p.odd['x.y']}`,
          choose(
            p.limits,
            str`${p.odd.port}`,
            str`${p.count}: ${orElse(p.limits['no-te'], p.first)}`,
          ),
        ),
      ),
    );
    const first = randomString(this.choices, ROOT);
    const count = randomInteger(this.choices, ROOT);
    return call({ first, count, limits: v.limits, odd: v['dash-key'] });
  }

  private mapTemplate(): Expr<Readonly<Record<string, string>>> {
    const { choices } = this;
    const body: Record<string, Expr<string>> = {};
    for (const key of this.keys()) {
      Object.assign(
        body,
        choices.oneOf<object>(
          () => ({ [key]: randomString(choices, ROOT) }),
          () => ({ [key]: when(randomCondition(choices, ROOT), randomString(choices, ROOT)) }),
          () => spread(choices.pick(ROOT.maps)),
          () => ({ [key]: asString(v.count) }),
        ),
      );
    }
    return this.define((name) => this.chart.mapTemplate(name, body));
  }

  /** A document of a file and of objects. */
  private yaml(): Record<string, unknown> {
    const tree = this.map(ROOT);
    const document = this.define((name) => this.chart.yamlTemplate<object>(name, tree));
    return {
      yamlText: textBlock(document.text),
      yamlTextSum: sha256(document.text),
      yamlTree: document.tree,
      yamlSpread: { ...spread(document.tree), own: 1 },
    };
  }

  private file(key: string, file: ReturnType<typeof yamlFile>): Record<string, unknown> {
    const text = this.define((name) => this.chart.textTemplate(name, file));
    return { [key]: textBlock(text), [`${key}Sum`]: sha256(text) };
  }
}
