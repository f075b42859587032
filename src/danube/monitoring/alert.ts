import type { Expr } from '../../helm/index';

/** One alert. The label `pod` or `topic` in its texts is there if the expression keeps it. */
export interface Alert {
  readonly alert: string;
  readonly expr: Expr<string>;
  /** How long the expression has to hold. */
  readonly after: string;
  /** critical: messages are refused or at risk now. warning: they will be. info: worth a look. */
  readonly severity: 'critical' | 'warning' | 'info';
  readonly summary: string;
  /** What it means and what to do. */
  readonly description: readonly string[];
}
