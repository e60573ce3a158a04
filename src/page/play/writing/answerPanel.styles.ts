import { css } from 'lit';

export const answerStyles = css`
  article {
    height: 100%;
    box-sizing: border-box;
  }

  b {
    font-weight: 600;
  }
`;
