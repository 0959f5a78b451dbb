import styles from './figure-list.module.css';

type Figure = {
  readonly name: string;
  readonly value: string | number;
  /** the exact figure, where a rounded one is shown */ readonly exact?: string;
};

/** Figures by name, the figures one below the other at the right. */
export const FigureList = ({ of }: { readonly of: readonly Figure[] }) => (
  <dl className={styles['list']}>
    {of.map(({ name, value, exact }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd title={exact}>{value}</dd>
      </div>
    ))}
  </dl>
);
