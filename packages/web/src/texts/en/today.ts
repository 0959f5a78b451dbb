import type { today as german } from '../de/today.ts';

export const today: typeof german = {
  title: 'Today',
  greeting: '{day}',
  of: 'The day of {person}',
  sections: {
    overdue: 'Overdue',
    due: 'Today',
    silent: 'Silent customers',
    likely: 'Likely now',
    fresh: 'No milestone yet',
    queue: 'New in your queues',
  },
  reasons: {
    answerDue: 'answer due',
    answerMissed: 'answer overdue',
    queue: 'waits in {queue}',
    queueOverdue: 'has waited too long in {queue}',
    task: '{title}',
    escalated: 'Nobody in the team answered in time',
    silent: '{percent} in 100 customers who went on did so within {usual} days; here it has been {days}',
    likely: 'Half of them go on after {median} days; here it has been {days}',
    noMilestone:
      '{days, plural, =0 {opened today} one {a day without a sign of the customer} other {# days without a sign of the customer}}',
  },
  done: 'Done',
  openLead: 'Open',
  pick: 'Take it',
  clear: { title: 'All done', text: 'Nobody waits for you. The next steps are the customers’.' },
  notSelling: { title: 'No day of your own', text: 'Your account belongs to nobody in sales. A day belongs to somebody who sells.' },
  more: '{count, plural, one {and one more line} other {and # more lines}}',
  month: {
    title: 'Your month',
    achieved: 'Achieved',
    target: 'Target',
    share: '{share} of the target',
    noTarget: 'There is no target for this month.',
    range: 'More than {low} in 9 of 10 cases; expected {mean}',
    noRange: 'There are not enough facts for a forecast yet.',
  },
};
