import { css } from 'lit';

export const styles = css`
  section {
    container-type: inline-size;
    display: grid;
    gap: 0.75rem;
  }

  .head {
    align-items: center;
  }

  .cards {
    display: grid;
    gap: 0.75rem;
  }

  @container (min-width: 30rem) {
    .cards {
      grid-template-columns: 1fr 1fr;
    }
  }

  .card {
    display: grid;
    gap: 0.5rem;
    align-content: start;
    min-width: 0;
    padding: 0.9rem 1rem 1rem;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-top: 3px solid var(--rule-strong);
    border-radius: var(--radius-sheet);
  }

  .target {
    border-top-color: var(--target);
  }

  .source {
    border-top-color: var(--source);
  }

  .over {
    background: var(--sunk);
    outline: 2px dashed var(--focus);
    outline-offset: -6px;
  }

  input[type='file'] {
    height: auto;
    padding: 0;
    border: 0;
    background: transparent;
    /* The chosen file's name stands below, with what was found in it. */
    color: transparent;
  }

  input[type='file']::file-selector-button {
    font: 500 var(--text-small) / 1 var(--sans);
    min-height: 2.25rem;
    padding: 0 0.8rem;
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    cursor: pointer;
  }

  input[type='file']:disabled::file-selector-button {
    color: var(--ink-soft);
    border-color: var(--rule);
    cursor: default;
  }

  .head button {
    min-height: 2.1rem;
    font-size: var(--text-small);
  }

  .file {
    font-size: var(--text-small);
  }

  .file,
  .problem,
  code {
    overflow-wrap: anywhere;
  }

  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2rem;
    align-content: start;
    min-width: 0;
  }

  .field label {
    display: flex;
    justify-content: space-between;
    gap: 0.5rem;
    font-size: var(--text-small);
    line-height: 1.4;
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 0.6rem 0.75rem;
    padding: 0.4rem 0;
  }

  /* A field and the button that acts on it. */
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5rem;
  }

  .line > :first-child {
    flex: 1;
    min-width: 7rem;
  }

  .card button {
    min-height: 2.25rem;
    font-size: var(--text-small);
  }

  .card > button {
    justify-self: start;
  }

  .card button.quiet {
    min-height: 0;
    padding: 0;
    border: 0;
  }

  details {
    font-size: var(--text-small);
  }

  summary {
    width: fit-content;
    color: var(--accent);
    cursor: pointer;
  }

  .found {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4rem;
    padding-top: 0.6rem;
    border-top: 1px solid var(--rule);
  }

  .found .line p {
    align-self: center;
    overflow-wrap: anywhere;
  }

  blockquote {
    margin: 0.4rem 0 0;
    padding-left: 0.7rem;
    border-left: 2px solid var(--rule-strong);
    color: var(--ink);
    font: 400 var(--text-small) / 1.5 var(--serif);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  blockquote.first {
    display: -webkit-box;
    margin: 0;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .near {
    display: grid;
    gap: 0.3rem;
  }

  .tick {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-size: var(--text-small);
    cursor: pointer;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    margin: 0;
    accent-color: var(--accent);
  }

  dl {
    margin: 0.25rem 0 0;
    display: grid;
    gap: 0.1rem;
    font-size: var(--text-small);
  }

  dl div {
    display: flex;
    justify-content: space-between;
    gap: 0.75rem;
  }

  dt {
    color: var(--ink-soft);
  }

  dd {
    margin: 0;
    text-align: right;
  }

  code {
    font: var(--text-small) var(--mono);
  }
`;
