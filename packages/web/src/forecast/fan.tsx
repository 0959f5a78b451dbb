import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleLinear } from '@visx/scale';
import { Area, Line, LinePath } from '@visx/shape';
import { useId } from 'react';
import { daysAfter, shortDay } from '../format/days.ts';
import { shortMoney } from '../format/figures.ts';
import { useWidth } from '../parts/use-width.ts';
import { dayTicks, fanOf, spread, type Band, type FanInput, type Point } from './fan-figures.ts';
import styles from './fan.module.css';

export type FanWords = {
  readonly p10: string;
  readonly p50: string;
  readonly p90: string;
  readonly booked: string;
  readonly target: string;
  readonly judgement: string;
  readonly today: string;
  readonly earlier: string;
};

type FanProps = {
  readonly input: FanInput;
  readonly words: FanWords;
  readonly sentence: string;
  readonly locale: string;
  readonly currency: string;
  readonly isUnsure: boolean;
};

type Label = { readonly id: keyof FanWords; readonly value: number };

/** Earlier days as a band with its median, booked as steps, and from today the cone to the three quantiles. Labels stand beside their lines. */
export const Fan = ({ input, words, sentence, locale, currency, isUnsure }: FanProps) => {
  const [frame, width] = useWidth<HTMLDivElement>();
  const hatch = useId();
  const fan = fanOf(input);
  const isNarrow = width < 560;
  const margin = { top: 20, right: isNarrow ? 96 : 184, bottom: 28, left: isNarrow ? 66 : 80 };
  const height = isNarrow ? 280 : 340;
  const right = Math.max(width - margin.right, margin.left + 60);
  const bottom = height - margin.bottom;
  const x = scaleLinear({ domain: [0, fan.days], range: [margin.left, right] });
  const y = scaleLinear({ domain: [fan.lowest, fan.highest * 1.04], range: [bottom, margin.top], nice: true });
  const ofPoint = { x: (point: Point) => x(point.x), y: (point: Point) => y(point.y) };
  const ofBand = { x: (band: Band) => x(band.x), y0: (band: Band) => y(band.low), y1: (band: Band) => y(band.high) };
  const { now, target, judgement } = input;
  const labels: readonly Label[] = [
    { id: 'p90', value: now.p90 },
    { id: 'p50', value: now.p50 },
    { id: 'p10', value: now.p10 },
    { id: 'booked', value: now.booked },
    ...(target === undefined ? [] : [{ id: 'target' as const, value: target }]),
    ...(judgement === undefined ? [] : [{ id: 'judgement' as const, value: judgement }]),
  ];
  const labelAt = spread(
    labels.map(({ value }) => y(value)),
    isNarrow ? 29 : 17,
    margin.top,
    bottom,
  );
  const ticks = dayTicks(fan.days, isNarrow ? 4 : 9).filter((tick) => tick < fan.days);
  const money = (value: number): string => shortMoney(locale, value, currency);
  const looks = (sure: string | undefined) =>
    isUnsure ? { className: styles['unsure'] ?? '', fill: `url(#${hatch})` } : { className: sure ?? '' };
  return (
    <div ref={frame} className={styles['frame']}>
      <svg className={styles['fan']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
        <defs>
          <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles['hatch']} x1="0" x2="0" y1="0" y2="7" />
          </pattern>
        </defs>
        {y.ticks(5).map((tick) => (
          <Line key={tick} className={styles['grid'] ?? ''} from={{ x: margin.left, y: y(tick) }} to={{ x: right, y: y(tick) }} />
        ))}
        <Area data={[...fan.band]} x={ofBand.x} y0={ofBand.y0} y1={ofBand.y1} {...looks(styles['band'])} />
        <Area data={[...fan.cone]} x={ofBand.x} y0={ofBand.y0} y1={ofBand.y1} {...looks(styles['cone'])} />
        <LinePath data={fan.cone.map(({ x: at, high }) => ({ x: at, y: high }))} {...ofPoint} className={styles['edge'] ?? ''} />
        <LinePath data={fan.cone.map(({ x: at, low }) => ({ x: at, y: low }))} {...ofPoint} className={styles['edge'] ?? ''} />
        <LinePath
          data={[
            { x: fan.today, y: now.booked },
            { x: fan.days, y: now.p50 },
          ]}
          {...ofPoint}
          className={styles['ahead'] ?? ''}
        />
        {fan.median.length > 1 ? <LinePath data={[...fan.median]} {...ofPoint} className={styles['median'] ?? ''} /> : null}
        {(fan.median.length > 1 ? fan.median : []).map((point) => (
          <circle key={point.x} className={styles['dot']} cx={x(point.x)} cy={y(point.y)} r={fan.median.length > 40 ? 1.5 : 2.5} />
        ))}
        {fan.booked.length > 1 ? <LinePath data={[...fan.booked]} {...ofPoint} className={styles['booked'] ?? ''} /> : null}
        <Line className={styles['today'] ?? ''} from={{ x: x(fan.today), y: margin.top - 4 }} to={{ x: x(fan.today), y: bottom }} />
        <text
          className={styles['word']}
          x={x(fan.today)}
          y={margin.top - 8}
          textAnchor={fan.today / fan.days > 0.85 ? 'end' : fan.today / fan.days < 0.15 ? 'start' : 'middle'}
        >
          {words.today}
        </text>
        {target === undefined ? null : (
          <Line className={styles['target'] ?? ''} from={{ x: margin.left, y: y(target) }} to={{ x: right, y: y(target) }} />
        )}
        {judgement === undefined ? null : <path className={styles['diamond']} d={`M${right} ${y(judgement) - 7}l7 7l-7 7l-7 -7z`} />}
        {fan.today / fan.days > 0.3 && fan.band.length > 1 ? (
          <text className={styles['word']} x={x(fan.band[0]?.x ?? 0) + 6} y={y(fan.band[0]?.high ?? 0) - 7}>
            {words.earlier}
          </text>
        ) : null}
        {labels.map(({ id, value }, index) => (
          <g key={id} data-label={id}>
            <Line className={styles['lead'] ?? ''} from={{ x: right + 2, y: y(value) }} to={{ x: right + 12, y: labelAt[index] ?? 0 }} />
            <text className={styles['label']} x={right + 16} y={(labelAt[index] ?? 0) + (isNarrow ? -2 : 4)}>
              <tspan className={styles['name']}>{words[id]}</tspan>
              <tspan {...(isNarrow ? { x: right + 16, dy: 13 } : { dx: 6 })}>{money(value)}</tspan>
            </text>
          </g>
        ))}
        <AxisLeft
          left={margin.left}
          scale={y}
          numTicks={5}
          hideAxisLine
          hideTicks
          tickFormat={(value) => money(Number(value))}
          tickLabelProps={{ className: styles['axis'] ?? '', textAnchor: 'end', dx: -4, dy: 4 }}
        />
        <AxisBottom
          top={bottom}
          scale={x}
          tickValues={[...ticks]}
          axisLineClassName={styles['axisline'] ?? ''}
          tickLineProps={{ className: styles['axisline'] ?? '' }}
          tickFormat={(value) => shortDay(locale, daysAfter(input.from, Number(value)))}
          tickLabelProps={{ className: styles['axis'] ?? '', textAnchor: 'middle', dy: 2 }}
        />
      </svg>
    </div>
  );
};
