import { z } from 'zod';
import {
  asString,
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

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The milliseconds of a time of one number and one unit (`monitorValues`). */
function millisecondsOf(chart: ChartPart): (time: Expr<string>) => Expr<number> {
  const template = chart.templateFunction(
    'milliseconds',
    z.object({ time: z.string() }),
    ({ time }) => {
      const count = parseInteger(regexReplaceAll('[a-z]+$', time, ''));
      const longer = Object.entries(UNITS).reduceRight<Expr<string>>(
        (others, [unit, length]) =>
          choose(hasSuffix(unit, time), asString(mul(count, length)), others),
        asString(mul(count, 1000)),
      );
      return choose(hasSuffix('ms', time), asString(count), longer);
    },
    { description: 'The milliseconds of a time of one number and one unit.' },
  );
  return (time) => parseInteger(template({ time }));
}

/** A Prometheus refuses a scrape that may take longer than the time to the next one. */
export function addScrapeTimeoutRule(
  chart: ChartPart,
  path: string,
  { enabled, interval, scrapeTimeout }: MonitorTimes,
): void {
  const milliseconds = millisecondsOf(chart);
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
