using System.Globalization;
using System.Net;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Pages;

/// <summary>Style, script and pictures of the pages.</summary>
internal static class PageAssets
{
    public const string Css = """
        :root { color-scheme: light dark; --line: #d5d9e0; --soft: #596273; --back: #f4f5f8; --card: #fff; --text: #16191f; --link: #1d4fa8 }
        @media (prefers-color-scheme: dark) { :root { --line: #333a46; --soft: #a3adbd; --back: #12151a; --card: #1b2027; --text: #e8ebf0; --link: #8fb6ff } }
        * { box-sizing: border-box }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--back); color: var(--text) }
        a { color: var(--link) }
        .top { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; max-width: 42rem; margin: 0 auto; padding: 1rem }
        .top h1 { font-size: 1.25rem; margin: 0 }
        .top h1 a { color: inherit; text-decoration: none }
        .top p, .intro, .handle, .figures, .time, .empty { color: var(--soft); font-size: .9rem; margin: 0 }
        main { max-width: 42rem; margin: 0 auto; padding: 0 1rem 3rem }
        .intro { margin: 0 0 1rem }
        article, .profile { display: flex; gap: .8rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; margin: 0 0 .7rem }
        article > div, .profile > div { flex: 1; min-width: 0 }
        article.new { animation: arrive 2s ease-out }
        @keyframes arrive { from { border-color: var(--link); box-shadow: 0 0 0 2px var(--link) } }
        @media (prefers-reduced-motion: reduce) { article.new { animation: none } }
        img { border-radius: .5rem; flex: none }
        img.media { display: block; max-width: 100%; max-height: 24rem; margin-top: .5rem }
        .by { display: flex; flex-wrap: wrap; gap: 0 .5rem; margin: 0 }
        .by > a:first-child { font-weight: 600; color: inherit; text-decoration: none }
        .time { margin-left: auto }
        .network { border: 1px solid var(--line); border-radius: .4rem; padding: 0 .35rem; white-space: nowrap }
        .text { overflow-wrap: anywhere }
        .text p { margin: .35rem 0 0 }
        .profile h2 { margin: 0; font-size: 1.2rem }
        .invisible { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
        .ellipsis::after { content: "…" }
        """;

    /// <summary>Looks for new posts every two seconds while the page is in view, and puts them in without moving the reader away.</summary>
    public const string Js = """
        const live = document.getElementById('live');
        let state = '';
        async function look() {
          if (document.hidden || location.search) return;
          try {
            const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            const main = document.querySelector('main'), next = page.querySelector('main');
            if (main.innerHTML !== next.innerHTML) {
              const known = new Set([...main.querySelectorAll('article')].map(a => a.id));
              const nodes = [...next.childNodes].map(n => document.importNode(n, true));
              nodes.filter(n => n.id && !known.has(n.id)).forEach(n => n.classList.add('new'));
              main.replaceChildren(...nodes);
            }
            say('');
          } catch { say('The sandbox does not answer; this page is as it was.'); }
        }
        function say(text) { if (text !== state) { state = text; live.textContent = text; } }
        setInterval(look, 2000);
        """;

    public const string Header = """
        <svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><rect width="600" height="200" fill="#39424f"/></svg>
        """;

    /// <summary>A tile with the account's initial, in a colour of its own.</summary>
    public static string Avatar(SandboxAccount account)
    {
        var hue = account.Username.Aggregate(7, (sum, c) => ((sum * 31) + c) % 360);
        var initial = WebUtility.HtmlEncode(StringInfo.GetNextTextElement(account.DisplayName).ToUpper(CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="88" height="88" viewBox="0 0 88 88"><rect width="88" height="88" fill="hsl({hue},45%,38%)"/>
            <text x="44" y="44" dy=".36em" text-anchor="middle" font-family="sans-serif" font-size="44" fill="#fff">{initial}</text></svg>
            """);
    }
}
