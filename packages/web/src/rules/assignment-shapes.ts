import type { Json } from '../documents/json.ts';
import type { Shape } from '../documents/shape.ts';
import {
  hoursShape,
  idShape,
  leadCondition,
  nullable,
  regionShape,
  startCondition,
  startHours,
  wholeNumber,
  type ShapeWords,
} from './shape-words.ts';

const queueShape = (words: ShapeWords): Shape => ({
  kind: 'record',
  label: words.t('labels.queue'),
  fields: {
    queueId: idShape(words),
    teamId: { kind: 'one-of', options: [{ id: 'any', label: words.t('none.queueTeam'), value: null }, ...words.teams] },
    minutes: wholeNumber(1, 14_400, words.t('labels.pickWithin')),
    hours: nullable(hoursShape(words), startHours(words), words.t('none.hours')),
    region: regionShape(words),
  },
});

const startQueue: Json = { queueId: 'inbox', teamId: null, minutes: 120, hours: null, region: null };

const audienceShape = ({ t, teams, territories }: ShapeWords): Shape => ({
  kind: 'record',
  fields: {
    teams: nullable(
      { kind: 'several', options: teams },
      teams.slice(0, 1).map(({ id }) => id),
      t('none.teams'),
    ),
    territory: {
      kind: 'one-of',
      options: [
        { id: 'any', label: t('none.territory'), value: null },
        { id: 'of-lead', label: t('labels.territoryOfLead') },
        ...territories.map(({ id, label }) => ({ id, label, value: { territoryId: id } })),
      ],
    },
    skills: { kind: 'texts' },
    languages: { kind: 'texts' },
    waitAtMostMinutes: wholeNumber(0, 7200),
  },
});

export const routingShape = (words: ShapeWords): Shape => ({
  kind: 'record',
  fields: {
    rules: {
      kind: 'list',
      start: {
        id: 'new-rule',
        name: words.t('starts.rule'),
        when: startCondition,
        to: { teams: null, territory: null, skills: [], languages: [], waitAtMostMinutes: 0 },
        queue: null,
      },
      item: {
        kind: 'record',
        fields: {
          name: { kind: 'text' },
          when: leadCondition(words),
          to: audienceShape(words),
          queue: nullable(queueShape(words), startQueue, words.t('none.queue'), words.t('labels.ownQueue')),
          id: idShape(words),
        },
      },
    },
    queue: queueShape(words),
  },
});

export const territoriesShape = (words: ShapeWords): Shape => ({
  kind: 'record',
  fields: {
    territories: {
      kind: 'list',
      start: {
        territoryId: 'new-territory',
        name: words.t('starts.territory'),
        parentId: null,
        when: startCondition,
        priority: 0,
        from: null,
        until: null,
      },
      item: {
        kind: 'record',
        fields: {
          name: { kind: 'text' },
          parentId: { kind: 'one-of', options: [{ id: 'none', label: words.t('none.parent'), value: null }, ...words.territories] },
          when: leadCondition(words),
          priority: wholeNumber(0, 1000),
          from: nullable({ kind: 'day' }, words.today, words.t('none.from')),
          until: nullable({ kind: 'day' }, words.today, words.t('none.until')),
          territoryId: idShape(words),
        },
      },
    },
  },
});
