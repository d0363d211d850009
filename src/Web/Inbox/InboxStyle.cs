namespace Lifeguard.Web.Inbox;

/// <summary>The inbox's style sheet. Served from a path of its own, so that pages need allow no inline
/// style.</summary>
internal static class InboxStyle
{
    public const string Sheet =
        """
        :root { color-scheme: light dark;
          --ground: light-dark(#f6f7f9, #14171c); --paper: light-dark(#fff, #1d2128);
          --ink: light-dark(#1b1f24, #e8eaed); --faint: light-dark(#5b6470, #9aa4b1);
          --line: light-dark(#dfe3e8, #323944); --mark: light-dark(#a8321e, #ff9a85); }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        header, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
        h1 { font-size: 1.25rem; margin: 0; flex: 1 1 auto; }
        h1 a { color: inherit; text-decoration: none; }
        h2 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
        h3 { font-size: .875rem; margin: 1.5rem 0 .5rem; color: var(--faint); }
        summary { font-size: .875rem; margin: 1.5rem 0 .5rem; color: var(--faint); cursor: pointer; }
        a { color: var(--mark); }
        form { display: flex; gap: .5rem; flex: 0 1 24rem; }
        input, button { font: inherit; color: inherit; background: var(--paper);
          border: 1px solid var(--line); border-radius: .375rem; padding: .375rem .75rem; min-width: 0; }
        input { flex: 1 1 auto; }
        :focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
        .paper, .list { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
        .paper { padding: 1.25rem; }
        .list { list-style: none; margin: 0; padding: 0; overflow: hidden; }
        .list li + li { border-top: 1px solid var(--line); }
        .list a { display: grid; grid-template-columns: 8.5rem 3.5rem 14rem minmax(0, 1fr); gap: 0 1rem;
          padding: .75rem 1.25rem; color: inherit; text-decoration: none; }
        .list a:hover, .list a:focus-visible { background: var(--ground); outline-offset: -2px; }
        .list span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .faint { color: var(--faint); }
        .strong { font-weight: 600; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: 0; }
        dt { color: var(--faint); }
        dd { margin: 0; overflow-wrap: anywhere; }
        pre { margin: 0; padding: 1rem; background: var(--ground); border-radius: .375rem;
          white-space: pre-wrap; overflow-wrap: anywhere;
          font: .9375rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
        iframe { width: 100%; height: 12rem; resize: vertical; border: 1px solid var(--line);
          border-radius: .375rem; background: #fff; color-scheme: light; }
        .empty { text-align: center; padding: 3rem 1.25rem; }
        @media (max-width: 40rem) {
          .list a { grid-template-columns: minmax(0, 1fr) max-content; padding: .75rem 1rem; }
          .list .what { grid-area: 1 / 1; } .list .when { grid-area: 1 / 2; }
          .list .whom { grid-area: 2 / 1; } .list .how { grid-area: 2 / 2; text-align: right; }
          form { flex-basis: 100%; }
        }
        """;
}
