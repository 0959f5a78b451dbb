import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { nodeId } from '../company/nodes.ts';
import { useNodes } from '../company/use-nodes.ts';
import { day, daysAfter } from '../format/days.ts';
import { Cards } from '../parts/card.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { NodePicker } from '../parts/node-picker.tsx';
import { Screen } from '../parts/screen.tsx';
import { ChangeCard } from './change-card.tsx';
import { FanCard } from './fan-card.tsx';
import { FigureSentences } from './figure-sentences.tsx';
import { useForecast, useWindowKind, windowKinds, type Asked, type Forecast } from './forecast-reading.ts';
import { GradesCard } from './grades-card.tsx';
import { JudgementCard } from './judgement-card.tsx';
import { PartsCard } from './parts-card.tsx';
import { useHistory } from './use-history.ts';
import { useJudgement } from './use-judgement.ts';
import { WhatIfCard } from './what-if-card.tsx';

const Loading = () => (
  <>
    <Bone height="7.5rem" />
    <Bone height="27rem" />
    <Bone height="20rem" />
  </>
);

const Loaded = ({ asked, forecast, isStale }: { readonly asked: Asked; readonly forecast: Forecast; readonly isStale: boolean }) => {
  const { roles } = useMe();
  const history = useHistory(asked);
  const judgement = useJudgement(asked, forecast);
  const mayJudge = roles.some((role) => role === 'manager' || role === 'operations' || role === 'admin');
  const id = `${nodeId(asked)} ${asked.window}`;
  return (
    <>
      <FigureSentences forecast={forecast} isStale={isStale} />
      <Cards>
        <FanCard forecast={forecast} history={history.days} judgement={judgement?.amount} isStale={isStale} />
        <PartsCard asked={asked} forecast={forecast} isStale={isStale} />
        <ChangeCard asked={asked} comparable={history.comparable} />
        <GradesCard key={`grades ${id}`} asked={asked} />
        {mayJudge || roles.includes('finance') ? (
          <>
            <WhatIfCard key={`what-if ${id}`} asked={asked} forecast={forecast} />
            <JudgementCard key={`judgement ${id}`} asked={asked} forecast={forecast} judgement={judgement} mayJudge={mayJudge} />
          </>
        ) : null}
      </Cards>
    </>
  );
};

/** What will be won in a week, month or quarter, made from what customers did: what it consists of, why it changed, and how good it was. */
export const ForecastScreen = () => {
  const t = useTranslations('forecast');
  const words = useTranslations('nodes');
  const { locale } = useWriting();
  const nodes = useNodes({ isSelling: true });
  const [window, chooseWindow] = useWindowKind();
  const asked: Asked = { ...nodes.node, window };
  const reading = useForecast(asked);
  const forecast = reading.data?.body;
  const shown = forecast?.window;
  return (
    <Screen
      title={t('title')}
      under={
        shown === undefined || reading.isPlaceholderData
          ? nodes.nameOf(nodes.node)
          : t('under', {
              node: nodes.nameOf(nodes.node),
              from: day(locale, shown.from),
              until: day(locale, daysAfter(shown.until, -1)),
            })
      }
      freshness={reading}
      filters={
        <>
          <NodePicker of={nodes} />
          <Choice
            label={words('windows.label')}
            isLabelHidden
            value={window}
            options={windowKinds.map((id) => ({ id, label: words(`windows.${id}`) }))}
            onChange={chooseWindow}
          />
        </>
      }
    >
      {reading.isError && (forecast === undefined || reading.isPlaceholderData) ? (
        <FailureMessage error={reading.error} retry={() => void reading.refetch()} />
      ) : null}
      {forecast === undefined && !reading.isError ? <Loading /> : null}
      {forecast === undefined ? null : <Loaded asked={asked} forecast={forecast} isStale={reading.isPlaceholderData} />}
    </Screen>
  );
};
