import type { NamedTemplate } from '../expression/named-template';
import { walkExpressions } from '../manifest/walk';
import { chartReadme } from './chart-readme';
import { chartLock } from './chart-lock';
import { chartYaml } from './chart-metadata';
import type { HelmChart } from './helm-chart';
import { heldTemplates } from './include-once';
import { definitionsFile, notesFile, objectTemplate, rulesFile } from './template-file';
import { defaultValues } from '../values/default-values';
import { imageList } from '../values/images';
import { valuesTexts } from '../values/values-texts';
import { wrapActions } from './wrap-actions';

/** Files of a chart directory that `helm package` leaves out. */
const EDITOR_SCHEMA = 'values.editor.schema.json';
const HELMIGNORE = ['.DS_Store', '.git/', '*.swp', '*.tmp', '*.orig', EDITOR_SCHEMA];

/** Path inside the chart and text. */
export type ChartFiles = ReadonlyMap<string, string>;

function valuesHeader(chart: HelmChart): readonly string[] {
  return [
    'yaml-language-server: $schema=values.schema.json',
    `Default values of ${chart.metadata.name}. Give your own with -f or --set; unknown keys are refused.`,
  ];
}

/** NOTES.txt is left alone: its lines are sentences and commands. */
function isTemplate(path: string): boolean {
  return /^templates\/.*\.(yaml|tpl)$/.test(path);
}

/**
 * Every file of a chart's directory: path and text, those of its subcharts below `charts/`.
 *
 * @param filesOf gives the files of a subchart, for who has printed it already.
 * @throws when two objects would share a file, or an expression got lost in a foreign construct.
 */
export function chartFiles(
  chart: HelmChart,
  filesOf: (subchart: HelmChart) => ChartFiles = chartFiles,
): ChartFiles {
  const files = new Map<string, string>();
  const add = (path: string, content: string) => {
    if (files.has(path)) {
      throw new Error(`two objects of ${chart.metadata.name} would be written to ${path}`);
    }
    files.set(path, isTemplate(path) ? wrapActions(content) : content);
  };
  const { schema } = chart.values;
  const dependencies = (chart.metadata.dependencies ?? []).map(({ alias, name }) => alias ?? name);
  add('.helmignore', HELMIGNORE.join('\n') + '\n');
  add('Chart.yaml', chartYaml(chart.metadata));
  const texts = valuesTexts(schema, valuesHeader(chart), dependencies);
  add('README.md', chartReadme(chart.metadata, texts.table));
  const brought = chart.subcharts.map((subchart) => subchart.chart.values.defaults);
  const images = imageList([defaultValues(schema), ...brought]);
  if (images.trim() !== '') {
    add('images.txt', images);
  }
  add('values.yaml', texts.valuesYaml);
  add('values.schema.json', texts.schema);
  add(EDITOR_SCHEMA, texts.editorSchema);
  const trees = chart.objectTrees();
  const { templates, rules, notes } = chart.definition;
  const used = templatesIn([
    trees,
    rules.map(({ violation, message }) => [violation, message]),
    notes,
  ]);
  const definitions = templates.filter((template) => used.has(template));
  if (definitions.length > 0) {
    add('templates/_helpers.tpl', definitionsFile(definitions));
  }
  if (rules.length > 0) {
    add('templates/validate.yaml', rulesFile(rules));
  }
  const held = heldTemplates(definitions);
  for (const { file, manifest, gate, remark } of trees) {
    add(file, objectTemplate(manifest, gate, remark, held));
  }
  if (notes !== undefined) {
    add('templates/NOTES.txt', notesFile(notes, held));
  }
  if (chart.subcharts.length > 0) {
    add('Chart.lock', chartLock(chart.metadata.dependencies ?? []));
  }
  const subcharts = chart.subcharts.map((subchart) => subchart.chart);
  for (const [path, content] of subchartFiles(subcharts, filesOf)) {
    files.set(path, content);
  }
  return files;
}

/** Each subchart once, however many aliases it has, as `helm package` would pack it. */
function subchartFiles(
  charts: readonly HelmChart[],
  filesOf: (subchart: HelmChart) => ChartFiles,
): ChartFiles {
  const byName = new Map(charts.map((chart) => [chart.metadata.name, chart]));
  const files = [...byName].flatMap(([name, chart]) =>
    [...filesOf(chart)]
      .filter(([path]) => path !== EDITOR_SCHEMA)
      .map(([path, content]) => [`charts/${name}/${path}`, content] as const),
  );
  return new Map(files);
}

/** The named templates that a tree includes, those in their bodies among them. */
function templatesIn(tree: unknown): ReadonlySet<NamedTemplate> {
  const found = new Set<NamedTemplate>();
  walkExpressions(tree, ({ $operation }) => {
    if ($operation.op === 'include') {
      found.add($operation.template);
    }
  });
  return found;
}
