import type { Expr, ManifestNode } from '../expression/expression';
import { TextBlock, TextFile } from './node';

/** A YAML file, as the value of a ConfigMap key. Its tree may hold expressions anywhere. */
export function yamlFile(tree: object): TextFile {
  return new TextFile('yaml', tree);
}

/** A TOML file. Scalars are written before tables, as TOML wants it. */
export function tomlFile(tree: object): TextFile {
  return new TextFile('toml', tree);
}

/** A JSON file, indented, its keys sorted. */
export function jsonFile(tree: object): TextFile {
  return new TextFile('json', tree);
}

/**
 * A Java properties file: `key=value` lines. Values must not hold line breaks: give their schemas a
 * pattern.
 */
export function propertiesFile(tree: object): TextFile {
  return new TextFile('properties', tree);
}

/**
 * Free text, line by line: strings, expressions, `when(condition, [lines])` and `each(...)`.
 * For NOTES.txt and scripts. Values must not hold line breaks: give their schemas a pattern.
 */
export function textLines(lines: readonly unknown[]): TextFile {
  return new TextFile('lines', lines);
}

/** A YAML document that stands in text files and in objects alike. Made by `yamlTemplate`. */
export interface YamlTemplate<X> {
  /** Its text, for `textBlock(...)` and `sha256(...)`. */
  readonly text: Expr<string>;
  /** The same as a field of an object. A patch changes it there, not in the text. */
  readonly tree: ManifestNode<X>;
}

/** The text of a named template (`chart.textTemplate(...)`) as the value of a field. */
export function textBlock(text: Expr<string>): TextBlock {
  return new TextBlock(text);
}
