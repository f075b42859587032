import type { IConstruct } from 'constructs';
import type { z } from 'zod';
import type { Expr } from '../expression/expression';
import type { Ref } from '../expression/references';
import type { DynamicFields } from '../manifest/dynamic';
import type { TextFile } from '../manifest/node';
import type { YamlTemplate } from '../manifest/text-file';
import { HelmChart, type NamedTemplateOptions } from './helm-chart';
import { namedIds } from './named-ids';
import { qualified, qualifiedRule, type ValuesPlace } from './qualified-text';
import type { RuleProps } from './rule';

/**
 * What a construct defines in its chart besides objects: named templates, rules, notes.
 *
 * A construct may be all of a chart, or one of many parts of it. Its place decides how templates
 * are called (`<chart>.core.fullname` for a construct with the id `core`) and how the paths of
 * values read in messages and notes (`core.broker.replicaCount`). An id of `Default` leaves no
 * trace, as in cdk8s.
 */
export class ChartPart {
  readonly chart: HelmChart;
  private readonly prefix: string;
  private readonly place: ValuesPlace;

  /**
   * @param values reference to the values of the part.
   * @throws when the construct is not inside a HelmChart.
   */
  constructor(construct: IConstruct, values: Expr) {
    this.chart = HelmChart.of(construct);
    this.prefix = namedIds(construct, this.chart)
      .map((id) => `${id}.`)
      .join('');
    const operation = values.$operation;
    const path = operation.op === 'reference' ? operation.path : [];
    this.place = { path, values };
  }

  /** As `HelmChart.template`. */
  template(name: string, body: Expr<string>, options?: NamedTemplateOptions): Expr<string> {
    return this.chart.template(this.prefix + name, body, options);
  }

  /** As `HelmChart.templateFunction`; parts that define the same one share it. */
  templateFunction<P extends z.ZodObject>(
    name: string,
    parameters: P,
    body: (parameters: Ref<z.output<P>>) => Expr<string>,
    options?: NamedTemplateOptions,
  ): (args: { readonly [K in keyof z.output<P>]: Expr<z.output<P>[K]> }) => Expr<string> {
    return this.chart.templateFunction(name, parameters, body, options);
  }

  /** As `HelmChart.mapTemplate`. */
  mapTemplate(
    name: string,
    body: DynamicFields<Record<string, string>>,
    options?: NamedTemplateOptions,
  ): Expr<Readonly<Record<string, string>>> {
    return this.chart.mapTemplate(this.prefix + name, body, options);
  }

  /** As `HelmChart.textTemplate`. */
  textTemplate(name: string, file: TextFile, options?: NamedTemplateOptions): Expr<string> {
    return this.chart.textTemplate(this.prefix + name, file, options);
  }

  /** As `HelmChart.yamlTemplate`. */
  yamlTemplate<X extends object>(
    name: string,
    tree: DynamicFields<X>,
    options?: NamedTemplateOptions,
  ): YamlTemplate<X> {
    return this.chart.yamlTemplate(this.prefix + name, tree, options);
  }

  /** As `HelmChart.require`; the paths are those in the part's own values. */
  require(rule: RuleProps): void {
    this.chart.require(qualifiedRule(rule, this.place));
  }

  /** As `HelmChart.notes`, below those of the parts before. */
  notes(lines: readonly unknown[]): void {
    this.chart.notes(lines.map((line) => qualified(line, this.place)));
  }
}
