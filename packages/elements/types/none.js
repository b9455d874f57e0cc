// Nothing to run: what is beside this file are types.
export {};
