/** The version of package.json (a test holds them equal): reading that file would cost every start. */
export const version = "0.1.0";
