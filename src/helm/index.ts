/** Typed Helm charts for any cdk8s app. */
export { Capabilities, ChartInfo, Release } from './expression/built-in-objects';
export { Expr, ManifestNode, required } from './expression/expression';
export { joinEach } from './expression/join-each';
export {
  add,
  and,
  asString,
  base64,
  choose,
  concat,
  contains,
  div,
  eq,
  ge,
  gt,
  has,
  hasAnyValue,
  hasKey,
  hasPrefix,
  hasSuffix,
  isSet,
  join,
  le,
  len,
  literal,
  lower,
  lt,
  merge,
  mul,
  ne,
  not,
  omit,
  or,
  orElse,
  parseInteger,
  regexMatch,
  regexReplaceAll,
  replace,
  sha256,
  str,
  sub,
  toJson,
  trimPrefix,
  trimSuffix,
  trunc,
  until,
  type Condition,
  type Operand,
} from './expression/operators';
export { knownFields, loopable, type Ref } from './expression/references';
export type { Dynamic, DynamicFields, Items, ListItem } from './manifest/dynamic';
export { each, eachEntry, eachEntryWhere, splice } from './manifest/each';
export { comment, entries, spread } from './manifest/entries';
export { whole, type Patch, type PatchFields, type PatchItem, type Whole } from './manifest/patch';
export { nonEmpty } from './manifest/non-empty';
export {
  jsonFile,
  propertiesFile,
  textBlock,
  textLines,
  tomlFile,
  yamlFile,
  type YamlTemplate,
} from './manifest/text-file';
export { valuesTree, type ValuesTreeField, type ValuesTreeOptions } from './manifest/values-tree';
export { when } from './manifest/when';
export type { ChartImage } from './values/images';
export { defineValues, ValuesDefinition, ValuesError } from './values/values-definition';
export type { SomeValues } from './values/adjusted-schema';
export { ComposedValues, composeValues, type PartReferences } from './values/compose-values';
export {
  valuesPart,
  withFixed,
  type FixedValues,
  type ValuesPart,
  type ValuesPartProps,
} from './values/values-part';
export { partValues, type GivenValues, type OwnValues, type PartProps } from './chart/part-values';
export { immutable } from './values/immutable';
export { coalesce } from './values/coalesce';
export { refusedKey } from './values/refused-key';
export { jsonSchemaOf, type JsonSchema, type JsonSchemaOptions } from './values/json-schema';
export { valueRows, valuesTable, type ValueRow } from './values/values-table';
export type { ChartDependency, ChartMetadata } from './chart/chart-metadata';
export { ChartPart } from './chart/chart-part';
export { chartFiles } from './chart/chart-files';
export { Gate } from './chart/gate';
export { namedIds } from './chart/named-ids';
export {
  HelmChart,
  type ChartEvaluator,
  type HelmChartProps,
  type NamedTemplateOptions,
  type ReleaseOptions,
} from './chart/helm-chart';
export {
  KubernetesObject,
  type KubernetesObjectOptions,
  type KubernetesType,
  type Manifest,
  type ObjectPatch,
} from './chart/kubernetes-object';
export { RepeatedObject, type RepeatedObjectPatch } from './chart/repeated-object';
export {
  pairs,
  requireItems,
  requireNone,
  type FindingRuleProps,
  type ItemRuleProps,
} from './chart/item-rule';
export { RuleError, type RuleProps } from './chart/rule';
export { ruleForEach, ruleForEntries } from './chart/rule-for-each';
export type { RuleLoop } from './chart/rule-loop';
export {
  isSubchartEnabled,
  subchartKey,
  subchartValues,
  valuesForSubchart,
  type Subchart,
} from './chart/subchart';
export { writeChart, writeCharts } from './chart/write-chart';
export {
  artifactHubAnnotations,
  artifactHubRepository,
  type ArtifactHubInfo,
  type SignKey,
} from './package/artifact-hub';
export { changelogSection, changesFor, changesOf, type Change } from './package/changelog';
export { packChart, readArchive, unpack, type ChartArchive } from './package/chart-archive';
export {
  readChart,
  readCharts,
  withAnnotations,
  type ChartContent,
} from './package/chart-directory';
export { chartImages } from './package/chart-images';
export { imageDigest, mirroredImage } from './package/image-registry';
export { provenance, type SigningKey } from './package/provenance';
export {
  changesSinceRelease,
  checkReleased,
  parseReleasedCharts,
  releasedChartsJson,
  withReleases,
  type ReleasedCharts,
} from './package/released-charts';
export {
  indexYaml,
  mergeIndexes,
  parseIndex,
  repositoryIndex,
  type IndexedChart,
  type IndexOptions,
  type RepositoryIndex,
} from './package/repository-index';
/** zod, of the version whose types the functions above take: values are written with it. */
export { z } from 'zod';
