using System.Globalization;
using System.Net;
using System.Text;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Pages;

/// <summary>Makes the pages. Everything from outside is encoded here, text by <see cref="TextRules.ToHtml"/>.</summary>
internal static class TimelinePage
{
    public static string Everybody(SandboxNetwork network, IReadOnlyList<SandboxPost> posts, int length)
    {
        var (accounts, all) = network.Size();
        var intro = string.Create(CultureInfo.InvariantCulture, $"<p class=\"intro\">{Many(accounts, "account")}, {Many(all, "post")}. Nothing here is seen by the public.</p>");
        return Page("Sandbox network", intro + List(network, posts, length, "/"));
    }

    public static string OneAccount(SandboxNetwork network, SandboxAccount account, IReadOnlyList<SandboxPost> posts, int length)
    {
        var (count, _) = network.Figures(account);
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            <header class="profile"><img src="/avatars/{account.Username}.svg" alt="" width="64" height="64">
            <div><h2>{E(account.DisplayName)}</h2><p class="handle">@{account.Username}{StandsFor(account)}</p>
            <p>{E(account.Note)}</p><p class="figures">{Many(count, "post")} · {Many(account.Followers, "follower")} · {account.Following} following</p></div></header>
            """);
        return Page($"{account.DisplayName} (@{account.Username})", head + List(network, posts, length, $"/@{account.Username}"));
    }

    public static string OnePost(SandboxNetwork network, SandboxAccount account, SandboxPost post) =>
        Page($"{account.DisplayName}: one post", Article(network, account, post));

    public static string NotHere() => Page("Not here", "<p class=\"empty\">There is no such page, or the post was deleted.</p>");

    private static string List(SandboxNetwork network, IReadOnlyList<SandboxPost> posts, int length, string address)
    {
        if (posts.Count == 0)
        {
            return "<p class=\"empty\">No posts yet. What is published appears here by itself.</p>";
        }

        var html = new StringBuilder();
        foreach (var post in posts.Take(length))
        {
            html.Append(Article(network, network.ById(post.AccountId)!, post));
        }

        if (posts.Count > length)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"more\"><a href=\"{address}?before={posts[length - 1].Id}\">Older posts</a></p>");
        }

        return html.ToString();
    }

    private static string Article(SandboxNetwork network, SandboxAccount account, SandboxPost post)
    {
        var time = post.CreatedAt.UtcDateTime;
        var figures = post.Figures is { Favourites: 0, Reblogs: 0, Replies: 0 }
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"<p class=\"figures\">{post.Figures.Replies} replies · {post.Figures.Reblogs} boosts · {post.Figures.Favourites} favourites</p>");
        return string.Create(CultureInfo.InvariantCulture, $"""
            <article id="p{post.Id}"><img src="/avatars/{account.Username}.svg" alt="" width="44" height="44">
            <div><p class="by"><a href="/@{account.Username}">{E(account.DisplayName)}</a> <span class="handle">@{account.Username}{StandsFor(account)}</span>
            <a class="time" href="/@{account.Username}/{post.Id}"><time datetime="{time:yyyy-MM-ddTHH:mm:ss.fffZ}">{time:d MMM yyyy, HH:mm:ss} UTC</time></a>{Edited(post)}</p>
            {Answers(network, post)}<div class="text">{TextRules.ToHtml(post.Text)}</div>{Images(network, post)}{figures}</div></article>
            """);
    }

    private static string Edited(SandboxPost post) => post.EditedAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $" <span class=\"handle\">edited {at.UtcDateTime:HH:mm:ss}</span>")
        : "";

    private static string Answers(SandboxNetwork network, SandboxPost post) => post.ReplyTo is { } id && network.Post(id) is { } before
        ? string.Create(CultureInfo.InvariantCulture, $"<p class=\"handle\">In reply to <a href=\"/@{network.ById(before.AccountId)!.Username}/{id}\">this post</a></p>")
        : "";

    private static string Images(SandboxNetwork network, SandboxPost post) => string.Concat(post.Media.Select(network.Media).OfType<SandboxMedia>().Select(m =>
        string.Create(CultureInfo.InvariantCulture, $"<img class=\"media\" src=\"/media/{m.Id}\" alt=\"{E(m.Description ?? "")}\">")));

    private static string StandsFor(SandboxAccount account) =>
        account.Network is { Length: > 0 } network ? $" <span class=\"network\">via sandbox for {E(network)}</span>" : "";

    private static string Page(string title, string main) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{E(title)}</title><link rel="stylesheet" href="/sandbox.css"><script src="/sandbox.js" defer></script></head>
        <body><header class="top"><h1><a href="/">Sandbox network</a></h1><p id="live" role="status"></p></header>
        <main>{main}</main></body>
        </html>
        """;

    private static string Many(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
