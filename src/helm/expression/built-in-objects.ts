import type { Expr } from './expression';
import { call } from './operators';
import { path } from './references';
import { BOOLEAN, INTEGER, NAME, STRING } from './value-type';

/** `.Release`: the release that a chart is installed as. */
export const Release = {
  /** Letters, digits, `-` and `.`, at most 53; it may start with a digit. */
  name: path<string>('.Release', ['Name'], NAME),
  namespace: path<string>('.Release', ['Namespace'], NAME),
  /** `Helm`. */
  service: path<string>('.Release', ['Service'], NAME),
  isInstall: path<boolean>('.Release', ['IsInstall'], BOOLEAN),
  isUpgrade: path<boolean>('.Release', ['IsUpgrade'], BOOLEAN),
  revision: path<number>('.Release', ['Revision'], INTEGER),
} as const;

/** `.Chart`: what Chart.yaml says. */
export const ChartInfo = {
  /** The alias, in a subchart that has one. */
  name: path<string>('.Chart', ['Name'], NAME),
  version: path<string>('.Chart', ['Version'], STRING),
  appVersion: path<string>('.Chart', ['AppVersion'], STRING),
} as const;

/** `.Capabilities`: what the cluster can do. */
export const Capabilities = {
  kubeVersion: path<string>('.Capabilities', ['KubeVersion', 'Version'], STRING),
  /** Whether the cluster serves a group and version; a plain evaluation says no. */
  hasApi: (groupVersion: string): Expr<boolean> => call('hasApi', groupVersion),
} as const;
