using System.Globalization;
using System.Net;
using System.Text;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Exercise;

/// <summary>The exercise network as a page for people: nobody should take it for another.</summary>
internal static class ExercisePages
{
    public const string Css = """
        :root { color-scheme: light dark; --line: #6b4a8f; --soft: #55506b; --back: #f3effa; --card: #fff; --text: #1b1526; --band: #4a2a70; --band2: #5d3a88 }
        @media (prefers-color-scheme: dark) { :root { --line: #a98ad0; --soft: #c3b8d8; --back: #17121f; --card: #221a2e; --text: #efe9f7; --band: #3a2158; --band2: #4a2d6e } }
        * { box-sizing: border-box }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--back); color: var(--text) }
        header { position: sticky; top: 0; color: #fff; background: repeating-linear-gradient(135deg, var(--band) 0 18px, var(--band2) 18px 36px); padding: .8rem 1rem }
        header h1 { margin: 0; font-size: 1.3rem; letter-spacing: .08em }
        header a { color: inherit; text-decoration: none }
        header p { margin: 0 }
        main { max-width: 42rem; margin: 1rem auto; padding: 0 1rem 3rem }
        article { background: var(--card); border: 2px dashed var(--line); border-radius: .6rem; padding: .8rem 1rem; margin: 0 0 .7rem; overflow-wrap: anywhere }
        article p { margin: .2rem 0 } .handle, .empty { color: var(--soft); font-size: .9rem } a { color: inherit }
        """;

    public static string Everything(IReadOnlyList<(ExerciseLine Line, StandIn By)> lines, int length)
    {
        var html = new StringBuilder(lines.Count == 0 ? "<p class=\"empty\">Nothing has gone out here yet.</p>" : "");
        foreach (var (line, by) in lines.Take(length))
        {
            html.Append(Article(line, by));
        }

        if (lines.Count > length)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/exercise?before={lines[length - 1].Line.Number}\">Older ones</a></p>");
        }

        return Page("Exercise network", html.ToString());
    }

    public static string One(ExerciseLine line, StandIn by) => Page($"Exercise: {by.DisplayName}", Article(line, by));

    public static string NotHere() => Page("Not here", "<p class=\"empty\">There is no such page on the exercise network.</p>");

    private static string Article(ExerciseLine line, StandIn by)
    {
        var time = line.At.UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <article id="l{line.Number}"><p><b>{E(by.DisplayName)}</b> <span class="handle">stand-in on the exercise network, for {E(by.Platform)} ·
            <a href="/exercise/lines/{line.Number}"><time datetime="{time:yyyy-MM-ddTHH:mm:ss.fffZ}">{time:d MMM yyyy, HH:mm:ss} UTC</time></a></span></p>
            {TextRules.ToHtml(line.Text)}</article>
            """);
    }

    private static string Page(string title, string main) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{E(title)}</title><link rel="stylesheet" href="/exercise.css"></head>
        <body><header><h1><a href="/exercise">EXERCISE NETWORK</a></h1><p>Stand-ins, not accounts. Nothing here was ever public, and no incident was real.</p></header>
        <main>{main}</main></body>
        </html>
        """;

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
