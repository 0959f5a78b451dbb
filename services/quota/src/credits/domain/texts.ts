/** How figures by two days differ. */
export const attainmentTexts = {
  en: {
    recorded:
      'The orders and cancellations that became known in the period, as the weekly report and the booked part of the forecast count them. The difference consists of orders of other periods that became known in this one, minus orders of this period that became known in another.',
  },
  de: {
    recorded:
      'Die Aufträge und Stornos, die im Zeitraum bekannt wurden; so zählen der Wochenbericht und der gebuchte Teil der Prognose. Der Unterschied sind Aufträge anderer Zeiträume, die in diesem bekannt wurden, abzüglich der Aufträge dieses Zeitraums, die in einem anderen bekannt wurden.',
  },
} as const;
