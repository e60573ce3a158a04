/** Drawings take their turns, so that no task on the page's thread holds several of them: input is answered in between. */

type Turn = { readonly draw: () => void; cancelled: boolean };

const waiting: Turn[] = [];
let isRunning = false;

/** Calls `draw` in a task of its own, after those that asked earlier. The function that comes back takes the turn away. */
export function takeTurn(draw: () => void): () => void {
  const turn: Turn = { draw, cancelled: false };
  waiting.push(turn);
  if (!isRunning) {
    isRunning = true;
    next();
  }
  return () => {
    turn.cancelled = true;
  };
}

/** One drawing a frame where the page is seen; timers alone run in a page that is not. */
function next(): void {
  const run = () => {
    let turn = waiting.shift();
    while (turn?.cancelled) turn = waiting.shift();
    if (!turn) {
      isRunning = false;
      return;
    }
    try {
      turn.draw();
    } finally {
      next();
    }
  };
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(run));
  else setTimeout(run);
}
