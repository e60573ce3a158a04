import { css } from 'lit';

export const styles = css`
  section {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    gap: 1.5rem clamp(1.5rem, 4vw, 4rem);
    align-items: start;
    padding: 2.75rem 0;
    border-bottom: 1px solid var(--rule);
  }

  section:first-of-type {
    padding-top: 1rem;
  }

  .told {
    display: grid;
    gap: 0.9rem;
    max-width: 34rem;
    font-size: 1.0625rem;
    line-height: 1.6;
  }

  h2 {
    display: flex;
    align-items: baseline;
    gap: 0.65rem;
    font: 600 1.625rem / 1.2 var(--serif);
    letter-spacing: -0.01em;
  }

  h2:focus {
    outline: none;
  }

  .ordinal {
    color: var(--accent);
    font-weight: 400;
  }

  .shown {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
    min-width: 0;
    padding: 1.1rem 1.25rem;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-radius: var(--radius-sheet);
  }

  .slider {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.1rem 1rem;
  }

  .slider label {
    font-weight: 600;
  }

  .slider output {
    text-align: right;
  }

  .slider input {
    grid-column: 1 / -1;
    height: 1.75rem;
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--accent);
    cursor: pointer;
  }

  .ends {
    grid-column: 1 / -1;
    display: flex;
    justify-content: space-between;
    margin-top: -0.2rem;
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.25rem 1.25rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice legend {
    padding: 0 0 0.2rem;
    font-weight: 600;
  }

  .choice label {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    cursor: pointer;
  }

  .choice input {
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--accent);
  }

  /* The sentence that answers to the slider: the reason why the figure is there. */
  .result {
    min-height: 3.2em;
    padding-left: 0.9rem;
    border-left: 3px solid var(--accent);
    line-height: 1.55;
  }

  .winners {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(5.5rem, 1fr));
    gap: 0.35rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .winners button {
    display: grid;
    gap: 0.2rem;
    align-content: center;
    width: 100%;
    height: 100%;
    min-height: 3.1rem;
    padding: 0.3rem 0.35rem;
    border: 1px solid var(--rule);
    border-bottom: 4px solid var(--tone, var(--rule-strong));
    font-size: var(--text-small);
    line-height: 1.2;
    text-align: left;
  }

  .winners .number {
    color: var(--ink-soft);
    font-weight: 400;
  }

  .winners [aria-pressed='true'] {
    background: var(--sunk);
    border-color: var(--ink-soft);
    border-bottom-color: var(--tone, var(--rule-strong));
  }

  .winners .soft,
  .mark-of.soft {
    --tone: var(--rule-strong);
  }

  .recipes {
    width: 100%;
    border-collapse: collapse;
  }

  .recipes th,
  .recipes td {
    padding: 0.5rem 0.75rem 0.5rem 0;
    border-bottom: 1px solid var(--rule);
    text-align: left;
    vertical-align: top;
    font-weight: 400;
  }

  .recipes th {
    white-space: nowrap;
    font-weight: 600;
  }

  .recipes td:last-child {
    padding-right: 0;
  }

  .recipes td:nth-child(2) {
    width: 60%;
  }

  .recipes .soft {
    display: block;
  }

  .mark-of {
    display: inline-block;
    width: 0.75rem;
    height: 0.75rem;
    margin-right: 0.5rem;
    border-radius: 3px;
    background: var(--tone);
  }

  .strip {
    display: block;
    width: 100%;
    height: 1.4rem;
  }

  .strip .target,
  .key .target {
    fill: var(--target);
    background: var(--target);
  }

  .strip .source,
  .key .source {
    fill: var(--source);
    background: var(--source);
  }

  .key span {
    display: inline-block;
    width: 0.8em;
    height: 0.8em;
    margin: 0 0.4em 0 0;
    border-radius: 2px;
    vertical-align: -0.05em;
  }

  .key .source {
    margin-left: 1em;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  a.button {
    display: inline-flex;
    align-items: center;
    min-height: 2.75rem;
    padding: 0 1.1rem;
    border-radius: var(--radius);
    background: var(--accent);
    color: var(--on-accent);
    font-size: var(--text-body);
    font-weight: 600;
    text-decoration: none;
  }

  a.button:hover {
    background: var(--accent-strong);
  }

  .case {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
    gap: 0.75rem 1rem;
    align-items: end;
    font-size: var(--text-body);
  }

  .case label {
    display: grid;
    gap: 0.25rem;
    font-weight: 600;
  }

  /* Its columns are those of the step that it follows. */
  .after {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: subgrid;
    gap: 1rem clamp(1.5rem, 4vw, 4rem);
  }

  .after ul {
    display: grid;
    gap: 0.45rem;
    max-width: var(--measure);
    margin: 0.5rem 0 0;
    padding-left: 1.1rem;
  }

  .missing {
    padding: 2rem 0;
  }

  /* Words that stand for all figures which are not there. */
  .without {
    max-width: 42rem;
    padding: 0.8rem 1rem;
    border-left: 3px solid var(--rule-strong);
  }

  footer {
    display: grid;
    gap: 0.75rem;
    padding: 1.5rem 0;
  }

  .glossary summary {
    width: fit-content;
    cursor: pointer;
    font-weight: 600;
  }

  .glossary dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr));
    gap: 0.6rem 2rem;
    margin: 0.75rem 0 0;
  }

  .glossary dt {
    font-weight: 600;
  }

  .glossary dd {
    margin: 0;
    color: var(--ink-soft);
  }

  nav {
    position: sticky;
    z-index: 3;
    bottom: 0;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: clamp(0.5rem, 4vw, 2rem);
    padding: 0.6rem 1rem max(0.6rem, env(safe-area-inset-bottom));
    background: var(--paper);
    border-top: 1px solid var(--rule);
  }

  nav > button {
    flex: none;
    white-space: nowrap;
  }

  nav ol {
    display: flex;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .stop {
    display: grid;
    place-items: center;
    width: 1.9rem;
    min-height: 2.5rem;
    padding: 0;
    border: 0;
    background: none;
  }

  .stop::before {
    content: '';
    width: 0.6rem;
    height: 0.6rem;
    border: 1.5px solid var(--ink-soft);
    border-radius: 50%;
  }

  .stop[aria-current]::before {
    width: 0.85rem;
    height: 0.85rem;
    border-color: var(--accent);
    background: var(--accent);
  }

  @media (max-width: 60rem) {
    section {
      grid-template-columns: minmax(0, 1fr);
    }

    .told {
      max-width: 42rem;
    }
  }

  @media (max-width: 34rem) {
    nav {
      justify-content: space-between;
      padding-inline: 0;
    }

    nav > button {
      padding: 0 0.7rem;
    }

    .stop {
      width: 1.5rem;
    }

    .shown {
      margin: 0 -0.4rem;
      padding: 0.9rem 0.8rem;
    }

    .slider output {
      font-size: var(--text-small);
      align-self: center;
    }

    .recipes,
    .recipes tbody,
    .recipes tr,
    .recipes th,
    .recipes td {
      display: block;
      width: auto;
      padding: 0;
      border: 0;
    }

    .recipes td:nth-child(2) {
      width: auto;
    }

    .recipes tr {
      display: grid;
      gap: 0.25rem;
      padding: 0.6rem 0;
      border-bottom: 1px solid var(--rule);
    }

    .recipes td:last-child .soft {
      display: inline;
    }
  }
`;
