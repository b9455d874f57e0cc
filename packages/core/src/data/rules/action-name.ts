// The form of the name of an action.
export const ACTION_NAME = /^[A-Za-z0-9_.:-]{1,64}$/;
