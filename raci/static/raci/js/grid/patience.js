// When to try again: later and later, and at once when the network or the person comes back.

const FIRST_MS = 1000;
const LONGEST_MS = 30000;

let tries = 0;
let turn = null;
let timer = 0;
let resolveTurn = null;

const wake = () => {
  clearTimeout(timer);
  turn = null;
  resolveTurn?.();
  resolveTurn = null;
};

// Resolves when it is time; all who wait share one turn.
export const nextTurn = () => {
  turn ??= new Promise((resolve) => {
    resolveTurn = resolve;
    timer = setTimeout(wake, Math.min(LONGEST_MS, FIRST_MS * 2 ** tries));
    tries += 1;
  });
  return turn;
};

export const wentWell = () => {
  tries = 0;
  if (turn) wake();
};

for (const back of ["online", "focus"]) window.addEventListener(back, wake);
