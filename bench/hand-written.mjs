// Plain charts that a person wrote by hand, which render the same objects as ours: what they
// compare with, whether the objects are equal, and how many lines each of them takes.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { REPOSITORY } from './measure.mjs';
import { scriptsOf } from './scripts.mjs';

const HAND_WRITTEN = path.join(import.meta.dirname, 'hand-written');

/** Charts that have the scripts of this run. */
const ready = new Set();

/** The directory of the chart, which gets our scripts on demand; undefined if there is none. */
export function handWritten(name) {
  const directory = path.join(HAND_WRITTEN, name);
  if (!fs.existsSync(directory)) {
    return undefined;
  }
  if (!ready.has(name)) {
    const files = path.join(directory, 'files');
    fs.rmSync(files, { recursive: true, force: true });
    fs.mkdirSync(files);
    for (const [file, text] of Object.entries(scriptsOf(name))) {
      fs.writeFileSync(path.join(files, file), text);
    }
    ready.add(name);
  }
  return directory;
}

export function emitted(name) {
  return path.join(REPOSITORY, 'charts-out', name);
}

/** Our chart with nothing but the templates that the other one has too. */
export function onlyCompared(name, directory) {
  const target = path.join(directory, name);
  fs.cpSync(emitted(name), target, { recursive: true });
  const kept = templatesOf(handWritten(name));
  for (const file of fs.readdirSync(path.join(target, 'templates'))) {
    if (!kept.includes(file) && !file.endsWith('.tpl')) {
      fs.rmSync(path.join(target, 'templates', file));
    }
  }
  return target;
}

function templatesOf(chart) {
  return fs.readdirSync(path.join(chart, 'templates')).filter((file) => file.endsWith('.yaml'));
}

/** The objects that `helm template` printed, by the template that they came from. */
function objectsOf(text) {
  return text.split(/^---$/m).flatMap((document) => {
    const source = /^# Source: [^/]+\/templates\/(\S+)/m.exec(document)?.[1];
    const object = parse(document, { version: '1.1' });
    return object?.kind === undefined ? [] : [{ source, object: withParsedFiles(object) }];
  });
}

/** An object whose files of YAML and JSON are parsed: how a text is quoted is not compared. */
function withParsedFiles(value, key = '') {
  if (typeof value === 'string') {
    if (/^checksum\//.test(key)) {
      return value.length;
    }
    return /\.(ya?ml|json)$/.test(key) ? parse(value) : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.map((item) => withParsedFiles(item))
    : Object.fromEntries(
        Object.entries(value).map(([of, item]) => [of, withParsedFiles(item, of)]),
      );
}

function difference(ours, theirs, at) {
  if (isDeepStrictEqual(ours, theirs)) {
    return undefined;
  }
  const isMap = (value) => typeof value === 'object' && value !== null;
  if (!isMap(ours) || !isMap(theirs)) {
    return `${at} is ${JSON.stringify(ours)}, by hand ${JSON.stringify(theirs)}`;
  }
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .map((key) => difference(ours[key], theirs[key], `${at}.${key}`))
    .find((found) => found !== undefined);
}

/**
 * Compares what two charts rendered, template by template of the one that was written by hand.
 *
 * @returns how many objects they have in common.
 * @throws when an object is not the same, or one of the charts has none such.
 */
export function compareObjects(name, ours, theirs) {
  const byHand = templatesOf(handWritten(name));
  const key = ({ kind, metadata }) => `${kind} ${metadata.name}`;
  const keyed = (text) =>
    Object.fromEntries(
      objectsOf(text)
        .filter(({ source }) => byHand.includes(source))
        .map(({ object }) => [key(object), object]),
    );
  const [own, plain] = [keyed(ours), keyed(theirs)];
  const found = difference(own, plain, name);
  if (found !== undefined) {
    throw new Error(`the chart that was written by hand renders something else: ${found}`);
  }
  const { length } = Object.keys(own);
  if (length === 0) {
    throw new Error(`${name}: no object is compared`);
  }
  return length;
}

/** Lines that are no comment and not empty. */
function linesOf(text) {
  const withoutComments = text.replace(/\{\{-? *\/\*[\s\S]*?\*\/ *-?\}\}/g, '');
  return withoutComments.split('\n').filter((line) => !/^\s*(#.*)?$/.test(line)).length;
}

/** Definitions by name, each from its `define` to the next one. */
function definitionsIn(text) {
  const starts = text.split(/(?=^\{\{-? *define ")/m).slice(1);
  return new Map(starts.map((part) => [/define "([^"]+)"/.exec(part)[1], part]));
}

/** The definitions that some text includes, and those that they include. */
function includedBy(text, definitions, found = new Map()) {
  for (const [, name] of text.matchAll(/(?:include|template) "([^"]+)"/g)) {
    const body = definitions.get(name);
    if (body !== undefined && !found.has(name)) {
      found.set(name, body);
      includedBy(body, definitions, found);
    }
  }
  return found;
}

/** Files that templates read, such as scripts, count as they would in the template. */
function filesRead(chart, text) {
  const names = new Set([...text.matchAll(/\.Files\.Get "([^"]+)"/g)].map(([, name]) => name));
  return [...names].map((name) => fs.readFileSync(path.join(chart, name), 'utf8'));
}

/**
 * Lines of some templates of a chart, and of the definitions and files that they use.
 *
 * @returns all of them, and those of the files alone.
 */
export function templateLines(chart, files) {
  const directory = path.join(chart, 'templates');
  const read = (file) => fs.readFileSync(path.join(directory, file), 'utf8');
  const text = files.map(read).join('\n');
  const defining = fs.readdirSync(directory).filter((file) => file.endsWith('.tpl'));
  const defined = definitionsIn(defining.map(read).join('\n'));
  const definitions = [...includedBy(text, defined).values()];
  const templates = linesOf([text, ...definitions].join('\n'));
  const ofFiles = linesOf(filesRead(chart, [text, ...definitions].join('\n')).join('\n'));
  return { all: templates + ofFiles, ofFiles };
}

export function benchLines(add) {
  for (const name of fs.readdirSync(HAND_WRITTEN)) {
    const files = templatesOf(handWritten(name));
    const { length } = templatesOf(emitted(name));
    const own = templateLines(emitted(name), files).all;
    const { all: plain, ofFiles: scripts } = templateLines(handWritten(name), files);
    const ratio = (own / plain).toFixed(2);
    // Both have the scripts, and only ours has them in its templates.
    const without = ((own - scripts) / (plain - scripts)).toFixed(2);
    add({
      what: `templates of ${name}`,
      how: `${files.length} of ${length} files, ${own} lines`,
      compared: `${ratio} x by hand (${plain}), ${without} x without scripts`,
      limit: 'at most 1.2 x',
      cited: true,
    });
  }
}
