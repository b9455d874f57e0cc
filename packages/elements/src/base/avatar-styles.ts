import { css } from 'lit';

/** The disc in the colour of a person, for the elements that show one. */
export const avatarStyles = css`
  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    width: var(--avatar-size, 32px);
    height: var(--avatar-size, 32px);
    border-radius: 50%;
    background: var(--person, var(--surface-3));
    color: #fff;
    font-weight: 600;
    font-size: calc(var(--avatar-size, 32px) * 0.38);
    line-height: 1;
    user-select: none;
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid ButtonText;
    }
  }
`;
