/** What a daemon says to whoever has started it. The first two are words of their own, everything else is a sentence. */
export const readyWord = "ready";
/** Another daemon of that name is there already. */
export const takenWord = "taken";
