/** The look of the issuer's pages; light or dark as the system is. */
export const signInStyle = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f5f6f3, #14191a);
  --card: light-dark(#ffffff, #1d2425);
  --line: light-dark(#d7dcd6, #343e3f);
  --text: light-dark(#17211f, #e9eeec);
  --quiet: light-dark(#4d5a57, #a9b6b3);
  --accent: light-dark(#0f6b5c, #5cc2ae);
  --tint: light-dark(#e3f1ed, #1f3a36);
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
main {
  max-width: 56rem;
  margin: 0 auto;
  padding: clamp(1.5rem, 5vw, 4rem) 1rem;
}
.brand {
  display: flex;
  gap: 0.6rem;
  align-items: center;
  margin: 0 0 2rem;
  color: var(--quiet);
  font-weight: 600;
}
.stone {
  fill: #0f6b5c;
}
.letter {
  fill: none;
  stroke: #fff;
  stroke-width: 2.4;
  stroke-linejoin: round;
  stroke-linecap: round;
}
h1 {
  margin: 0 0 0.5rem;
  font-size: clamp(1.5rem, 4vw, 2.1rem);
  line-height: 1.2;
  letter-spacing: -0.01em;
}
.explanation {
  max-width: 38rem;
  margin: 0 0 2rem;
  color: var(--quiet);
}
.notice {
  padding: 1rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--card);
}
ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
  gap: 0.75rem;
  margin: 0;
  padding: 0;
  list-style: none;
}
li {
  display: grid;
}
li button {
  display: grid;
  grid-template-columns: auto 1fr;
  align-content: start;
  gap: 0.75rem 0.9rem;
  align-items: center;
  padding: 1rem 1.1rem 1.1rem;
  border: 1px solid var(--line);
  border-radius: 0.9rem;
  background: var(--card);
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: pointer;
}
li button:hover {
  border-color: var(--accent);
}
button:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
.initials {
  display: grid;
  place-items: center;
  width: 2.75rem;
  height: 2.75rem;
  border-radius: 50%;
  background: var(--tint);
  color: var(--accent);
  font-weight: 600;
}
.who {
  display: grid;
}
.role,
.hint {
  color: var(--quiet);
  font-size: 0.9rem;
}
.hint {
  grid-column: 1 / -1;
}
button.plain {
  min-height: 2.75rem;
  padding: 0 1.25rem;
  border: 0;
  border-radius: 0.6rem;
  background: #0f6b5c;
  color: #fff;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
@media (prefers-reduced-motion: no-preference) {
  li button {
    transition: border-color 120ms;
  }
}
`;
