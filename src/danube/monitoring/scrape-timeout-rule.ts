import {
  choose,
  eq,
  hasSuffix,
  le,
  mul,
  not,
  or,
  parseInteger,
  regexReplaceAll,
  str,
  type ChartPart,
  type Expr,
} from '../../helm/index';

interface MonitorTimes {
  readonly enabled: Expr<boolean>;
  readonly interval: Expr<string>;
  readonly scrapeTimeout: Expr<string>;
}

/** A time of one number and one unit (`monitorValues`), in milliseconds. */
function milliseconds(time: Expr<string>): Expr<number> {
  const count = parseInteger(regexReplaceAll('[a-z]+$', time, ''));
  const ofUnit = (unit: string, length: number, others: Expr<number> | number) =>
    choose<number>(hasSuffix(unit, time), length, others);
  const day = ofUnit('d', 86400000, 1000);
  return mul(count, ofUnit('ms', 1, ofUnit('m', 60000, ofUnit('h', 3600000, day))));
}

/** A Prometheus refuses a scrape that may take longer than the time to the next one. */
export function addScrapeTimeoutRule(
  chart: ChartPart,
  path: string,
  { enabled, interval, scrapeTimeout }: MonitorTimes,
): void {
  chart.require({
    path: `${path}.scrapeTimeout`,
    holds: or(
      not(enabled),
      eq(scrapeTimeout, ''),
      eq(interval, ''),
      le(milliseconds(scrapeTimeout), milliseconds(interval)),
    ),
    problem: str`${scrapeTimeout} is longer than the interval, ${interval}`,
    fix: `write a shorter time, or a longer ${path}.interval`,
  });
}
